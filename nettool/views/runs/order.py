"""Which runs are listed, and in which order."""

from collections.abc import Callable, Collection, Iterable, Mapping
from fnmatch import fnmatchcase
from math import inf, isfinite

from nettool.record.directions import direction_in, directions
from nettool.record.events.events import Metrics
from nettool.record.run_summary import RunSummary
from nettool.views.main_metrics import main_metrics
from nettool.vocabulary.metric_directions import sort_value

_Key = tuple[object, ...]


def _by_when(run_summary: RunSummary) -> _Key:
    return (-run_summary.started.timestamp(),)


def _by_best(run_summary: RunSummary) -> _Key:
    return (
        (1,)
        if run_summary.best is None
        else _rank(run_summary, {run_summary.best.by: run_summary.best.metrics[run_summary.best.by]})
    )


def _rank(run_summary: RunSummary, metrics: Metrics) -> _Key:
    """First by the name of the main metric, for only metrics of one kind can be compared; then the best."""
    for name, value in main_metrics(metrics).items():
        direction = direction_in(directions(run_summary), name) if isfinite(value) else None
        if direction is not None:
            return (0, name, direction, sort_value(value, direction))
    return (1,)


ORDERS: Mapping[str, Callable[[RunSummary], _Key]] = {
    "when": _by_when,
    "name": lambda run_summary: (run_summary.name,),
    "status": lambda run_summary: (run_summary.status,),
    "epochs": lambda run_summary: (-run_summary.epochs,),
    "best": _by_best,
    "test": lambda run_summary: _rank(run_summary, run_summary.test),
    "time": lambda run_summary: (inf if run_summary.seconds is None else run_summary.seconds,),
}
"""What comes first: the newest, the first by its letters, the most epochs, the best, the quickest."""


_OF_RESULTS = frozenset({"best", "test"})
"""Orders in which trials come last: what they reached does not count."""


def ordered(run_summaries: Iterable[RunSummary], by: str, *, reverse: bool = False) -> tuple[RunSummary, ...]:
    """The runs in that order; of equal ones the newest first."""
    newest_first = sorted(run_summaries, key=lambda run_summary: (_by_when(run_summary), run_summary.label))
    in_order = sorted(
        newest_first,
        key=lambda run_summary: (
            by in _OF_RESULTS and run_summary.trial is not None,
            ORDERS[by](run_summary),
        ),
    )
    return tuple(reversed(in_order) if reverse else in_order)


def chosen(
    run_summaries: Iterable[RunSummary], names: Collection[str] = (), statuses: Collection[str] = ()
) -> tuple[RunSummary, ...]:
    """The runs of which the name fits one of the patterns, and which stand so; all when nothing is said."""
    return tuple(
        run_summary
        for run_summary in run_summaries
        if (not names or any(fnmatchcase(run_summary.name, pattern) for pattern in names))
        and (not statuses or run_summary.status in statuses)
    )


def newest_finished(run_summaries: Iterable[RunSummary]) -> tuple[RunSummary, ...]:
    """Of the finished runs of each name the newest one, a trial only where there is nothing else."""
    newest: dict[str, RunSummary] = {}
    for run_summary in sorted(
        ordered(run_summaries, "when"), key=lambda run_summary: run_summary.trial is not None
    ):
        if run_summary.status == "finished":
            newest.setdefault(run_summary.name, run_summary)
    return tuple(newest.values())
