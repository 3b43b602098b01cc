"""The rows of a CSV file as text, each with the line where it starts; the first row names the columns."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from nettool.data.failure import DataError, DataMissing
from nettool.diagnostics.suggest import counted
from nettool.files.outside import open_file

Row = tuple[int, list[str]]
"""The line where a row starts, counting from 1, and its cells."""

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_LONGEST_CELL = 1 << 24
"""Characters, also of a line; a quote that is never closed makes a cell of the rest of the file."""
_MOST_COLUMNS = 1_000_000


def csv_rows(path: Path) -> Iterator[Row]:
    """The rows of a file in UTF-8, with or without a byte order mark; blank lines are none.

    Cells are parted by commas, semicolons or tabs: by whichever gives the header most cells. A cell in double
    quotes may hold them, line ends and doubled quotes. The header's names have no blanks around them and
    are different (but for empty ones); every row has as many cells as the header.

    Raises DataMissing when there is no such file, DataError when it is no such table.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    try:
        with TextIOWrapper(open_file(path), "utf-8-sig", newline="") as stream:
            yield from _checked(path, stream)
    except FileNotFoundError as error:
        raise DataMissing(f"`{path}` is not there") from error
    except UnicodeDecodeError as error:
        message = f"`{path}:{_first_line_that_is_not_utf8(path)}` is not UTF-8"
        expected = "expected: a CSV file in UTF-8; spreadsheets save it when asked"
        raise DataError(message, (expected,)) from error
    except OSError as error:
        raise DataError(f"`{path}` cannot be read: {error.strerror or error}") from error


def _checked(path: Path, stream: TextIO) -> Iterator[Row]:
    delimiter = _delimiter(path, stream)
    rows = _rows(path, stream, delimiter)
    line, cells = next(rows, (1, []))
    header = [cell.strip() for cell in cells]
    if not any(header):
        raise DataError(f"`{path}` is empty", ("expected: a first line that names the columns",))
    for name, count in Counter(header).items():
        if name and count > 1:
            raise DataError(f"`{path}:{line}` names the column `{name}` {count} times")
    yield line, header
    for line, cells in rows:
        if len(cells) != len(header):
            found = f"{counted(len(cells), 'cell')}, but the header names {counted(len(header), 'column')}"
            expected = (
                f"cells are parted by {_DELIMITERS[delimiter]}; one that holds any must be in double quotes"
            )
            raise DataError(f"`{path}:{line}` has {found}", (expected,))
        yield line, cells


def _delimiter(path: Path, stream: TextIO) -> str:
    """Judged by the first line that is not blank; the stream is at its start again afterwards."""
    first = next((line for line in _lines(path, stream) if line.strip()), "")
    stream.seek(0)
    if max(map(first.count, _DELIMITERS)) >= _MOST_COLUMNS:
        raise DataError(f"`{path}` names more columns than {_MOST_COLUMNS:,}, which no table has")
    return max(_DELIMITERS, key=lambda delimiter: len(next(csv.reader([first], delimiter=delimiter), [])))


def _rows(path: Path, stream: TextIO, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(_lines(path, stream), delimiter=delimiter, skipinitialspace=True, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cells) or len(cells) > 1:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"the row at `{path}:{line}` cannot be read: {error}"
        raise DataError(message, ("a double quote inside a quoted cell is written twice",)) from error


def _lines(path: Path, stream: TextIO) -> Iterator[str]:
    while line := stream.readline(_LONGEST_CELL):
        if len(line) == _LONGEST_CELL:
            message = f"`{path}` has a line of more than {_LONGEST_CELL >> 20} million characters"
            raise DataError(message, ("expected: a CSV file with a line for each sample",))
        yield line


def _first_line_that_is_not_utf8(path: Path) -> int:
    with open_file(path) as stream:
        for number, line in enumerate(stream, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 1
