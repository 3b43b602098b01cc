"""What training watches: are these figures of the run, and which way is better?"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.settings import EarlyStopping, ReduceLearningRate, Training, Watched
from nettool.spec.train_section import (
    EarlyStoppingEntry,
    ReduceLearningRateEntry,
    TrainSection,
    WatchEntry,
)
from nettool.vocabulary.metric_directions import Direction

HELD_OUT = "val_"


def check_watched(
    training: Training,
    section: TrainSection,
    directions: Mapping[str, Direction],
    *,
    is_held_out: bool,
    findings: Findings,
) -> Training:
    """The settings with what is watched; `directions` are of the figures that a part of the data gives.

    `is_held_out` says whether the figures are also those of a held-out part. Reports figures that the run
    will not have, and a learning rate that two would change.
    """
    legal = dict(directions)
    if is_held_out:
        legal |= {f"{HELD_OUT}{name}": direction for name, direction in directions.items()}
    reader = _Watched(legal, f"{HELD_OUT if is_held_out else ''}loss", findings)
    stopping = reader.early_stopping(section.early_stopping)
    reducing = reader.reduce_learning_rate(section.reduce_learning_rate)
    _check_learning_rate(training, section, findings)
    usual = reader.usual if stopping is None else stopping.watched
    best = usual if section.best is None else reader.watched(section.best)
    return replace(training, early_stopping=stopping, reduce_learning_rate=reducing, best=best)


class _Watched:
    def __init__(self, legal: Mapping[str, Direction], usual: str, findings: Findings) -> None:
        self.usual = Watched(usual)
        self._legal = legal
        self._findings = findings

    def early_stopping(self, entry: EarlyStoppingEntry | None) -> EarlyStopping | None:
        if entry is None:
            return None
        said = {"patience": entry.patience, "min_delta": entry.min_delta, "restore_best": entry.restore_best}
        return replace(EarlyStopping(self.watched(entry.watch)), **_known(said))

    def reduce_learning_rate(self, entry: ReduceLearningRateEntry | None) -> ReduceLearningRate | None:
        if entry is None:
            return None
        said = {
            "factor": entry.factor,
            "patience": entry.patience,
            "min_delta": entry.min_delta,
            "min_learning_rate": entry.min_learning_rate,
            "cooldown": entry.cooldown,
        }
        return replace(ReduceLearningRate(self.watched(entry.watch)), **_known(said))

    def watched(self, entry: WatchEntry) -> Watched:
        name = entry.monitor
        figure = self.usual.figure if name is None else name.value
        if name is not None and figure not in self._legal:
            self._findings.add(
                Diagnostic(
                    "NT605",
                    f"the run will have no metric `{figure}` to monitor",
                    name.span,
                    help=self._advice(figure),
                )
            )
        known = self._legal.get(figure, "min")
        return Watched(figure, known if entry.mode == "auto" else entry.mode)

    def _advice(self, figure: str) -> str:
        if figure.startswith(HELD_OUT) and figure.removeprefix(HELD_OUT) in self._legal:
            without = figure.removeprefix(HELD_OUT)
            return f"there is no validation set: set `validation_split`, or monitor `{without}`"
        return did_you_mean(figure, self._legal) or f"it will have {listing(self._legal, at_most=16)}"


def _known(said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if value is not None}


def _check_learning_rate(training: Training, section: TrainSection, findings: Findings) -> None:
    options = section.optimizer_options or {}
    if section.reduce_learning_rate is None or "learning_rate" not in options:
        return
    if isinstance(training.optimizer.options.get("learning_rate"), Mapping):
        findings.add(
            Diagnostic(
                "NT606",
                "a learning rate that follows a schedule cannot be reduced besides",
                section.reduce_learning_rate.watch.span,
                labels=(Label(options["learning_rate"].name.span, "the schedule"),),
                help="keep the schedule or `reduce_learning_rate`, not both",
            )
        )
