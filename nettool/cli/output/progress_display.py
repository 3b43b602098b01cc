"""The run on a terminal: a bar for the epoch under way, and a line for each one that is over."""

import sys

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.status import Status

from nettool.diagnostics.printable import make_printable, printable, terminal
from nettool.record.events.event_text import event_text, metrics_text
from nettool.record.events.events import (
    EpochEnded,
    EpochStarted,
    Event,
    RunEnded,
    RunStarted,
    StepsDone,
    Working,
)


class ProgressDisplay:
    """A listener that draws; the bar shows epoch, steps, metrics, samples per second and time left."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(file=terminal(sys.stdout), highlight=False)
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._working: Status | None = None
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
            case _:
                if isinstance(event, RunStarted):
                    self._batch_size = event.batch_size
                if isinstance(event, EpochEnded | RunEnded):
                    self._stop_bar()
                self._say(event)

    def _say(self, event: Event) -> None:
        text = event_text(event)
        if text is not None:
            # Lines may be longer than the terminal is wide: the terminal wraps them, nothing is cut.
            self._console.print(printable(text), soft_wrap=True, markup=False)

    def _start_bar(self, event: EpochStarted) -> None:
        self._progress = Progress(
            TextColumn("epoch {task.fields[epoch]}"),
            BarColumn(bar_width=24),
            TextColumn("{task.completed:.0f}/{task.total:.0f}"),
            TextColumn("{task.fields[metrics]}"),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(compact=True),
            console=self._console,
            transient=True,
        )
        self._progress.start()
        make_printable()
        self._task = self._progress.add_task(
            "", total=event.steps, epoch=f"{event.epoch}/{event.epochs}", metrics="", rate=""
        )

    def _advance(self, event: StepsDone) -> None:
        if self._progress is None or self._task is None:
            return
        speed = self._progress.tasks[0].speed
        rate = "" if speed is None else f"{speed * self._batch_size:,.0f}/s"
        self._progress.update(
            self._task, completed=event.step, metrics=printable(metrics_text(event.metrics)), rate=rate
        )

    def _stop_bar(self) -> None:
        if self._progress is not None:
            self._progress.stop()
        self._progress = None
        self._task = None
