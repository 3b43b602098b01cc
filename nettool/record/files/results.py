"""results.json: what a run came to – losses and metrics, timings, which expectations held.

A number that is not finite (a loss that went to NaN) is `null` in the file, for JSON has no other word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from nettool.record.disk.atomic import write_text
from nettool.record.disk.forms import NUMBER
from nettool.record.disk.json_form import json_text, written_as
from nettool.record.disk.typed_json import Count, Seconds, later, read_typed
from nettool.record.events.events import Metrics
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory
from nettool.vocabulary.metric_directions import Direction


@dataclass(frozen=True, slots=True)
class Best:
    """The best epoch (counted from 1), the metric that made it so, and all its losses and metrics."""

    epoch: Count
    by: str
    metrics: Metrics = field(metadata=written_as("figures"))


@dataclass(frozen=True, slots=True)
class CheckedExpectation:
    """An expectation and what was measured. `held` is None when it was not checked; `why` then says why."""

    metric: str = field(metadata=written_as("figure"))
    relation: str
    value: Annotated[float, NUMBER]
    measured: float | None = later()
    held: bool | None = later()
    why: str | None = later()


@dataclass(frozen=True, slots=True)
class Results:
    """What came out of a run. `timings` are seconds by what took them; what was not reached is empty.

    `better` says of each loss and metric whether less (`min`) or more (`max`) of it is better.
    """

    epochs: Count = 0
    parameters: Count | None = None
    final: Metrics = field(default_factory=dict)
    best: Best | None = None
    test: Metrics = field(default_factory=dict)
    timings: Mapping[str, Seconds] = field(default_factory=dict)
    expectations: tuple[CheckedExpectation, ...] = ()
    better: Mapping[str, Direction] = later(factory=dict)


def results_path(run: RunDirectory) -> Path:
    """Where the results are."""
    return run.path / "results.json"


def write_results(run: RunDirectory, results: Results) -> None:
    """Keep the results."""
    write_text(results_path(run), json_text(results))


def read_results(run: RunDirectory) -> Results | None:
    """What results.json says; None when there is none yet. Raises RunDamaged and OSError."""
    results = read_typed(Results, results_path(run))
    best = None if results is None else results.best
    if best is not None and best.by not in best.metrics:
        raise RunDamaged(results_path(run), "`best.figures` must have the metric that `best.by` names")
    return results
