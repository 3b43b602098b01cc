"""Fonts for Graphviz on a machine that may have none: those that come with matplotlib."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

_SYSTEM_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")
_CHOSEN_BY_THE_USER = ("FONTCONFIG_FILE", "FONTCONFIG_PATH")
_STANDARD_ERROR = 2
_WARNINGS = (b"Fontconfig warning", b"Warning: graph has ", b"(null): graph is too large")


@contextmanager
def fonts_for_graphviz() -> Iterator[None]:
    """Let Graphviz find matplotlib's fonts (and the system's) within the block, without a word of either.

    A fontconfig that the user chose through the environment stays in force.
    """
    if any(name in os.environ for name in _CHOSEN_BY_THE_USER):
        with _without_their_warnings():
            yield
        return
    os.environ["FONTCONFIG_FILE"] = str(Path(_configuration_folder().name, "fonts.conf"))
    try:
        with _without_their_warnings():
            yield
    finally:
        del os.environ["FONTCONFIG_FILE"]


@cache
def _configuration_folder() -> TemporaryDirectory[str]:
    """A folder with a fontconfig configuration, removed when the process ends."""
    # It brings urllib, http and ssl along: a tenth of the start of every command.
    from xml.sax.saxutils import escape

    folder = TemporaryDirectory(prefix="nettool-fonts-")
    # Fontconfig keeps its index in the first of the cache folders that it can write to.
    entries = [f"<dir>{escape(fonts)}</dir>" for fonts in (*_matplotlib_fonts(), *_SYSTEM_FONTS)]
    entries += ['<dir prefix="xdg">fonts</dir>', *(["<dir>WINDOWSFONTDIR</dir>"] if os.name == "nt" else [])]
    entries += ['<cachedir prefix="xdg">fontconfig</cachedir>', f"<cachedir>{escape(folder.name)}</cachedir>"]
    document = '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'
    document += "\n".join(["<fontconfig>", *entries, "</fontconfig>"]) + "\n"
    Path(folder.name, "fonts.conf").write_text(document, encoding="utf-8")
    return folder


def _matplotlib_fonts() -> tuple[str, ...]:
    package = find_spec("matplotlib")
    places = (package.submodule_search_locations or []) if package else []
    return tuple(str(Path(place, "mpl-data", "fonts", "ttf")) for place in places)


@contextmanager
def _without_their_warnings() -> Iterator[None]:
    """Hold back the warnings that fontconfig's C code writes about files of other fontconfig versions.

    It reads the system's templates whatever its own configuration says, so they cannot be avoided there.
    Graphviz warns of large drawings, in its own terms.
    """
    try:
        terminal = os.dup(_STANDARD_ERROR)
    except OSError:  # a process without a standard error has nothing to keep quiet
        yield
        return
    with TemporaryFile() as said:
        os.dup2(said.fileno(), _STANDARD_ERROR)
        try:
            yield
        finally:
            os.dup2(terminal, _STANDARD_ERROR)
            os.close(terminal)
            said.seek(0)
            for line in said:
                if not line.startswith(_WARNINGS):
                    os.write(_STANDARD_ERROR, line)
