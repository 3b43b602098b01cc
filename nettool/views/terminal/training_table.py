"""Training as a table: a header, and a row or two for each epoch, within the terminal's width."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nettool.record.events.event_text import number_text, seconds_text
from nettool.record.events.events import EpochEnded
from nettool.views.terminal.table import without_middle
from nettool.vocabulary.metric_directions import VALIDATION_PREFIX

_GAP = "  "
_VALUE = 7
"""Characters that a column of values has at least."""
_LONGEST_NAME = 20
_TIME = 10
_BEST = " *"
_SET = len("validation")


@dataclass(frozen=True, slots=True)
class TrainingTable:
    """What the columns of a training are.

    `columns` are names of metrics, as they are shown. With `two_rows` an epoch has a row for the training set
    and one for the validation set, under the same names; without, all metrics stand in one row, those of the
    validation set with their prefix. `left_out` metrics do not fit into the terminal.
    """

    columns: tuple[str, ...]
    left_out: int
    two_rows: bool
    epochs: int

    def header(self) -> tuple[str, ...]:
        """How many metrics there is no room for, and the names of the columns."""
        names = [without_middle(name, _LONGEST_NAME).rjust(_width(name)) for name in self.columns]
        sets = [" " * _SET] if self.two_rows else []
        header = _GAP.join([self._epoch("epoch"), *sets, *names, "time".rjust(_TIME)])
        return (f"({self.left_out} more metrics: see the report)", header) if self.left_out else (header,)

    def rows(self, ended: EpochEnded) -> tuple[str, ...]:
        """The lines of an epoch; the best one so far has a star."""
        first = self._epoch(f"{ended.epoch}/{self.epochs}")
        end = seconds_text(ended.seconds).rjust(_TIME) + (_BEST if ended.is_best else "")
        training = _values(self.columns, self.columns, ended.metrics)
        if not self.two_rows:
            return (_GAP.join([first, *training, end]),)
        measured = [VALIDATION_PREFIX + name for name in self.columns]
        validation = _values(self.columns, measured, ended.metrics)
        return (
            _GAP.join([first, "training".ljust(_SET), *training, end]),
            _GAP.join([self._epoch(""), "validation".ljust(_SET), *validation]),
        )

    @property
    def width(self) -> int:
        """Characters of the longest line."""
        return len(self.header()[-1]) + len(_BEST)

    def _epoch(self, text: str) -> str:
        return text.rjust(max(len("epoch"), 2 * len(str(self.epochs)) + 1))


def training_table(names: Sequence[str], epochs: int, width: int) -> TrainingTable:
    """The table for metrics of these names, in this order, in a terminal of so many columns.

    All metrics in one row where they fit; else the sets in rows of their own; else without the last ones: the
    loss stays longest, then the metrics, then the losses of single outputs.
    """
    whole = TrainingTable(tuple(names), 0, False, epochs)
    if whole.width <= width:
        return whole
    plain = [name for name in names if not name.startswith(VALIDATION_PREFIX)]
    two_rows = len(plain) < len(names)
    kept = set(_by_importance(plain))
    for dropped in (None, *reversed(_by_importance(plain))):
        kept.discard(dropped)
        columns = tuple(name for name in plain if name in kept)
        table = TrainingTable(columns, len(plain) - len(columns), two_rows, epochs)
        if table.width <= width or len(kept) == 1:
            return table
    return whole


def _by_importance(names: Iterable[str]) -> list[str]:
    def rank(name: str) -> int:
        return 0 if name == "loss" else 2 if name.endswith("_loss") else 1

    return sorted(names, key=rank)


def _values(columns: Sequence[str], names: Sequence[str], metrics: Mapping[str, float]) -> list[str]:
    texts = [number_text(metrics[name]) if name in metrics else "" for name in names]
    return [text.rjust(_width(column)) for column, text in zip(columns, texts, strict=True)]


def _width(name: str) -> int:
    return max(_VALUE, len(without_middle(name, _LONGEST_NAME)))
