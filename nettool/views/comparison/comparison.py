"""Runs against each other, as data: what differs in their specs and around them, and what came of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nettool.record.files.observations import Observations
from nettool.record.run_summary import RunSummary
from nettool.views.accuracy_interval import metric_interval
from nettool.views.charts.curve_panel import Rows
from nettool.views.comparison.differences import ABSENT, Difference, differences
from nettool.views.runs.listing import run_facts


@dataclass(frozen=True, slots=True)
class Seen:
    """What a comparison needs to know of one run."""

    run_summary: RunSummary
    spec: Mapping[str, object]
    environment: Mapping[str, object]
    rows: Rows
    observed: Observations | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The runs in the order in which they were asked for; they are numbered from 1.

    `intervals` are those of each run's metrics on the test set, as far as they have one.
    """

    run_summaries: tuple[RunSummary, ...]
    spec: tuple[Difference, ...]
    environment: tuple[Difference, ...]
    rows: tuple[Rows, ...]
    intervals: tuple[Mapping[str, str], ...] = ()


def compared(runs: Sequence[Seen]) -> Comparison:
    """What is the same in all is left out."""
    return Comparison(
        tuple(run.run_summary for run in runs),
        differences([run.spec for run in runs]),
        differences([run.environment for run in runs]),
        tuple(run.rows for run in runs),
        tuple(map(_intervals, runs)),
    )


def _intervals(run: Seen) -> Mapping[str, str]:
    found = (
        (name, metric_interval(name, value, run.observed)) for name, value in run.run_summary.test.items()
    )
    return {name: interval for name, interval in found if interval}


def comparison_facts(comparison: Comparison) -> dict[str, object]:
    """The runs, then what differs: `values` by the run's number from 1, without those that have none."""
    return {
        "runs": [run_facts(run_summary) for run_summary in comparison.run_summaries],
        "spec": _facts(comparison.spec),
        "circumstances": _facts(comparison.environment),
    }


def _facts(found: Sequence[Difference]) -> list[dict[str, object]]:
    return [
        {
            "path": each.path,
            "values": {
                str(number): value for number, value in enumerate(each.values, 1) if value is not ABSENT
            },
        }
        for each in found
    ]
