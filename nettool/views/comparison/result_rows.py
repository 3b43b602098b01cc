"""What came of each run, line by line, with the best of each line known."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite

from nettool.record.directions import direction_in, directions
from nettool.record.events.event_text import number_text, seconds_text
from nettool.record.events.events import Metrics
from nettool.record.run_summary import RunSummary
from nettool.views.charts.curve_panel import best_row
from nettool.views.comparison.comparison import Comparison
from nettool.views.comparison.differences import Difference
from nettool.views.terminal.summary import count_text
from nettool.vocabulary.metric_directions import Direction

_Ways = Mapping[str, Direction]

NOTHING = "–"
_WHAT_IS_MEASURED = ("data", "losses")
"""Sections of the spec; where they differ, the same name stands for different metrics."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One thing, as it is in each run. `best` are the numbers (from 0) of the runs that do best in it."""

    name: str
    cells: tuple[str, ...]
    best: frozenset[int] = frozenset()


def result_rows(comparison: Comparison) -> tuple[ResultRow, ...]:
    """Status, size, then the metrics of the test, of the best and the last epoch, then the times."""
    rows = tuple(_rows(comparison.run_summaries, comparison.intervals))
    return rows if unstarred(comparison) is None else tuple(replace(row, best=frozenset()) for row in rows)


def unstarred(comparison: Comparison) -> str | None:
    """Why no run is the best in anything, in words; None when the runs can be held against each other."""
    differing = [
        section
        for section in _WHAT_IS_MEASURED
        if any(_section(each) == section for each in (*comparison.spec, *comparison.environment))
    ]
    trials = [
        number
        for number, run_summary in enumerate(comparison.run_summaries, 1)
        if run_summary.trial is not None
    ]
    if differing:
        return f"no run is marked as the best: they differ in {' and '.join(differing)}"
    if trials:
        numbers = ", ".join(map(str, trials))
        return f"no run is marked as the best: {numbers} {'is a trial' if len(trials) == 1 else 'are trials'}"
    return None


def _section(difference: Difference) -> str:
    return re.split(r"[.\[]", difference.path)[0]


def _rows(run_summaries: Sequence[RunSummary], intervals: Sequence[Mapping[str, str]]) -> Iterator[ResultRow]:
    def words(name: str, say: Callable[[RunSummary], str | None]) -> ResultRow:
        return ResultRow(name, tuple(say(run_summary) or NOTHING for run_summary in run_summaries))

    yield words("status", lambda run_summary: run_summary.status_text)
    yield words("epochs", lambda run_summary: f"{run_summary.epochs}")
    yield words("parameters", lambda run_summary: _count(run_summary.parameters))
    ways = tuple(map(directions, run_summaries))
    yield from _metric_rows("test", [run_summary.test for run_summary in run_summaries], ways)
    for name in dict.fromkeys(name for each in intervals for name in each):
        yield ResultRow(f"test {name}, 95 %", tuple(each.get(name, NOTHING) for each in intervals))
    yield words("best epoch", lambda run_summary: f"{run_summary.best.epoch}" if run_summary.best else None)
    yield from _metric_rows(
        "best", [run_summary.best.metrics if run_summary.best else {} for run_summary in run_summaries], ways
    )
    yield from _metric_rows("final", [run_summary.final for run_summary in run_summaries], ways)
    yield words("time of training", lambda run_summary: _time(run_summary.timings.get("training")))
    yield words("time in all", lambda run_summary: _time(run_summary.seconds))


def _count(count: int | None) -> str | None:
    return None if count is None else count_text(count)


def _time(seconds: float | None) -> str | None:
    return None if seconds is None else seconds_text(seconds)


def _metric_rows(when: str, metrics: Sequence[Metrics], ways: Sequence[_Ways]) -> Iterator[ResultRow]:
    """A row for every metric that any run has."""
    for name in dict.fromkeys(name for each in metrics for name in each):
        cells = tuple(number_text(each[name]) if name in each else NOTHING for each in metrics)
        yield ResultRow(f"{when} {name}", cells, _best(name, metrics, ways))


def _best(name: str, metrics: Sequence[Mapping[str, float]], ways: Sequence[_Ways]) -> frozenset[int]:
    """The runs with the best finite value, as it is shown; none when all are equal or there is only one.

    Nor is there any where the name stands for metrics of which one is better the lower, another the higher.
    """
    known = {
        number: each[name] for number, each in enumerate(metrics) if isfinite(each.get(name, float("nan")))
    }
    numbers, values = tuple(known), tuple(known.values())
    measured = {direction_in(ways[number], name) for number in numbers}
    row = best_row(values, measured.pop()) if len(measured) == 1 else None
    if row is None:
        return frozenset()
    best = {number for number in numbers if number_text(known[number]) == number_text(values[row])}
    return frozenset() if len(best) == len(known) else frozenset(best)
