"""Numbers as people write them in the cells of a table."""

import re

_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_PERCENT = re.compile(r"[+-]?\d+(\.\d+)?\s*%")


def to_number(text: str) -> float:
    """As Python reads it, but for its `1_000`. Raises ValueError for anything else."""
    if "_" in text:
        raise ValueError(text)
    return float(text)


def to_whole_number(text: str) -> int:
    """As Python reads it, but for its `1_000`. Raises ValueError for anything else."""
    if "_" in text:
        raise ValueError(text)
    return int(text)


def number_words(cell: str) -> str:
    """How a cell that is not a number would be written as one."""
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
