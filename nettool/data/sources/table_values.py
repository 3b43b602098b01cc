"""The cells of a table's column as values, row after row: numbers, labels, sequences or names of files.

Each class takes the rows that start at some line one after the other, with `add`, which raises DataError for
a cell that is not of its kind. Values are kept without NumPy, as `validate` reads tables, too.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from math import isfinite, isinf, nan
from pathlib import Path

from nettool.data.failure import DataError

LARGEST_TOKEN = 2**31 - 1
_LONGEST_SHOWN = 40

_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_PERCENT = re.compile(r"[+-]?\d+(\.\d+)?\s*%")

_WITHOUT_FRACTION = re.compile(r"(?a)^\+?(-?\d+)\.0*$")
_TRUTHS = {
    word: number
    for number, words in ((1.0, "True true TRUE"), (0.0, "False false FALSE"))
    for word in words.split()
}
"""Words that programs write for 1 and 0."""


class Numbers:
    """Decimal numbers from one or more columns: `values` holds those of the first row, then the second …."""

    def __init__(self, path: Path, columns: tuple[str, ...], places: tuple[int, ...]) -> None:
        self._path, self._columns, self.places = path, columns, places
        self.values = array("d")

    def add(self, line: int, cells: list[str]) -> None:
        """Take the numbers of a row."""
        texts = [cells[place] for place in self.places]
        try:
            numbers = [float(text) for text in texts]
        except ValueError:
            numbers = [_number_or_nan(text) for text in texts]
        # A sum with what is not finite is not finite either; infinite is also what is too large for float32.
        if isfinite(sum(array("f", numbers))) and "_" not in "".join(texts):
            self.values.extend(numbers)
            return
        for column, text in zip(self._columns, texts, strict=True):
            if text.strip() not in _TRUTHS:
                _check_number(text, column, f"{self._path}:{line}")


class Labels:
    """Words or whole numbers from one column: `codes` says which of `first_lines`' keys a row has.

    `first_lines` holds the different cells in the order in which they occur, with the line where they do.
    """

    def __init__(self, path: Path, column: str, place: int) -> None:
        self.path, self.column, self._place = path, column, place
        self.codes = array("q")
        self.first_lines: dict[str, int] = {}
        self._numbers: dict[str, int] = {}

    def add(self, line: int, cells: list[str]) -> None:
        """Take the label of a row."""
        word = cells[self._place].strip()
        if word not in self._numbers:
            _check_not_empty(word, self.column, f"{self.path}:{line}")
            self._numbers[word] = len(self._numbers)
            self.first_lines[word] = line
        self.codes.append(self._numbers[word])


class Tokens:
    """Whole numbers separated by blanks, of one column: `flat` holds all, `lengths` how many each row has."""

    def __init__(self, path: Path, column: str, place: int) -> None:
        self.path, self.column, self._place = path, column, place
        self.flat = array("i")
        self.lengths = array("q")

    def add(self, line: int, cells: list[str]) -> None:
        """Take the sequence of a row."""
        words = cells[self._place].split()
        try:
            tokens = array("i", map(_whole_number, words))
        except (ValueError, OverflowError):
            tokens = array("i")
        if not tokens:
            self._blame(words, f"{self.path}:{line}")
        self.flat.extend(tokens)
        self.lengths.append(len(tokens))

    def _blame(self, words: list[str], where: str) -> None:
        _check_not_empty(" ".join(words), self.column, where)
        wrong = next(word for word in words if not _is_token(word))
        told = f"`{where}`: `{_shown(wrong)}` in column `{self.column}` is no whole number"
        expected = f"whole numbers separated by spaces, from {-LARGEST_TOKEN - 1:,} to {LARGEST_TOKEN:,}"
        raise DataError(told, (f"expected: {expected}",))


class FileNames:
    """Names of files from one column, as they are written, each with its line."""

    def __init__(self, path: Path, column: str, place: int) -> None:
        self.path, self.column, self._place = path, column, place
        self.names: list[str] = []
        self.lines = array("q")

    def add(self, line: int, cells: list[str]) -> None:
        """Take the name of a row."""
        name = cells[self._place].strip()
        _check_not_empty(name, self.column, f"{self.path}:{line}")
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
                told = f"`{column.path}:{line}`: `{word}` in column `{column.column}` is no class"
                advice = "expected: words or whole numbers; without `as: label` the column is one of numbers"
                raise DataError(told, (advice,))
    in_order = sorted(words, key=numbers.__getitem__)
    written = {word: _WITHOUT_FRACTION.sub(r"\1", word) for word in in_order}
    if len(set(written.values())) > len(set(numbers.values())):
        return written
    return {word: str(int(numbers[word])) for word in in_order}


def _as_numbers(words: list[str]) -> Iterator[tuple[str, int | float]]:
    """The words and what they say, up to the first that is no number."""
    for word in words:
        try:
            number: int | float = _whole_number(word)
        except ValueError:
            try:
                number = _number(word)
            except ValueError:
                return
        if not isfinite(number):
            return
        yield word, number


def _number(text: str) -> float:
    """As Python reads it, but for its `1_000`."""
    if "_" in text:
        raise ValueError(text)
    return float(text)


def _number_or_nan(text: str) -> float:
    """What a cell says; NaN where it is neither a number nor a truth."""
    truth = _TRUTHS.get(text.strip())
    if truth is not None:
        return truth
    try:
        return float(text)
    except ValueError:
        return nan


def _whole_number(text: str) -> int:
    if "_" in text:
        raise ValueError(text)
    return int(text)


def _is_token(word: str) -> bool:
    try:
        return -LARGEST_TOKEN - 1 <= _whole_number(word) <= LARGEST_TOKEN
    except ValueError:
        return False


def _check_number(cell: str, column: str, where: str) -> None:
    _check_not_empty(cell.strip(), column, where)
    try:
        number = _number(cell)
    except ValueError as error:
        told = f"`{where}`: `{_shown(cell)}` in column `{column}` is no number"
        raise DataError(told, (f"expected: {_number_words(cell.strip())}",)) from error
    if not isfinite(number):
        told = f"`{where}`: `{_shown(cell)}` in column `{column}` is no finite number"
        raise DataError(told, ("expected: a number in each row; leave out the rows that lack one",))
    if isinf(array("f", (number,))[0]):
        told = f"`{where}`: `{_shown(cell)}` in column `{column}` is too large"
        raise DataError(told, ("expected: a number that float32 can hold, up to 3.4e38",))


def _number_words(cell: str) -> str:
    """How a cell that is no number would be written as one."""
    with_point = cell.replace(",", ".")
    if _GROUPED.fullmatch(cell):
        plain = cell.replace(",", "")
        either = "" if cell.count(",") > 1 else f"; if the comma is a decimal comma, {with_point}"
        return f"{plain}, without the comma that parts thousands{either}"
    if _DECIMAL_COMMA.fullmatch(cell):
        return f"a number such as {with_point}, with a point"
    if _PERCENT.fullmatch(cell):
        return f"{cell.rstrip('% ')}, without the sign"
    return "a number such as 3.5, of digits and a point alone"


def _check_not_empty(cell: str, column: str, where: str) -> None:
    if not cell:
        expected = "expected: a value in each row; leave out the rows that lack one"
        raise DataError(f"`{where}`: the cell of column `{column}` is empty", (expected,))


def _shown(cell: str) -> str:
    text = " ".join(cell.split())
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
