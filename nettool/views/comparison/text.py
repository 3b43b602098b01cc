"""A comparison as text: the differences of the specs first, then what came of each run."""

from collections.abc import Iterator, Sequence

from nettool.record.run_summary import RunSummary
from nettool.views.comparison.comparison import Comparison
from nettool.views.comparison.differences import Difference, value_text
from nettool.views.comparison.result_rows import ResultRow, result_rows, unstarred
from nettool.views.terminal.table import page_width, table

_INDENT = "  "
_LONGEST = 60
_SHORTEST = 12
_ARROW = " → "


def comparison_text(comparison: Comparison, width: int | None = None) -> str:
    """As much as fits on lines that can be read; the data have the values in full."""
    return "\n".join(_lines(comparison, width))


def _lines(comparison: Comparison, width: int | None) -> Iterator[str]:
    run_summaries = comparison.run_summaries
    yield from _named(run_summaries)
    yield ""
    if not comparison.spec:
        yield "The specs are the same."
    else:
        yield from _section(_count(len(comparison.spec)), comparison.spec, width)
    if comparison.environment:
        yield ""
        yield from _section("Besides the specs", comparison.environment, width)
    yield ""
    yield "Results"
    rows = result_rows(comparison)
    for lines in _results(rows, len(run_summaries), width):
        yield from _indented(lines)
    if any(row.best for row in rows):
        yield f"{_INDENT}* the best of its line"
    elif (reason := unstarred(comparison)) is not None:
        yield f"{_INDENT}{reason}"


def _named(run_summaries: Sequence[RunSummary]) -> list[str]:
    return [f"{number}  {run_summary.label}" for number, run_summary in enumerate(run_summaries, 1)]


def _count(count: int) -> str:
    return f"The specs differ in {count} {'place' if count == 1 else 'places'}"


def _section(title: str, found: Sequence[Difference], width: int | None) -> Iterator[str]:
    yield title
    if len(found[0].values) == 2:
        for each in found:
            room = (page_width(width) - len(f"{_INDENT}{each.path}: {_ARROW}")) // 2
            longest = min(_LONGEST, max(room, _SHORTEST))
            left, right = (value_text(value, longest) for value in each.values)
            yield f"{_INDENT}{each.path}: {left}{_ARROW}{right}"
        return
    count = len(found[0].values)
    longest = max(page_width(width) // count, _SHORTEST)
    rows = [(each.path, *(value_text(value, longest) for value in each.values)) for each in found]
    inner = None if width is None else width - len(_INDENT)
    yield from _indented(table([("", *map(str, range(1, count + 1))), *rows], width=inner))


def _results(rows: Sequence[ResultRow], count: int, width: int | None) -> Iterator[list[str]]:
    """The results of so many runs as a table; as several, one below the other, where one is too wide."""
    first, last = 0, count
    while first < count:
        # A space stands where the mark of the best may stand below.
        heading = ("", *(f"{number + 1} " for number in range(first, last)))
        lines = table([heading, *(_cells(row, first, last) for row in rows)], range(1, count + 1))
        is_too_wide = width is not None and max(map(len, lines)) + len(_INDENT) > width
        if is_too_wide and last - first > 1:
            last -= 1
            continue
        yield lines if first == 0 else ["", *lines]
        first, last = last, count


def _cells(row: ResultRow, first: int, last: int) -> tuple[str, ...]:
    return (
        row.name,
        *(f"{row.cells[number]}{'*' if number in row.best else ' '}" for number in range(first, last)),
    )


def _indented(lines: Sequence[str]) -> Iterator[str]:
    return (f"{_INDENT}{line}" if line else "" for line in lines)
