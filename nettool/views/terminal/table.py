"""Plain tables for the terminal: columns as wide as they need to be, no spaces at the ends of lines."""

import textwrap
from collections.abc import Collection, Sequence

from nettool.diagnostics.printable import one_line

PAGE_WIDTH = 100
"""Columns of a page, in a wider terminal and where there is none; longer texts are broken."""

_GAP = "  "
_SHORTEST = 10
"""Characters that a column of texts keeps."""


def table(
    rows: Sequence[Sequence[str]],
    right: Collection[int] = (),
    *,
    width: int | None = None,
    expendable: Sequence[int] = (),
    whole: Collection[int] = (),
) -> list[str]:
    """The rows, the first of them the headings, as lines; the columns numbered in `right` are set right.

    With a `width`, no line is wider as far as that goes without breaking a number. Of the `expendable`
    columns, named from the least important on, those stay for which there is room. Then texts are shortened,
    the longest column first, but for those set right and the `whole` ones.
    """
    rows = [[one_line(cell) for cell in row] for row in rows]
    columns = list(range(len(rows[0])))
    if width is not None:
        columns = [number for number in columns if number not in expendable]
        for more_important in reversed(expendable):
            if _line_width(rows, with_it := sorted([*columns, more_important])) <= width:
                columns = with_it
        rows = _shortened(rows, columns, {*right, *whole}, width)
    widths = {number: _column_width(rows, number) for number in columns}
    return [
        _GAP.join(
            row[number].rjust(widths[number]) if number in right else row[number].ljust(widths[number])
            for number in columns
        ).rstrip()
        for row in rows
    ]


def _shortened(
    table_rows: Sequence[Sequence[str]], columns: Sequence[int], whole: Collection[int], width: int
) -> list[list[str]]:
    """The rows with an ellipsis in the longest texts of columns that need not stay whole.

    The first column says what a row is about: it is the last to be shortened.
    """
    rows = [list(row) for row in table_rows]
    texts = [number for number in columns if number not in whole and number != 0]
    while (excess := _line_width(rows, columns) - width) > 0:
        longest = max(texts, key=lambda number: _column_width(rows, number), default=0)
        if _column_width(rows, longest) <= _SHORTEST:
            longest = 0
        now = _column_width(rows, longest)
        if now <= _SHORTEST:
            break
        next_longest = max((_column_width(rows, each) for each in texts if each != longest), default=0)
        length = max(_SHORTEST, now - excess, min(next_longest, now - 1) if longest else 0)
        shorten = shortened if longest else without_middle
        for row in rows:
            row[longest] = shorten(row[longest], length)
    return rows


def shortened(text: str, length: int) -> str:
    """The text in at most so many characters: its end gives way to an ellipsis."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def without_middle(name: str, length: int) -> str:
    """A name in at most so many characters: what tells it from others is often at its end."""
    end = (length - 1) // 2
    return name if len(name) <= length else f"{name[: length - 1 - end]}…{name[-end:]}"


def _line_width(rows: Sequence[Sequence[str]], columns: Sequence[int]) -> int:
    return sum(_column_width(rows, number) for number in columns) + len(_GAP) * (len(columns) - 1)


def _column_width(rows: Sequence[Sequence[str]], number: int) -> int:
    return max(len(row[number]) for row in rows)


def page_width(width: int | None) -> int:
    """The columns of a page in a terminal of so many, None for none."""
    return PAGE_WIDTH if width is None else min(width, PAGE_WIDTH)


def paragraph(name: str, text: str, indent: int, width: int | None = None) -> list[str]:
    """A name and what there is to say of it, broken at the page's width and set off by `indent` columns."""
    return textwrap.wrap(
        text,
        page_width(width),
        initial_indent=name.ljust(indent),
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
