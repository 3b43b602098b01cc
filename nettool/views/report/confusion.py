"""The confusion matrix of an output: as a table or as the run's picture, and what was most often confused."""

from collections.abc import Iterator
from html import escape
from math import sqrt

from nettool.record.files.observations import SeenClasses
from nettool.record.files.pictures import output_stem
from nettool.record.run_report import RunReport
from nettool.views.page.colours import BASE, places_taken
from nettool.views.page.markup import table
from nettool.views.page.safe_svg import themed_svg

_CLASSES_AS_TABLE = 20
_MOST_CONFUSED = 20
_DARK_FROM = 55
"""Per cent of the colour, from which on the count is written in the colour of the paper."""


def confusion_matrix(report: RunReport, seen: SeenClasses) -> str:
    """Of few classes a table, of more the run's picture; empty where there is none."""
    if len(seen.classes) <= _CLASSES_AS_TABLE:
        return _heat_table(seen)
    pictures = report.pictures
    picture = pictures.get(output_stem("confusion", seen.output), pictures.get("confusion"))
    if picture is None:
        return ""
    words = f"Confusion matrix of {seen.output}: {len(seen.classes)} classes"
    number = report.seen.classes.index(seen) if report.seen else 0
    drawn = themed_svg(picture, words, places_taken(BASE), f"confusion{number}-")
    return f'<div class="wide picture square">{drawn}</div>'


def most_confused(seen: SeenClasses) -> Iterator[str]:
    """In words what a picture is too large or too small for; nothing where the matrix is a table."""
    if len(seen.classes) <= _CLASSES_AS_TABLE:
        return
    pairs = seen.confused or sorted(
        (
            (true, predicted, count)
            for true, row in enumerate(seen.matrix)
            for predicted, count in enumerate(row)
            if count and true != predicted
        ),
        key=lambda pair: -pair[2],
    )
    if pairs:
        yield "<h3>Most often confused</h3>"
        names = seen.classes
        rows = [
            (names[true], names[predicted], f"{count:,}") for true, predicted, count in pairs[:_MOST_CONFUSED]
        ]
        yield table(("true class", "predicted as", "samples"), rows, (2,))


def _heat_table(seen: SeenClasses) -> str:
    """Colour goes by the square root of the share, so that a few mistakes show beside many hits."""
    count = len(seen.classes)
    head = "".join(f'<th scope="col"><span>{escape(name)}</span></th>' for name in seen.classes)
    long = " long" if max(map(len, seen.classes)) > 4 else ""
    return (
        f'<div class="wide"><table class="heat{long}"><thead>'
        f'<tr><td></td><th class="axis" colspan="{count}">predicted</th></tr>'
        f'<tr><th class="axis" scope="col">true</th>{head}</tr></thead><tbody>\n'
        + "".join(_heat_rows(seen))
        + "</tbody></table></div>"
    )


def _heat_rows(seen: SeenClasses) -> Iterator[str]:
    for true, row in enumerate(seen.matrix):
        whole = sum(row)
        cells = []
        for predicted, count in enumerate(row):
            if not count and true != predicted:
                cells.append("<td></td>")
                continue
            share = count / whole if whole else 0.0
            depth = round(100 * sqrt(share) * 0.9)
            names = f"true {seen.classes[true]}, predicted {seen.classes[predicted]}"
            words = f"{names}: {count} of {whole} ({share:.1%})"
            deep = ' class="deep"' if depth >= _DARK_FROM else ""
            cells.append(f'<td{deep} style="--s:{depth}%" title="{escape(words)}">{count}</td>')
        yield f'<tr><th scope="row">{escape(seen.classes[true])}</th>{"".join(cells)}</tr>\n'
