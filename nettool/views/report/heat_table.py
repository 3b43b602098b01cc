"""A confusion matrix as a table: the darker a cell, the larger its share of the true class."""

from collections.abc import Iterator
from html import escape
from math import sqrt

from nettool.record.files.observations import SeenClasses

_DARK_FROM = 55
"""Per cent of the colour, from which on the count is written in the colour of the paper."""


def heat_table(seen: SeenClasses) -> str:
    """Colour goes by the square root of the share, so that a few mistakes show beside many hits."""
    count = len(seen.classes)
    head = "".join(f'<th scope="col"><span>{escape(name)}</span></th>' for name in seen.classes)
    long = " long" if max(map(len, seen.classes)) > 4 else ""
    return (
        f'<div class="wide"><table class="heat{long}"><thead>'
        f'<tr><td></td><th class="axis" colspan="{count}">predicted</th></tr>'
        f'<tr><th class="axis" scope="col">true</th>{head}</tr></thead><tbody>\n'
        + "".join(_rows(seen))
        + "</tbody></table></div>"
    )


def _rows(seen: SeenClasses) -> Iterator[str]:
    for true, row in enumerate(seen.matrix):
        whole = sum(row)
        cells = []
        for given, count in enumerate(row):
            if not count and true != given:
                cells.append("<td></td>")
                continue
            share = count / whole if whole else 0.0
            depth = round(100 * sqrt(share) * 0.9)
            names = f"true {seen.classes[true]}, predicted {seen.classes[given]}"
            words = f"{names}: {count} of {whole} ({share:.1%})"
            deep = ' class="deep"' if depth >= _DARK_FROM else ""
            cells.append(f'<td{deep} style="--s:{depth}%" title="{escape(words)}">{count}</td>')
        yield f'<tr><th scope="row">{escape(seen.classes[true])}</th>{"".join(cells)}</tr>\n'
