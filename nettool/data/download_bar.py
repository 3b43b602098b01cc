"""A download as a bar on the terminal."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from nettool.diagnostics.printable import make_printable, terminal


class DownloadBar:
    """Draws on standard error while it is entered, and leaves nothing behind."""

    def __init__(self, name: str) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TimeRemainingColumn(),
            console=Console(file=terminal(sys.stderr)),
            transient=True,
        )
        self._task = self._progress.add_task(name, total=None)

    def __enter__(self) -> Self:
        self._progress.start()
        make_printable()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def begin(self, present: int, total: int) -> None:
        """So many bytes are there already, of so many."""
        self._progress.update(self._task, completed=present, total=total)

    def advance(self, count: int) -> None:
        """So many more bytes have come."""
        self._progress.update(self._task, advance=count)
