"""Plain tables for the terminal: columns as wide as they need to be, no spaces at the ends of lines."""

import textwrap
from collections.abc import Collection, Sequence

from nettool.diagnostics.printable import one_line

WIDTH = 100
"""Columns of a page; longer texts are broken."""

_GAP = "  "


def table(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> list[str]:
    """The rows, the first of them the headings, as lines; the columns numbered in `right` are set right."""
    rows = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        _GAP.join(
            cell.rjust(width) if number in right else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def paragraph(name: str, text: str, indent: int) -> list[str]:
    """A name and what there is to say of it, broken at the page's width and set off by `indent` columns."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=name.ljust(indent),
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
