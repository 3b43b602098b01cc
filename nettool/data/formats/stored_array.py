"""An array in a NumPy file, known by its header and read when it is asked for; never anything pickled."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import IO, Literal

import numpy as np
from numpy.lib import format as numpy_format
from numpy.typing import NDArray

from nettool.data.failure import DataError, KeyPath, at_key
from nettool.data.values.aligned import aligned_empty
from nettool.files.outside import NotAFile, check_is_file, open_file

MAPPED_FROM = 256 << 20
"""Bytes: a larger .npy is not loaded, its samples are read from the file when they are needed."""

_AT_ONCE = 16 << 20
HOW_TO_WRITE = "expected: an .npz file, written with numpy.savez, or an .npy file, written with numpy.save"


@dataclass(frozen=True, slots=True, eq=False)
class StoredArray:
    """An array in a file: `name` is that of a member of an .npz, or empty for an .npy.

    `dtype` is the stored type, in the stored order of bytes; `start` is where the values begin, in bytes.
    `key` is where the `data` section names the file.
    """

    path: Path
    name: str
    shape: tuple[int, ...]
    dtype: np.dtype[np.generic]
    by_columns: bool
    start: int
    key: KeyPath = ()

    @property
    def called(self) -> str:
        """What messages call it: the file, and the array in it."""
        return f"`{self.path}: {self.name}`" if self.name else f"`{self.path}`"

    @property
    def holds(self) -> Literal["whole numbers", "fractions", "words"]:
        """What its values are, whatever their width; truths are the whole numbers 0 and 1."""
        if self.dtype.kind in "US":
            return "words"
        return "fractions" if self.dtype.kind == "f" else "whole numbers"

    @property
    def native_dtype(self) -> np.dtype[np.generic]:
        """The type in this machine's order of bytes."""
        return self.dtype.newbyteorder("=")

    @property
    def byte_count(self) -> int:
        """The size of its values."""
        return prod(self.shape) * self.dtype.itemsize

    @property
    def is_mapped(self) -> bool:
        """Whether it is left in its file: only an .npy can be, as the members of an .npz may be packed."""
        return not self.name and self.byte_count > MAPPED_FROM

    def values(self) -> NDArray[np.generic]:
        """The array: mapped (read-only) or loaded. Raises DataError, naming it, when it cannot be read."""
        with at_key(*self.key), blaming(self.called):
            if self.is_mapped:
                check_is_file(self.path)
                mapped: NDArray[np.generic] = numpy_format.open_memmap(self.path, mode="r")
                return mapped
            with _opened(self) as stream:
                stream.seek(self.start)
                return self._loaded(stream)

    def _loaded(self, stream: IO[bytes]) -> NDArray[np.generic]:
        """Into memory that TensorFlow can use as it is, so that it need not copy it."""
        stored = aligned_empty((self.byte_count,), np.uint8)
        filled = 0
        while filled < self.byte_count:
            piece = stream.read(min(_AT_ONCE, self.byte_count - filled))
            if not piece:
                raise EOFError("it ends too early")
            stored[filled : filled + len(piece)] = np.frombuffer(piece, np.uint8)
            filled += len(piece)
        values = stored.view(self.dtype)
        shaped = values.reshape(self.shape, order="F" if self.by_columns else "C")
        return np.ascontiguousarray(shaped, self.native_dtype)


@contextmanager
def _opened(array: StoredArray) -> Iterator[IO[bytes]]:
    if not array.name:
        with open_file(array.path) as stream:
            yield stream
        return
    with (
        open_file(array.path) as file,
        zipfile.ZipFile(file) as archive,
        archive.open(f"{array.name}.npy") as stream,
    ):
        yield stream


@contextmanager
def blaming(called: str) -> Iterator[None]:
    """Turns what is raised inside into a DataError that names the array."""
    try:
        yield
    except (DataError, MemoryError):
        raise
    except Exception as error:  # a damaged header or archive can raise nearly anything
        if isinstance(error, NotAFile):
            raise DataError(f"{called} cannot be read: {error.strerror}", (HOW_TO_WRITE,)) from error
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        message = f"{called} cannot be read or is damaged: {why}"
        raise DataError(message, (HOW_TO_WRITE,)) from error
