"""What a panel of curves shows, whoever draws it: lines with gaps, axes with marks, the best value.

`charts/curves.py` and `comparison/curves.py` draw panels as pictures, `page/panel_figure.py` within a page.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite, isnan, nan

from nettool.record.events.event_text import number_text
from nettool.views.charts.scale import Scale, logarithmic_scale, scale_of
from nettool.views.main_metrics import is_loss
from nettool.vocabulary.metric_directions import VALIDATION_PREFIX, Direction, sort_value

Rows = Sequence[Mapping[str, float]]
"""The epochs of a run, as metrics.csv has them: `epoch` (from 1), `loss`, `val_loss` and so on."""

_LOSS, _RATE = "loss", "learning_rate"
_NOT_METRICS = frozenset({"epoch", _RATE})
_EPOCHS_WITH_DOTS = 15
_EPOCHS_WITH_MARKS = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel: `training`, `validation`, `rate`, or a run's number; a value for each epoch."""

    kind: str
    values: tuple[float, ...]

    @property
    def is_run(self) -> bool:
        """Whether it is one of several runs, which its number tells apart."""
        return self.kind.isdecimal()

    @property
    def finite(self) -> tuple[float, ...]:
        """The values, with NaN where there is a gap."""
        return tuple(value if isfinite(value) else nan for value in self.values)

    @property
    def known(self) -> tuple[int, ...]:
        """Where there is a finite value."""
        return tuple(row for row, value in enumerate(self.values) if isfinite(value))

    @property
    def alone(self) -> tuple[int, ...]:
        """Values between two gaps, which no line would show."""
        known = set(self.known)
        return tuple(row for row in self.known if not {row - 1, row + 1} & known)

    @property
    def dots(self) -> tuple[int, ...]:
        """Which values have a dot: all of a few, else those that stand alone."""
        return self.known if len(self.values) <= _EPOCHS_WITH_DOTS else self.alone

    def text(self, row: int) -> str:
        """A value as it is written; a dash where a run has none, while another one still goes on."""
        if self.is_run and isnan(self.values[row]):
            return "–"
        return f"{self.values[row]:.4g}" if self.kind == "rate" else number_text(self.values[row])


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at an epoch, or (at n and a half) between two."""

    epoch: float
    word: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One metric over the epochs, which count from 1; `scale` is the axis of its values.

    `direction` says whether less or more is better, where that is known.
    """

    name: str
    epochs: tuple[float, ...]
    lines: tuple[Line, ...]
    scale: Scale
    direction: Direction | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def title(self) -> str:
        """What stands above it."""
        return self.name.replace("_", " ") + (" (logarithmic)" if self.scale.is_logarithmic else "")

    @property
    def is_empty(self) -> bool:
        """Whether there is no finite value."""
        return not any(line.known for line in self.lines)

    @property
    def epoch_marks(self) -> tuple[float, ...]:
        """The epochs that the axis names: all of a few, else round ones."""
        if len(self.epochs) <= _EPOCHS_WITH_MARKS:
            return self.epochs
        marks = Scale(self.epochs[0], self.epochs[-1]).marks(7)
        return tuple(mark for mark in marks if mark == int(mark))

    def best(self, line: Line) -> int | None:
        """Where the line is best; None where it is not known which way is better."""
        return best_row(line.values, self.direction)


def panel_of(
    name: str,
    epochs: Sequence[float],
    lines: tuple[Line, ...],
    direction: Direction | None = None,
    marks: tuple[Mark, ...] = (),
) -> Panel:
    """The panel with an axis for its values; of a loss and of the learning rate it may be logarithmic."""
    values = [value for line in lines for value in line.values]
    scale = scale_of(values, may_be_logarithmic=is_loss(name) or name == _RATE)
    return Panel(name, tuple(epochs), lines, scale, direction, marks)


def on_other_scale(panel: Panel) -> Panel | None:
    """A loss on a logarithmic axis where the panel's is not, and on a linear one where it is.

    None for other metrics, and for a loss that is not above 0 throughout or never changes.
    """
    values = [value for line in panel.lines for value in line.values if isfinite(value)]
    low, high = min(values, default=0.0), max(values, default=0.0)
    if not is_loss(panel.name.rpartition(" ")[2]) or low <= 0 or low == high:
        return None
    is_logarithmic = panel.scale.is_logarithmic
    return replace(panel, scale=scale_of(values) if is_logarithmic else logarithmic_scale(values))


def run_panels(
    rows: Rows, better: Mapping[str, Direction], marks: tuple[Mark, ...] = ()
) -> tuple[Panel, ...]:
    """A panel for each metric of a run, training and validation in one.

    A line without a finite value is left out, but for that of training where neither has one.
    """
    epochs = [row["epoch"] for row in rows]
    panels = []
    for name in curve_names(rows):
        lines = (
            Line("training", _column(rows, name)),
            Line("validation", _column(rows, VALIDATION_PREFIX + name)),
        )
        known = tuple(line for line in lines if line.known)
        panels.append(panel_of(name, epochs, known or lines[:1], better.get(name), marks))
    return tuple(panels)


def learning_rate_panel(rows: Rows, marks: tuple[Mark, ...] = ()) -> Panel | None:
    """The learning rate over the epochs; None when it was not recorded."""
    if not any(_RATE in row for row in rows):
        return None
    return panel_of(_RATE, [row["epoch"] for row in rows], (Line("rate", _column(rows, _RATE)),), marks=marks)


def compared_panels(runs: Sequence[Rows]) -> tuple[Panel, ...]:
    """Training loss, validation loss, and the main metric, as far as the runs have them; a line for each run.

    The main metric is the one that most runs have, of those the first; its validation if there is any. Both
    losses share one axis.
    """
    columns = {"training loss": _LOSS, "validation loss": VALIDATION_PREFIX + _LOSS}
    losses = [row.get(column, nan) for column in columns.values() for rows in runs for row in rows]
    metric = main_metric(runs)
    if metric is not None:
        validation = VALIDATION_PREFIX + metric
        is_validated = _is_known(runs, validation)
        columns[f"{'validation' if is_validated else 'training'} {metric}"] = (
            validation if is_validated else metric
        )
    epochs = sorted({row["epoch"] for rows in runs for row in rows})
    panels = []
    for name, column in columns.items():
        if _is_known(runs, column):
            by_epoch = [{row["epoch"]: row.get(column, nan) for row in rows} for rows in runs]
            lines = (
                Line(f"{number}", tuple(values.get(epoch, nan) for epoch in epochs))
                for number, values in enumerate(by_epoch, 1)
            )
            panel = panel_of(name, epochs, tuple(lines))
            if name.endswith(" loss"):
                panel = replace(panel, scale=scale_of(losses, may_be_logarithmic=True))
            panels.append(panel)
    return tuple(panels)


def main_metric(runs: Sequence[Rows]) -> str | None:
    """The metric beside the loss by which the runs can be compared."""
    counts = Counter(name for rows in runs for name in curve_names(rows) if not is_loss(name))
    return max(counts, key=lambda name: counts[name], default=None)


def curve_names(rows: Rows) -> tuple[str, ...]:
    """The metrics that the rows hold, in their order, each once: `val_loss` belongs to `loss`."""
    names = (name.removeprefix(VALIDATION_PREFIX) for row in rows for name in row if name not in _NOT_METRICS)
    return tuple(dict.fromkeys(names))


def best_row(values: Sequence[float], direction: Direction | None) -> int | None:
    """The position of the (first) best finite value; None where it is not known which way is better."""
    finite = [row for row, value in enumerate(values) if isfinite(value)]
    if not finite or direction is None:
        return None
    return min(finite, key=lambda row: sort_value(values[row], direction))


def _column(rows: Rows, name: str) -> tuple[float, ...]:
    return tuple(row.get(name, nan) for row in rows)


def _is_known(runs: Sequence[Rows], column: str) -> bool:
    return any(isfinite(row.get(column, nan)) for rows in runs for row in rows)
