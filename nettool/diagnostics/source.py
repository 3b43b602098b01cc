"""Where a text came from and which characters of it are meant."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

COMMAND_LINE = "command line"
"""The name of a source that is no file."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A text that people wrote, under the name that they know it by (a path, or the command line)."""

    name: str
    text: str = field(repr=False)

    def lines(self) -> tuple[str, ...]:
        """The lines of the text, without their ends; split as YAML splits them."""
        return _lines(self)


@lru_cache(maxsize=4)
def _lines(source: Source) -> tuple[str, ...]:
    """Kept for a few texts: each of a thousand diagnostics asks for the lines of one."""
    return tuple(source.text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


class Span(NamedTuple):
    """A run of characters: lines and columns count from 1, the end column is the first one after it.

    A named tuple is made, compared and hashed faster than a dataclass; a large spec has 100,000 spans.
    """

    source: Source
    line: int
    column: int
    end_line: int
    end_column: int
