"""One file over HTTP into a partial file, resumed where an earlier attempt broke off."""

from __future__ import annotations

import sys
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from nettool.diagnostics.printable import make_printable, terminal

if TYPE_CHECKING:  # waits a tenth of a second for requests only when something is fetched
    import requests


_PIECE = 1 << 16
_PATIENCE = (10, 60)
"""Seconds to wait for a connection, and for the next piece."""


class Bar(Protocol):
    """What shows how a download gets on, in bytes."""

    def begin(self, present: int, total: int) -> None:
        """So much is there already, of so much."""

    def advance(self, count: int) -> None:
        """So much more has come."""


def fetch(url: str, part: Path, size: int, bar: Bar | None) -> bool:
    """Bring what lies at `url` to `part`, in an existing folder; True if earlier bytes of `part` were kept.

    No more than `size` bytes: what comes after them would fill the disk, and is not of the file.

    Bytes that `part` holds already are not asked for again (RFC 9110, section 14). A server that does not
    answer with just the rest sends everything, which takes their place. Whatever has come stays in `part`
    when this raises an exception of requests (all are OSErrors) or another OSError.
    """
    present = part.stat().st_size if part.is_file() else 0
    if present:
        with _answer(url, present) as answer:
            if answer.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                return True  # nothing comes after these bytes: they are all of the file, or of another one
            if _is_the_rest(answer, present):
                _write(answer, part, (present, size), bar)
                return True
    with _answer(url, 0) as answer:
        answer.raise_for_status()
        _write(answer, part, (0, size), bar)
    return False


def _answer(url: str, present: int) -> requests.Response:
    import requests

    # A compressed answer would be counted in other bytes than those of the file.
    headers = {"Accept-Encoding": "identity"}
    if present:
        headers["Range"] = f"bytes={present}-"
    return requests.get(url, headers=headers, stream=True, timeout=_PATIENCE)


def _is_the_rest(answer: requests.Response, present: int) -> bool:
    content_range: str = answer.headers.get("Content-Range", "")
    return answer.status_code == HTTPStatus.PARTIAL_CONTENT and content_range.startswith(f"bytes {present}-")


def _write(answer: requests.Response, part: Path, extent: tuple[int, int], bar: Bar | None) -> None:
    present, size = extent
    if bar is not None:
        bar.begin(present, size)
    left = size - present
    with part.open("ab" if present else "wb") as file:
        for piece in answer.iter_content(_PIECE) if left > 0 else ():
            file.write(piece[:left])
            left -= len(piece)
            if bar is not None:
                bar.advance(len(piece))
            if left <= 0:
                return


class DownloadBar:
    """A bar on the terminal: draws on standard error while it is entered, and leaves nothing behind."""

    def __init__(self, name: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

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
