"""The cells of a table's column as values, row after row: numbers, labels, sequences or names of files.

Each class takes the rows that start at some line one after the other, with `add`, which raises DataError for
a cell that is not of its kind. Values are kept without NumPy, as `validate` reads tables, too.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isfinite, isinf, nan
from pathlib import Path

from nettool.data.failure import DataError, KeyPath
from nettool.data.sources.tables.cell_numbers import number_words, to_number, to_whole_number

LARGEST_TOKEN = 2**31 - 1
_LONGEST_SHOWN = 40

_WITHOUT_FRACTION = re.compile(r"(?a)^\+?(-?\d+)\.0*$")
_TRUTHS = {
    word: number
    for number, words in ((1.0, "True true TRUE"), (0.0, "False false FALSE"))
    for word in words.split()
}
"""Words that programs write for 1 and 0."""


@dataclass(frozen=True, slots=True)
class TableCells:
    """A column of a file, at a place in its rows, and the field that it belongs to."""

    path: Path
    field: str
    column: str
    place: int

    @property
    def key(self) -> KeyPath:
        """Where the `data` section names the column."""
        return column_key(self.field, self.column)

    def error(self, line: int, message: str, expected: str) -> DataError:
        """What is wrong with the cell in the row that starts at a line."""
        return DataError(f"`{self.path}:{line}`: {message}", (f"expected: {expected}",), self.key)


def column_key(field: str, column: str) -> KeyPath:
    """Where the `data` section names a column of a field."""
    return ("columns", field, "column", column)


class Numbers:
    """Decimal numbers from one or more columns: `values` holds those of the first row, then the second …."""

    def __init__(self, *cells: TableCells) -> None:
        self._cells = cells
        self._places = tuple(each.place for each in cells)
        self.width = len(cells)
        self.values = array("d")

    def add(self, line: int, cells: list[str]) -> None:
        """Take the numbers of a row."""
        texts = [cells[place] for place in self._places]
        try:
            numbers = [float(text) for text in texts]
        except ValueError:
            numbers = [_number_or_nan(text) for text in texts]
        # A sum with what is not finite is not finite either; infinite is also what is too large for float32.
        if isfinite(sum(array("f", numbers))) and "_" not in "".join(texts):
            self.values.extend(numbers)
            return
        for each, text in zip(self._cells, texts, strict=True):
            if text.strip() not in _TRUTHS:
                _check_number(text, each, line)


class Labels:
    """Words or whole numbers from one column: `codes` says which of `first_lines`' keys a row has.

    `first_lines` holds the different cells in the order in which they occur, with the line where they do.
    """

    def __init__(self, cells: TableCells) -> None:
        self.cells, self._place = cells, cells.place
        self.codes = array("q")
        self.first_lines: dict[str, int] = {}
        self._numbers: dict[str, int] = {}

    def add(self, line: int, cells: list[str]) -> None:
        """Take the label of a row."""
        word = cells[self._place].strip()
        if word not in self._numbers:
            _check_not_empty(word, self.cells, line)
            self._numbers[word] = len(self._numbers)
            self.first_lines[word] = line
        self.codes.append(self._numbers[word])


class Tokens:
    """Whole numbers separated by blanks, of one column: `flat` holds all, `lengths` how many each row has."""

    def __init__(self, cells: TableCells) -> None:
        self.cells, self._place = cells, cells.place
        self.flat = array("i")
        self.lengths = array("q")

    def add(self, line: int, cells: list[str]) -> None:
        """Take the sequence of a row."""
        words = cells[self._place].split()
        try:
            tokens = array("i", map(to_whole_number, words))
        except (ValueError, OverflowError):
            tokens = array("i")
        if not tokens:
            raise self._wrong(words, line)
        self.flat.extend(tokens)
        self.lengths.append(len(tokens))

    def _wrong(self, words: list[str], line: int) -> DataError:
        _check_not_empty(" ".join(words), self.cells, line)
        wrong = next(word for word in words if not _is_token(word))
        message = f"`{_shown(wrong)}` in column `{self.cells.column}` is not a whole number"
        expected = f"whole numbers separated by spaces, from {-LARGEST_TOKEN - 1:,} to {LARGEST_TOKEN:,}"
        return self.cells.error(line, message, expected)


class FileNames:
    """Names of files from one column, as they are written, each with its line."""

    def __init__(self, cells: TableCells) -> None:
        self.cells, self._place = cells, cells.place
        self.names: list[str] = []
        self.lines = array("q")

    def add(self, line: int, cells: list[str]) -> None:
        """Take the name of a row."""
        name = cells[self._place].strip()
        _check_not_empty(name, self.cells, line)
        self.names.append(name)
        self.lines.append(line)


TableValues = Numbers | Labels | Tokens | FileNames


def classes_by_word(parts: Iterable[Labels]) -> dict[str, str]:
    """The class that each word of these columns stands for; the classes in the order of their numbers.

    Words are in the order of the alphabet, whole numbers by size (`7` and `7.0` are the same). Where numbers
    are written in two ways that may be two names (`7` and `007`, `100` and `1E2`), each way is a class.

    Raises DataError when all are numbers, but not all are whole.
    """
    columns = tuple(parts)
    words = sorted({word for column in columns for word in column.first_lines})
    numbers = dict(_as_numbers(words))
    if len(numbers) < len(words):
        return {word: word for word in words}
    for column in columns:
        for word, line in column.first_lines.items():
            if numbers[word] != int(numbers[word]):
                message = f"`{word}` in column `{column.cells.column}` is not a class"
                expected = "words or whole numbers; without `as: label` the column is one of numbers"
                raise column.cells.error(line, message, expected)
    in_order = sorted(words, key=numbers.__getitem__)
    written = {word: _WITHOUT_FRACTION.sub(r"\1", word) for word in in_order}
    if len(set(written.values())) > len(set(numbers.values())):
        return written
    return {word: str(int(numbers[word])) for word in in_order}


def _as_numbers(words: list[str]) -> Iterator[tuple[str, int | float]]:
    """The words and what they say, up to the first that is not a number."""
    for word in words:
        try:
            number: int | float = to_whole_number(word)
        except ValueError:
            try:
                number = to_number(word)
            except ValueError:
                return
        if not isfinite(number):
            return
        yield word, number


def _number_or_nan(text: str) -> float:
    """What a cell says; NaN where it is neither a number nor a truth."""
    truth = _TRUTHS.get(text.strip())
    if truth is not None:
        return truth
    try:
        return float(text)
    except ValueError:
        return nan


def _is_token(word: str) -> bool:
    try:
        return -LARGEST_TOKEN - 1 <= to_whole_number(word) <= LARGEST_TOKEN
    except ValueError:
        return False


def _check_number(cell: str, cells: TableCells, line: int) -> None:
    _check_not_empty(cell.strip(), cells, line)
    shown = f"`{_shown(cell)}` in column `{cells.column}`"
    try:
        number = to_number(cell)
    except ValueError as error:
        raise cells.error(line, f"{shown} is not a number", number_words(cell.strip())) from error
    if not isfinite(number):
        expected = "a number in each row; leave out the rows that lack one"
        raise cells.error(line, f"{shown} is not a finite number", expected)
    if isinf(array("f", (number,))[0]):
        expected = "a number that float32 can hold, up to 3.4e38"
        raise cells.error(line, f"{shown} is too large", expected)


def _check_not_empty(cell: str, cells: TableCells, line: int) -> None:
    if not cell:
        expected = "a value in each row; leave out the rows that lack one"
        raise cells.error(line, f"the cell of column `{cells.column}` is empty", expected)


def _shown(cell: str) -> str:
    text = " ".join(cell.split())
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
