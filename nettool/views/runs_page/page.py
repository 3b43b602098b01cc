"""The page of all runs of a folder."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import isfinite
from pathlib import Path

from nettool.record.directions import direction_in, directions
from nettool.record.events.event_text import number_text, seconds_text
from nettool.record.run_summary import RunSummary
from nettool.views.main_metrics import main_metrics
from nettool.views.page.colours import CURVES
from nettool.views.page.frame import page, shared
from nettool.views.page.markup import remark, section
from nettool.views.runs.listing import best_text
from nettool.views.runs_page.axes import Axis, axis_of, parallel_coordinates
from nettool.views.runs_page.settings import Setting, Spec, Value, varying_settings
from nettool.vocabulary.metric_directions import Direction

_FOLDER = Path(__file__).parent
_MOST_AXES = 9
_MOST_METRICS = 4


@dataclass(frozen=True, slots=True)
class ListedRun:
    """A run as the page lists it, with its spec. `report` is the link to its report, None without."""

    run_summary: RunSummary
    spec: Spec
    report: str | None = None


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the table: for each run what is written, and what it is sorted by where that is not it."""

    name: str
    cells: tuple[str, ...]
    sorted_by: tuple[str, ...] | None = None
    is_number: bool = True


def runs_page(runs: Sequence[ListedRun], title: str) -> str:
    """The whole HTML document: a line for each run through the settings in which they differ, then the table.

    `title` says which runs they are.
    """
    head = f"<header><h1>{escape(title)}</h1></header>"
    style = shared("document.css") + (_FOLDER / "runs.css").read_text(encoding="utf-8")
    if not runs:
        return page(title, ["<main>", head, remark("There are no runs."), "</main>"], CURVES, style)
    run_summaries = [run.run_summary for run in runs]
    settings = varying_settings([run.spec for run in runs])
    result, is_lower_better = _main_result(run_summaries)
    axes = _axes(settings, run_summaries, result)
    parts = ["<main>", head, '<div id="choose"></div>']
    if len(axes) > 1:
        ranks = _ranks(axes[-1] if result else None, len(runs), is_lower_better=is_lower_better)
        labels = [each.label for each in run_summaries]
        drawn = parallel_coordinates(axes, labels, ranks)
        parts += [
            section("settings", "Settings and results", _legend(result), f'<div class="wide">{drawn}</div>')
        ]
    parts += [section("runs", "Runs", _table(runs, settings)), "</main>", _facts(axes, run_summaries)]
    script = shared("tables.js") + (_FOLDER / "runs.js").read_text(encoding="utf-8")
    return page(title, parts, CURVES, style, script)


def _facts(axes: Sequence[Axis], run_summaries: Sequence[RunSummary]) -> str:
    facts = {
        "axes": [axis.facts for axis in axes] if len(axes) > 1 else [],
        "statuses": sorted({each.status for each in run_summaries}),
    }
    text = json.dumps(facts).replace("<", r"\u003c")
    return f'<script type="application/json" id="facts">{text}</script>'


def _legend(result: Setting | None) -> str:
    if result is None:
        return remark("Each line is a run.")
    return (
        f'<p class="quiet">Each line is a run, coloured by its {escape(result.name)}: '
        '<span class="scale">worst<i></i>best</span>.</p>'
    )


def _main_result(run_summaries: Sequence[RunSummary]) -> tuple[Setting | None, bool]:
    """The metric on the test set that most runs have, else that of the last epoch; whether less is better."""
    measured: tuple[tuple[str, list[Mapping[str, float]]], ...] = (
        ("test", [main_metrics(each.test) for each in run_summaries]),
        ("last", [main_metrics(each.final) for each in run_summaries]),
    )
    for when, metrics in measured:
        counts = Counter(name for each in metrics for name in each)
        if counts:
            name = max(counts, key=lambda each: counts[each])
            setting = Setting(f"{when} {name}", tuple(each.get(name) for each in metrics))
            return setting, _direction(name, run_summaries) == "min"
    return None, False


def _direction(name: str, run_summaries: Sequence[RunSummary]) -> Direction | None:
    known = (direction_in(directions(each), name) for each in run_summaries)
    return next((direction for direction in known if direction is not None), None)


def _axes(
    settings: Sequence[Setting], run_summaries: Sequence[RunSummary], result: Setting | None
) -> tuple[Axis, ...]:
    parameters = Setting("parameters", tuple(each.parameters for each in run_summaries))
    shown = [*settings, *([parameters] if len(set(parameters.values) - {None}) > 1 else [])]
    axes = [axis for axis in map(axis_of, shown) if axis is not None][: _MOST_AXES - 1]
    last = None if result is None else axis_of(result)
    return (*axes, *([last] if last is not None else []))


def _ranks(axis: Axis | None, count: int, *, is_lower_better: bool) -> tuple[float | None, ...]:
    """How good each run is, from 0 for the worst to 1 for the best, by its place on the axis of results."""
    known = [place for place in axis.places if place is not None] if axis else []
    if axis is None or not known:
        return (None,) * count
    low, reach = min(known), max(known) - min(known) or 1.0
    ranks = (None if place is None else (place - low) / reach for place in axis.places)
    return tuple(None if rank is None else 1 - rank if is_lower_better else rank for rank in ranks)


def _table(runs: Sequence[ListedRun], settings: Sequence[Setting]) -> str:
    columns = tuple(_columns([run.run_summary for run in runs], settings))
    head = "".join(
        f'<th scope="col"{_class(column)}>{escape(column.name)}</th>'
        for column in (_Column("run", (), is_number=False), *columns)
    )
    rows = "".join(
        f'<tr data-run="{number}" data-status="{run.run_summary.status}"><th scope="row">{_name(run)}</th>'
        + "".join(_cell(column, number) for column in columns)
        + "</tr>\n"
        for number, run in enumerate(runs)
    )
    return (
        f'<div class="wide"><table class="sortable"><thead><tr>{head}</tr></thead>'
        f"<tbody>\n{rows}</tbody></table></div>"
    )


def _class(column: _Column) -> str:
    return ' class="number"' if column.is_number else ""


def _cell(column: _Column, number: int) -> str:
    by = "" if column.sorted_by is None else f' data-value="{escape(column.sorted_by[number])}"'
    return f"<td{_class(column)}{by}>{escape(column.cells[number])}</td>"


def _name(run: ListedRun) -> str:
    label = f"<code>{escape(run.run_summary.label)}</code>"
    return label if run.report is None else f'<a href="{escape(run.report)}">{label}</a>'


def _columns(run_summaries: Sequence[RunSummary], settings: Sequence[Setting]) -> Iterator[_Column]:
    def column(name: str, say: Callable[[RunSummary], str], *, is_number: bool = True) -> _Column:
        return _Column(name, tuple(map(say, run_summaries)), is_number=is_number)

    yield column("status", lambda each: each.status_text, is_number=False)
    names = Counter(name for each in run_summaries for name in main_metrics(each.test))
    for name, _ in names.most_common(_MOST_METRICS):
        yield _metric_column(f"test {name}", [each.test.get(name) for each in run_summaries])
    yield from map(_setting_column, settings)
    parameters = tuple(each.parameters for each in run_summaries)
    yield _Column("parameters", tuple("–" if count is None else f"{count:,}" for count in parameters))
    yield column("epochs done", lambda each: f"{each.epochs}")
    yield _Column("best epoch", tuple(map(best_text, run_summaries)), tuple(map(_best_value, run_summaries)))
    seconds = tuple(each.seconds for each in run_summaries)
    yield _Column(
        "time",
        tuple("–" if each is None else seconds_text(each) for each in seconds),
        tuple("–" if each is None else f"{each:.3f}" for each in seconds),
    )
    yield _Column(
        "started",
        tuple(f"{each.started:%Y-%m-%d %H:%M}" for each in run_summaries),
        tuple(f"{each.started.timestamp():.0f}" for each in run_summaries),
        is_number=False,
    )
    yield column("spec", lambda each: each.spec or "–", is_number=False)


def _best_value(run_summary: RunSummary) -> str:
    best = run_summary.best
    value = None if best is None else best.metrics.get(best.by)
    return "–" if value is None or not isfinite(value) else f"{value!r}"


def _setting_column(setting: Setting) -> _Column:
    is_number = not any(isinstance(value, str | bool) for value in setting.values)
    return _Column(setting.name, tuple(map(_value_text, setting.values)), is_number=is_number)


def _value_text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "–" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)


def _metric_column(name: str, values: Sequence[float | None]) -> _Column:
    return _Column(
        name,
        tuple("–" if value is None else number_text(value) for value in values),
        tuple("–" if value is None or not isfinite(value) else f"{value!r}" for value in values),
    )
