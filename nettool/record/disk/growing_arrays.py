"""An .npz file whose arrays grow batch by batch: only the batches that are handed over are in memory."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile

import numpy as np
from numpy.lib import format as numpy_format
from numpy.typing import NDArray

from nettool.record.disk.atomic import replacing


class GrowingArrays:
    """Arrays by name; `add` appends rows to them. They lie in files of a folder until the archive is made."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._files: dict[str, IO[bytes]] = {}
        self._shapes: dict[str, tuple[int, ...]] = {}
        self._types: dict[str, np.dtype[Any]] = {}

    def add(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Append rows. Raises ValueError for rows of another shape than those before."""
        for name, values in arrays.items():
            if name not in self._files:
                path = self._folder / f"{len(self._files)}.values"
                self._files[name] = self._stack.enter_context(path.open("w+b"))
                self._shapes[name] = (0, *values.shape[1:])
                self._types[name] = values.dtype
            count, *rest = self._shapes[name]
            if list(values.shape[1:]) != rest:
                raise ValueError(
                    f"`{name}` is of {tuple(rest)} in some batches and {values.shape[1:]} in others"
                )
            self._files[name].write(np.ascontiguousarray(values).data)
            self._shapes[name] = (count + len(values), *rest)

    @property
    def shapes(self) -> Mapping[str, tuple[int, ...]]:
        """Of each array so far, rows first."""
        return self._shapes

    def write(self, path: Path, others: Mapping[str, NDArray[Any]]) -> None:
        """Make the archive of the arrays and, whole, of others."""
        with ZipFile(path, "w", ZIP_STORED, allowZip64=True) as archive:
            for name, values in others.items():
                with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                    numpy_format.write_array(member, values, allow_pickle=False)
            for name, file in self._files.items():
                file.seek(0)
                header = {
                    "descr": numpy_format.dtype_to_descr(self._types[name]),
                    "fortran_order": False,
                    "shape": self._shapes[name],
                }
                with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                    numpy_format.write_array_header_1_0(member, header)
                    shutil.copyfileobj(file, member, 1 << 20)


@contextmanager
def growing_arrays(path: Path, others: Mapping[str, NDArray[Any]]) -> Iterator[GrowingArrays]:
    """Arrays to be added to; at the end they and `others` are the .npz at `path`, whole or not at all."""
    with replacing(path) as temporary, ExitStack() as stack:
        arrays = GrowingArrays(temporary.parent, stack)
        yield arrays
        arrays.write(temporary, others)
