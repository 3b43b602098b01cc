"""How much a command prints, and in which form."""

import sys
from dataclasses import dataclass
from shutil import get_terminal_size
from typing import TextIO

from nettool.views.terminal.training_text import wrapped


def terminal_width(stream: TextIO | None = None) -> int | None:
    """The columns of the terminal that the stream, standard output, is; None where it is none.

    There lines stay whole.
    """
    return get_terminal_size().columns if (stream or sys.stdout).isatty() else None


def fitted(text: str, stream: TextIO | None = None) -> str:
    """The text, where the stream is a terminal in lines that fit it, all but the first one indented."""
    width = terminal_width(stream)
    return text if width is None else "\n".join(wrapped(text, width))


@dataclass(frozen=True, slots=True)
class Output:
    """How much a command prints, and in which form."""

    is_quiet: bool = False
    as_json: bool = False

    @property
    def is_for_people(self) -> bool:
        """Whether bars and words about waiting are welcome."""
        return not (self.is_quiet or self.as_json)

    @property
    def has_bars(self) -> bool:
        """Whether bars can be drawn on standard error."""
        return self.is_for_people and sys.stderr.isatty()
