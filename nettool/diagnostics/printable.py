r"""Text that only prints: what a terminal would obey, and bytes that are no text, stand in it as `\u001b`.

Names of classes, files, nodes and whatever else is read from outside may hold such characters.
"""

import re
import sys
from typing import Any, TextIO, cast

_OBEYED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"  # but for tab and the end of a line
    r"|\r(?!\n)"
    r"|[\u2028\u2029\u202a-\u202e\u2066-\u2069]"  # which turn lines, and the order of letters
    r"|[\ud800-\udfff]"  # of names that are not UTF-8
)

_BREAKING = re.compile(r"[\t\n\r]")


def printable(text: str) -> str:
    """The text with such characters as JSON writes them, so that JSON stays what it is."""
    return _OBEYED.sub(_as_json, text)


def one_line(text: str) -> str:
    """The text with tabs and the ends of lines written so too: a name in a table fills its cell alone."""
    return text if text.isprintable() else _BREAKING.sub(_as_json, text)


def _as_json(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def utf_8(text: str) -> bytes:
    """The text in UTF-8; bytes of a name that is not UTF-8 stand in it as `printable` writes them."""
    return text.encode("utf-8", "backslashreplace")


def is_utf_8(name: str) -> bool:
    """Whether the name of a file is UTF-8; the system allows any bytes."""
    return name.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in name)


class PrintableStream:
    """A stream that writes text so; in everything else it is the stream that it stands for."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text so."""
        return self._stream.write(printable(text))

    def writelines(self, lines: list[str]) -> None:
        """Write these lines so."""
        for line in lines:
            self.write(line)

    @property
    def behind(self) -> TextIO:
        """The stream itself."""
        return self._stream

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 – whatever a stream has
        return getattr(self._stream, name)


def make_printable() -> None:
    """Have all that is written to standard output and standard error from now on written so.

    To be called again where a library has put a stream of its own in the place of these.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and not isinstance(stream, PrintableStream):
            setattr(sys, name, PrintableStream(stream))


def terminal(stream: TextIO) -> TextIO:
    """The stream behind, for text that is printable already and has colours of our own."""
    while isinstance(stream, PrintableStream):
        stream = stream.behind
    behind_a_bar = getattr(stream, "rich_proxied_file", None)
    return stream if behind_a_bar is None else terminal(cast(TextIO, behind_a_bar))
