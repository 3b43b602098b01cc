"""The `columns` that a table could have, from its first lines: an example in the user's own names."""

from pathlib import Path

from nettool.files.outside import open_file
from nettool.spec.yaml.flow import yaml_flow

_MOST_BYTES = 1 << 14
_MOST_COLUMNS = 12
"""Columns of an example; of a table with more it has the first ones."""
_EXAMPLE = "columns: {features: [rooms, area], price: price}"


def columns_example(path: Path | None) -> str:
    """The last column as what is to be learned, other numbers as features; a fixed example for odd tables."""
    names, values = ([], []) if path is None else _first_lines(path)
    if len(names) < 2 or len(values) != len(names) or len(set(names)) < len(names) or not all(names):
        return _EXAMPLE
    of_numbers = [name for name, value in zip(names, values, strict=True) if _is_number(value)]
    target, features = names[-1], [name for name in of_numbers if name != names[-1]]
    if not features:
        return _EXAMPLE
    field = target if target.isidentifier() and target.isascii() else "target"
    column = target if target in of_numbers else {"column": target, "as": "label"}
    return f"columns: {yaml_flow({'features': features[:_MOST_COLUMNS], field: column})}"


def _first_lines(path: Path) -> tuple[list[str], list[str]]:
    """The header's names and the first sample's cells."""
    import csv

    try:
        with open_file(path) as file:
            lines = [file.readline(_MOST_BYTES).decode("utf-8-sig").rstrip("\r\n") for _ in range(2)]
        separator = max(",;\t", key=lines[0].count)
        rows = [next(csv.reader([line], delimiter=separator), []) for line in lines]
    except (OSError, UnicodeDecodeError, csv.Error):
        return [], []
    return [name.strip() for name in rows[0]], rows[1]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
