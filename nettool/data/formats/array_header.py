"""The header of an array in NumPy's format, which is Python's notation, read as data or refused."""

from tokenize import TokenError
from typing import IO, Any

import numpy as np
from numpy.lib import format as numpy_format

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
