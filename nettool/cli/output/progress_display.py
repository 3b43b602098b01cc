"""A training on a terminal: a table of epochs, and a bar for the one under way."""

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.status import Status

from nettool.diagnostics.printable import make_printable, printable, terminal
from nettool.record.events.event_text import number_text
from nettool.record.events.events import (
    EpochEnded,
    EpochStarted,
    Event,
    Metrics,
    RunEnded,
    RunStarted,
    StepsDone,
    Working,
)
from nettool.views.terminal.training_table import TrainingTable, training_table
from nettool.views.terminal.training_text import training_lines

_BAR = 24
_BESIDE_METRICS = 26
"""Columns that the rate and the time left take, with the gaps."""


class ProgressDisplay:
    """A listener that draws; the bar shows epoch, steps, metrics, samples per second and time left."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(file=terminal(sys.stdout), highlight=False)
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._working: Status | None = None
        self._table: TrainingTable | None = None
        self._batch_size = 1

    def __call__(self, event: Event) -> None:
        """Show one event."""
        if self._working is not None:
            self._working.stop()
            self._working = None
        match event:
            case EpochStarted():
                self._start_bar(event)
            case StepsDone():
                self._advance(event)
            case Working():
                self._working = self._console.status(printable(event.what))
                self._working.start()
                make_printable()
            case EpochEnded():
                self._stop_bar()
                self._print_epoch(event)
            case _:
                if isinstance(event, RunStarted):
                    self._batch_size = event.batch_size
                if isinstance(event, RunEnded):
                    self._stop_bar()
                self._print(training_lines(event, self._console.width))

    def _print(self, lines: Iterable[str]) -> None:
        for line in lines:
            # Nothing of the console's own: a name may hold what looks like markup.
            self._console.print(printable(line), soft_wrap=True, markup=False)

    def _print_epoch(self, event: EpochEnded) -> None:
        if self._table is None:
            self._table = training_table(tuple(event.metrics), event.epochs, self._console.width)
            self._print(("", *self._table.header()))
        self._print(self._table.rows(event))

    def _start_bar(self, event: EpochStarted) -> None:
        self._progress = Progress(
            TextColumn("epoch {task.fields[epoch]}"),
            BarColumn(bar_width=_BAR),
            TextColumn("{task.completed:.0f}/{task.total:.0f}"),
            TextColumn("{task.fields[metrics]}"),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(compact=True),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._progress.start()
        make_printable()
        self._task = self._progress.add_task(
            "", total=event.steps, epoch=f"{event.epoch}/{event.epochs}", metrics="", rate=""
        )

    def _advance(self, event: StepsDone) -> None:
        if self._progress is None or self._task is None:
            return
        task = self._progress.tasks[0]
        rate = "" if task.speed is None else f"{task.speed * self._batch_size:,.0f}/s"
        taken = len(f"epoch {task.fields['epoch']}  {event.steps}/{event.steps}") + _BAR + _BESIDE_METRICS
        metrics = _within(event.metrics, self._console.width - taken)
        self._progress.update(self._task, completed=event.step, metrics=printable(metrics), rate=rate)

    def _stop_bar(self) -> None:
        if self._progress is not None:
            self._progress.stop()
        self._progress = None
        self._task = None


def _within(metrics: Metrics, width: int) -> str:
    """As many metrics as there is room for: the bar keeps its place."""
    text = ""
    for name, value in metrics.items():
        longer = f"{text}  {name} {number_text(value)}".strip()
        if len(longer) > width:
            break
        text = longer
    return text
