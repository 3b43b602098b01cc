"""Writes runs as training leaves them, without any training."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from nettool.record.events.events import EpochEnded
from nettool.record.events.log import log_path
from nettool.record.files.commit import Commit
from nettool.record.files.hardware import Hardware
from nettool.record.files.metrics_file import MetricsFile
from nettool.record.files.provenance import DataFile, Provenance, write_provenance
from nettool.record.files.results import Best, CheckedExpectation, Results, write_results
from nettool.record.files.spec_files import write_spec_files
from nettool.record.files.status import EndState, end, start
from nettool.record.run_directory import RunDirectory, create

NOON = datetime(2025, 3, 1, 12, 0, 0)

RESOLVED = """\
name: digits_mlp
data: {dataset: digits, task: classify}
inputs: {image: {shape: [64], dtype: float32}}
nodes:
  hidden: {layer: Dense, from: image, units: 32, activation: relu, kernel_regularizer: null, trainable: true}
  digit: {layer: Dense, from: hidden, units: 10, activation: softmax, kernel_regularizer: null, trainable: true}
outputs: [digit]
losses: {digit: {loss: categorical_crossentropy, weight: 1.0}}
metrics: {digit: [{metric: accuracy}]}
train: {optimizer: {optimizer: Adam, learning_rate: 0.001}, epochs: 3, batch_size: 32, seed: 0}
"""

EPOCHS: tuple[Mapping[str, float], ...] = (
    {"loss": 1.2, "accuracy": 0.6, "val_loss": 0.9, "val_accuracy": 0.7},
    {"loss": 0.6, "accuracy": 0.8, "val_loss": 0.5, "val_accuracy": 0.85},
    {"loss": 0.3, "accuracy": 0.92, "val_loss": 0.55, "val_accuracy": 0.84},
)
PROVENANCE = Provenance(
    command=("train", "configs/digits_mlp.yaml"),
    spec="configs/digits_mlp.yaml",
    overrides=(),
    seed=0,
    commit=Commit("a" * 40, dirty=False),
    versions={"python": "3.12.1", "keras": "3.15.1"},
    hardware=Hardware("a processor", 2, 8_000_000_000),
    data={"dataset": "digits", "notes": []},
    data_files=(DataFile("digits of scikit-learn", "sha256:" + "b" * 64, "embedded"),),
)


@dataclass(frozen=True, slots=True)
class SmallRun:
    """How a run should be; `state` None leaves it as a killed one is left."""

    name: str = "digits_mlp"
    at: datetime = NOON
    state: EndState | None = "finished"
    why: str | None = None
    trial: str | None = None
    epochs: Sequence[Mapping[str, float]] = EPOCHS
    resolved: str = RESOLVED
    provenance: Provenance = PROVENANCE
    test: Mapping[str, float] = field(default_factory=lambda: {"loss": 0.52, "accuracy": 0.8612})
    expectations: tuple[CheckedExpectation, ...] = ()


def write_run(runs: Path, small: SmallRun | None = None, **changes: object) -> RunDirectory:
    small = replace(small or SmallRun(), **changes)  # type: ignore[arg-type]
    run = create(runs, small.name, small.at)
    log_path(run).touch()
    start(run, small.at, small.trial)
    write_spec_files(run, "name: x\n", small.resolved)
    write_provenance(run, small.provenance)
    metrics = MetricsFile(run)
    for number, figures in enumerate(small.epochs, 1):
        metrics.add(EpochEnded(number, len(small.epochs), figures, 0.001, 1.0))
    if small.state in ("finished", "interrupted"):
        write_results(run, _results(small))
    if small.state is not None:
        end(run, small.state, small.at + timedelta(seconds=7), small.why)
    return run


def _results(small: SmallRun) -> Results:
    best = min(range(len(small.epochs)), key=lambda row: small.epochs[row]["val_loss"])
    return Results(
        len(small.epochs),
        2_410,
        {"epoch": len(small.epochs), **small.epochs[-1], "learning_rate": 0.001},
        Best(best + 1, "val_loss", {"epoch": best + 1, **small.epochs[best], "learning_rate": 0.001}),
        small.test if small.state == "finished" else {},
        {"data": 0.5, "training": 3.25, "test": 0.125},
        small.expectations,
    )
