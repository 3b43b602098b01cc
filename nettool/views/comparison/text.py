"""A comparison as text: the differences of the specs first, then what came of each run."""

from collections.abc import Iterator, Sequence

from nettool.record.run_summary import RunSummary
from nettool.views.comparison.comparison import Comparison
from nettool.views.comparison.differences import Difference, value_text
from nettool.views.comparison.result_rows import ResultRow, result_rows, unstarred
from nettool.views.terminal.table import WIDTH, table

_INDENT = "  "
_LONGEST = 60
_SHORTEST = 12


def comparison_text(comparison: Comparison) -> str:
    """As much as fits on lines that can be read; the data have the values in full."""
    return "\n".join(_lines(comparison))


def _lines(comparison: Comparison) -> Iterator[str]:
    run_summaries = comparison.run_summaries
    yield from _named(run_summaries)
    yield ""
    if not comparison.spec:
        yield "The specs are the same."
    else:
        yield from _section(_count(len(comparison.spec)), comparison.spec)
    if comparison.environment:
        yield ""
        yield from _section("Besides the specs", comparison.environment)
    yield ""
    yield "Results"
    rows = result_rows(comparison)
    numbers = range(1, len(run_summaries) + 1)
    # A space stands where the mark of the best may stand below.
    yield from _indented(table([("", *(f"{number} " for number in numbers)), *map(_cells, rows)], numbers))
    if any(row.best for row in rows):
        yield f"{_INDENT}* the best of its line"
    elif (reason := unstarred(comparison)) is not None:
        yield f"{_INDENT}{reason}"


def _named(run_summaries: Sequence[RunSummary]) -> list[str]:
    return [f"{number}  {run_summary.label}" for number, run_summary in enumerate(run_summaries, 1)]


def _count(count: int) -> str:
    return f"The specs differ in {count} {'place' if count == 1 else 'places'}"


def _section(title: str, found: Sequence[Difference]) -> Iterator[str]:
    yield title
    if len(found[0].values) == 2:
        for each in found:
            left, right = (value_text(value, _LONGEST) for value in each.values)
            yield f"{_INDENT}{each.path}: {left} → {right}"
        return
    count = len(found[0].values)
    longest = max(WIDTH // count, _SHORTEST)
    rows = [(each.path, *(value_text(value, longest) for value in each.values)) for each in found]
    yield from _indented(table([("", *map(str, range(1, count + 1))), *rows]))


def _cells(row: ResultRow) -> tuple[str, ...]:
    return (
        row.name,
        *(f"{cell}{'*' if number in row.best else ' '}" for number, cell in enumerate(row.cells)),
    )


def _indented(lines: Sequence[str]) -> Iterator[str]:
    return (f"{_INDENT}{line}" for line in lines)
