"""The arrays in a NumPy file, known by their headers and read one by one; never anything pickled."""

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

from nettool.data.failure import DataError, DataMissing

MAPPED_FROM = 256 << 20
"""Bytes: a larger .npy is not loaded, its samples are read from the file when they are needed."""

_AT_ONCE = 16 << 20
_ALIGNMENT = 64
_SUFFIXES = (".npy", ".npz")
_HOW_TO_WRITE = "expected: an .npz file, written with numpy.savez, or an .npy file, written with numpy.save"
_PICKLED = "expected: an array of numbers or words; it was saved with another dtype, perhaps from lists of \
different lengths: save all their numbers as NAME and the lengths as NAME_lengths"


@dataclass(frozen=True, slots=True, eq=False)
class StoredArray:
    """An array in a file: `name` is that of a member of an .npz, or empty for an .npy.

    `dtype` is the stored type, in the stored order of bytes; `start` is where the values begin, in bytes.
    """

    path: Path
    name: str
    shape: tuple[int, ...]
    dtype: np.dtype[np.generic]
    by_columns: bool
    start: int

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
        with _blaming(self.called):
            if self.is_mapped:
                mapped: NDArray[np.generic] = numpy_format.open_memmap(self.path, mode="r")
                return mapped
            with _opened(self) as stream:
                stream.seek(self.start)
                return self._loaded(stream)

    def _loaded(self, stream: IO[bytes]) -> NDArray[np.generic]:
        """Into memory that TensorFlow can use as it is, so that it need not copy it."""
        room = np.empty(self.byte_count + _ALIGNMENT, np.uint8)
        first = -room.ctypes.data % _ALIGNMENT
        stored = room[first : first + self.byte_count]
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


def stored_arrays(path: Path) -> tuple[StoredArray, ...]:
    """The arrays of an .npz, in its order, or the one of an .npy; only their headers are read.

    Raises DataMissing when there is no such file, DataError, naming the file and the array, when it is
    damaged, no NumPy file, holds nothing or something else than plain arrays.
    """
    if not path.exists():
        raise DataMissing(f"there is no file `{path}`", (_HOW_TO_WRITE,))
    if path.suffix.lower() not in _SUFFIXES:
        raise DataError(f"`{path}` is no .npz or .npy file", (_HOW_TO_WRITE,))
    if path.suffix.lower() == ".npy":
        with _blaming(f"`{path}`"), path.open("rb") as stream:
            return (_array(path, "", stream, path.stat().st_size),)
    with _blaming(f"`{path}`"), zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        _check_names(path, [entry.filename for entry in entries])
        found = []
        for entry in entries:
            name = entry.filename.removesuffix(".npy")
            with _blaming(f"`{path}: {name}`"), archive.open(entry) as stream:
                found.append(_array(path, name, stream, entry.file_size))
        return tuple(found)


def _check_names(path: Path, names: list[str]) -> None:
    if not names:
        raise DataError(f"`{path}` holds no arrays", (_HOW_TO_WRITE,))
    for name in names:
        if not name.endswith(".npy") or "/" in name or "\\" in name:
            raise DataError(f"`{path}` holds `{name}`, which is no array", (_HOW_TO_WRITE,))
        if names.count(name) > 1:
            raise DataError(f"`{path}` holds `{name}` twice", (_HOW_TO_WRITE,))


def _array(path: Path, name: str, stream: IO[bytes], size: int) -> StoredArray:
    version = numpy_format.read_magic(stream)
    first = version == (1, 0)
    read_header = numpy_format.read_array_header_1_0 if first else numpy_format.read_array_header_2_0
    shape, by_columns, dtype = read_header(stream)
    array = StoredArray(path, name, shape, dtype, by_columns, stream.tell())
    if dtype.hasobject:
        told = f"{array.called} holds Python objects, which are refused: to read them could run any code"
        raise DataError(told, (_PICKLED,))
    if dtype.kind not in "biufUS" or (dtype.kind == "f" and dtype.itemsize > 8):
        told = f"{array.called} is an array of {dtype}"
        raise DataError(told, ("expected: whole numbers, fractions of up to 64 bits, truths or words",))
    if not shape or 0 in shape:
        what = "a single value" if not shape else f"nothing: its shape is {shape}"
        raise DataError(
            f"{array.called} holds {what}", ("expected: an array whose first axis is that of the samples",)
        )
    if size != array.start + array.byte_count:
        told = f"{array.called} is damaged: it has {size - array.start:,} bytes of values"
        raise DataError(told, (f"expected: {array.byte_count:,} bytes, for {dtype} of shape {shape}",))
    return array


@contextmanager
def _opened(array: StoredArray) -> Iterator[IO[bytes]]:
    if not array.name:
        with array.path.open("rb") as stream:
            yield stream
        return
    with zipfile.ZipFile(array.path) as archive, archive.open(f"{array.name}.npy") as stream:
        yield stream


@contextmanager
def _blaming(called: str) -> Iterator[None]:
    """Turns what is raised inside into a DataError that names the array."""
    try:
        yield
    except (DataError, MemoryError):
        raise
    except Exception as error:  # a damaged header or archive can raise nearly anything
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        told = f"{called} cannot be read or is damaged: {why}"
        raise DataError(told, (_HOW_TO_WRITE,)) from error
