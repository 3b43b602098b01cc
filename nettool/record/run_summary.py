"""A run at a glance, gathered from its files: where it came from, how it stands, what came out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import isfinite, nan
from typing import Any

from nettool.record.disk.forms import moment
from nettool.record.events.events import Metrics
from nettool.record.files.metrics_file import read_metrics
from nettool.record.files.provenance import read_provenance
from nettool.record.files.results import Best, read_results
from nettool.record.files.run_request import RunRequest
from nettool.record.files.status import Status, read_status, status_path
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory
from nettool.record.runs.effective_status import EffectiveStatus, effective_status
from nettool.vocabulary.metric_directions import Direction, sort_value

_Rows = tuple[Mapping[str, float], ...]


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What is known of a run; what it did not come to is None or empty.

    `label` is how it is called below the folder of the runs: `<name>/<stamp>`. `request` is what was asked
    for, `resumptions` what was typed behind `nettool` to resume it. `seconds` is the time that it took in
    all, or has taken so far; `timings` are seconds by what took them. `trial` says what makes the run one
    that should not stand for its spec. `unmet` are the metrics whose expectation does not hold. `better` says
    of each whether less or more of it is better, as far as results.json does; `record.directions` knows more.
    """

    run: RunDirectory
    label: str
    status: EffectiveStatus
    started: datetime
    why: str | None = None
    trial: str | None = None
    spec: str | None = None
    request: RunRequest | None = None
    resumptions: tuple[tuple[str, ...], ...] = ()
    seed: int | None = None
    data: str | None = None
    epochs: int = 0
    parameters: int | None = None
    final: Metrics = field(default_factory=dict)
    best: Best | None = None
    test: Metrics = field(default_factory=dict)
    seconds: float | None = None
    timings: Mapping[str, float] = field(default_factory=dict)
    unmet: tuple[str, ...] = ()
    better: Mapping[str, Direction] = field(default_factory=dict)

    @property
    def status_text(self) -> str:
        """How it stands, in words: `finished, trial`."""
        return self.status if self.trial is None else f"{self.status}, trial"

    @property
    def command(self) -> tuple[str, ...]:
        """What was typed behind `nettool`; nothing where the run does not say."""
        return () if self.request is None else self.request.command

    @property
    def name(self) -> str:
        """The name that the run shares with others of its kind."""
        return self.label.partition("/")[0]


def summary_of_run(run: RunDirectory, label: str, now: datetime) -> RunSummary:
    """Read a run's files. Raises RunDamaged, FileNotFoundError when it has no status, and OSError."""
    status = read_status(run)
    if status is None:
        raise FileNotFoundError(status_path(run))
    stands, started = effective_status(run, status), moment(status.started)
    results = _results(run)
    if "timings" not in results:
        results["seconds"] = _seconds(status, stands, started, now)
    return RunSummary(run, label, stands, started, status.why, status.trial, **_origin(run), **results)


def _origin(run: RunDirectory) -> dict[str, Any]:
    """What run.json says; nothing when the run did not come so far."""
    came = read_provenance(run)
    if came is None:
        return {}
    return {
        "spec": came.spec,
        "request": came,
        "resumptions": tuple(each.command for each in came.resumptions),
        "seed": came.seed,
        "data": _data_name(came.data),
    }


def _data_name(data: Mapping[str, object]) -> str | None:
    """What the data are called: the data set, or the files that they came from."""
    name = data.get("dataset")
    return name if isinstance(name, str) else None


def _results(run: RunDirectory) -> dict[str, Any]:
    """What results.json says; before it is there, what the epochs that are over say."""
    came = read_results(run)
    if came is not None:
        best = came.best
        return {
            "epochs": came.epochs,
            "parameters": came.parameters,
            "final": _metrics_in(came.final),
            "best": None if best is None else replace(best, metrics=_metrics_in(best.metrics)),
            "test": _measured(came.test),
            "seconds": float(sum(came.timings.values())),
            "timings": _measured(came.timings),
            "unmet": tuple(each.metric for each in came.expectations if each.held is False),
            "better": came.better,
        }
    rows = read_metrics(run)
    if not rows:
        return {}
    best = _best_of(rows, *_monitored(run, rows))
    return {"epochs": int(rows[-1]["epoch"]), "final": _metrics_in(rows[-1]), "best": best}


def _monitored(run: RunDirectory, rows: _Rows) -> tuple[str, Direction]:
    """What the run goes by: its spec's `best`; else the validation loss, or the loss without validation."""
    # It reads YAML, which most listings do without.
    from nettool.record.files.resolved_spec import resolved_spec

    try:
        train = resolved_spec(run).get("train")
    except RunDamaged:
        train = None
    match train:
        case {"best": {"monitor": str(by), "mode": "min" | "max" as mode}} if by in rows[0]:
            return by, "min" if mode == "min" else "max"
    return ("val_loss" if "val_loss" in rows[0] else "loss"), "min"


def _best_of(rows: _Rows, by: str, direction: Direction) -> Best | None:
    """The best epoch so far."""
    finite = [row for row in rows if isfinite(row.get(by, nan))]
    if not finite:
        return None
    best = min(finite, key=lambda row: sort_value(row[by], direction))
    return Best(int(best["epoch"]), by, _metrics_in(best))


def _metrics_in(row: Mapping[str, float]) -> Metrics:
    """The losses and metrics in a row."""
    return _measured({name: value for name, value in row.items() if name not in ("epoch", "learning_rate")})


def _measured(facts: Mapping[str, float]) -> dict[str, float]:
    return {name: float(value) for name, value in facts.items()}


def _seconds(status: Status, stands: EffectiveStatus, started: datetime, now: datetime) -> float | None:
    """How long it has taken by the clock; None for a run that nobody saw the end of."""
    if stands == "running":
        return (now.astimezone() - started.astimezone()).total_seconds()
    if status.ended is None:
        return None
    return (moment(status.ended) - started).total_seconds()
