"""Reads pickles of plain values and NumPy arrays without ever running anything that a pickle names.

A pickle may call any function that it can name. Here every name is refused but the four with which NumPy
writes an array, and those stand for inert look-alikes below: they only keep what the pickle says.
"""

import io
import pickle
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray


class PickleRefused(Exception):
    """The pickle is damaged or holds something else than plain values and arrays; the text says what."""


@dataclass(slots=True)
class PickledType:
    """An array's type as the pickle says it: `u1`, `i8` …; NumPy's own state is not needed for those."""

    code: str

    def __setstate__(self, state: object) -> None:
        """Byte order and the like: nothing to keep for bytes."""


@dataclass(slots=True)
class PickledArray:
    """An array as the pickle says it: not more than its shape, type and bytes."""

    shape: object = ()
    type: object = None
    by_columns: object = False
    data: object = b""

    def __setstate__(self, state: object) -> None:
        """Keep what NumPy's `ndarray.__reduce__` wrote: version, shape, type, order, bytes."""
        if not isinstance(state, tuple) or len(state) != 5:
            raise PickleRefused("an array in it is not written as NumPy writes arrays")
        _, self.shape, self.type, self.by_columns, self.data = state

    def to_numpy(self) -> NDArray[np.uint8] | None:
        """The array of bytes that this stands for, read-only; None if it is none, or does not add up."""
        shape, data = self.shape, self.data
        if not isinstance(self.type, PickledType) or self.type.code not in ("u1", "|u1"):
            return None
        if not isinstance(shape, tuple) or not all(type(length) is int and length >= 0 for length in shape):
            return None
        if not isinstance(data, bytes) or len(data) != prod(shape):
            return None
        return np.frombuffer(data, np.uint8).reshape(shape, order="F" if self.by_columns else "C")


def _array(*_arguments: object) -> PickledArray:
    return PickledArray()


def _type(code: object = "", *_arguments: object) -> PickledType:
    return PickledType(code.decode("latin-1") if isinstance(code, bytes) else str(code))


def _bytes(text: object = "", encoding: object = "latin1") -> bytes:
    if not isinstance(text, str) or encoding not in ("latin1", b"latin1"):
        raise PickleRefused("a text in it is encoded in an unusual way")
    return text.encode("latin-1")


_LOOK_ALIKES = {
    ("numpy", "ndarray"): PickledArray,
    ("numpy", "dtype"): _type,
    ("numpy.core.multiarray", "_reconstruct"): _array,
    ("numpy._core.multiarray", "_reconstruct"): _array,
    ("_codecs", "encode"): _bytes,
}
"""The names that are admitted, with what stands in for them. Python 3 writes bytes with `_codecs.encode`
in the pickle protocol of the published files."""


class _PlainUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - whatever pickle calls
        """What stands for a name in a pickle; refuses every name but those of plain arrays."""
        if (module, name) not in _LOOK_ALIKES:
            raise PickleRefused(f"it names `{module}.{name}`, which is not a plain value")
        return _LOOK_ALIKES[module, name]


def load_plain(data: bytes) -> object:
    """The value in a pickle; texts of Python 2 come as bytes, arrays as PickledArray.

    Raises PickleRefused, and nothing else, whatever the bytes are.
    """
    try:
        return _PlainUnpickler(io.BytesIO(data), encoding="bytes").load()
    except PickleRefused:
        raise
    except Exception as error:  # a damaged pickle can raise nearly anything
        raise PickleRefused(f"it is a damaged pickle ({type(error).__name__})") from error
