"""The arrays in a NumPy file, found by their headers alone; these are read as data, never run."""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path
from tokenize import TokenError
from typing import IO, Any, BinaryIO

import numpy as np
from numpy.lib import format as numpy_format

from nettool.data.failure import DataError, DataMissing
from nettool.data.formats.stored_array import HOW_TO_WRITE, StoredArray, blaming
from nettool.files.outside import open_file
from nettool.files.zip_listing import listing_bytes

_SUFFIXES = (".npy", ".npz")
_MOST_ARRAYS = 1_000
_LONGEST_LISTING = 1 << 20
"""Bytes: a thousand for each array; to read the names of a million takes long."""

_PICKLED = "expected: an array of numbers or words; it was saved with another dtype, perhaps from lists of \
different lengths: save all their numbers as NAME and the lengths as NAME_lengths"


def stored_arrays(path: Path) -> tuple[StoredArray, ...]:
    """The arrays of an .npz, in its order, or the one of an .npy; only their headers are read.

    Raises DataMissing when there is no such file, DataError, naming the file and the array, when it is
    damaged, no NumPy file, holds nothing or something else than plain arrays.
    """
    if not path.exists():
        raise DataMissing(f"there is no file `{path}`", (HOW_TO_WRITE,))
    if path.suffix.lower() not in _SUFFIXES:
        raise DataError(f"`{path}` is neither an .npz nor an .npy file", (HOW_TO_WRITE,))
    if path.suffix.lower() == ".npy":
        with blaming(f"`{path}`"), open_file(path) as stream:
            return (_array(path, "", stream, path.stat().st_size),)
    with blaming(f"`{path}`"), open_file(path) as file:
        if listing_bytes(file) > _LONGEST_LISTING:
            raise _too_many(path, f"more than {_MOST_ARRAYS:,}")
        return _in_archive(path, file)


def _in_archive(path: Path, file: BinaryIO) -> tuple[StoredArray, ...]:
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        _check_names(path, [entry.filename for entry in entries])
        found = []
        for entry in entries:
            name = entry.filename.removesuffix(".npy")
            with blaming(f"`{path}: {name}`"), archive.open(entry) as stream:
                found.append(_array(path, name, stream, entry.file_size))
        return tuple(found)


def _check_names(path: Path, names: list[str]) -> None:
    if not names:
        raise DataError(f"`{path}` holds no arrays", (HOW_TO_WRITE,))
    if len(names) > _MOST_ARRAYS:
        raise _too_many(path, f"{len(names):,}")
    for name, count in Counter(names).items():
        if not name.endswith(".npy") or name == ".npy" or "/" in name or "\\" in name:
            raise DataError(f"`{path}` holds `{name}`, which is not an array", (HOW_TO_WRITE,))
        if count > 1:
            raise DataError(f"`{path}` holds `{name}` twice", (HOW_TO_WRITE,))


def _too_many(path: Path, count: str) -> DataError:
    message = f"`{path}` holds {count} arrays"
    return DataError(message, (f"expected: at most {_MOST_ARRAYS:,}, one for each field of all samples",))


def _array(path: Path, name: str, stream: IO[bytes], size: int) -> StoredArray:
    shape, by_columns, dtype = read_array_header(stream)
    array = StoredArray(path, name, shape, dtype, by_columns, stream.tell())
    if dtype.hasobject:
        message = f"{array.called} holds Python objects, which are refused: to read them could run any code"
        raise DataError(message, (_PICKLED,))
    if dtype.kind not in "biufUS" or (dtype.kind == "f" and dtype.itemsize > 8):
        message = f"{array.called} is an array of {dtype}"
        raise DataError(message, ("expected: whole numbers, fractions of up to 64 bits, truths or words",))
    if not shape or 0 in shape:
        what = "a single value" if not shape else f"nothing: its shape is {shape}"
        raise DataError(
            f"{array.called} holds {what}", ("expected: an array whose first axis is that of the samples",)
        )
    if size != array.start + array.byte_count:
        message = f"{array.called} is damaged: it has {size - array.start:,} bytes of values"
        raise DataError(message, (f"expected: {array.byte_count:,} bytes, for {dtype} of shape {shape}",))
    return array


Header = tuple[tuple[int, ...], bool, np.dtype[Any]]
"""The shape, whether values stand column by column, and their type."""


def read_array_header(stream: IO[bytes]) -> Header:
    """The header, of whatever version; the stream is then where the values begin. Raises ValueError."""
    try:
        is_first = numpy_format.read_magic(stream) == (1, 0)
        read = numpy_format.read_array_header_1_0 if is_first else numpy_format.read_array_header_2_0
        shape, by_columns, dtype = read(stream)
    # What is nested too deeply is no lack of memory.
    except (ValueError, TypeError, SyntaxError, TokenError, MemoryError, RecursionError) as error:
        raise ValueError("it does not begin as NumPy writes it") from error
    return shape, by_columns, dtype
