"""A laid out drawing as a picture, by the Graphviz inside pygraphviz's wheels, with matplotlib's fonts."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING, Literal, get_args

from nettool.diagnostics.printable import printable
from nettool.views.style import FONT, FONT_STACK

if TYPE_CHECKING:
    from pygraphviz import AGraph

PictureForm = Literal["svg", "png", "pdf", "dot"]
PICTURE_FORMS: tuple[str, ...] = get_args(PictureForm)
_PNG_DOTS_PER_INCH = 144
_MOST_PIXELS = 32_767
"""Along a side of a picture of pixels; Graphviz scales what is larger down until nothing can be read."""
_SYSTEM_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")
_CHOSEN_BY_THE_USER = ("FONTCONFIG_FILE", "FONTCONFIG_PATH")
_STANDARD_ERROR = 2
_WARNINGS = (b"Fontconfig warning", b"Warning: graph has ", b"(null): graph is too large")


class TooLargeForPixels(ValueError):
    """The drawing does not fit a picture of pixels at the size at which it can be read."""


def draw_dot(drawing: "AGraph", form: PictureForm, title: str, description: str) -> bytes:
    """The drawing, laid out by Graphviz's `dot` if it is not yet.

    An SVG carries the title and the description for those who cannot see it. Raises TooLargeForPixels.
    """
    if form == "png":
        drawing.graph_attr["dpi"] = str(_PNG_DOTS_PER_INCH)
    with fonts_for_graphviz():
        picture: bytes = drawing.draw(prog=None if drawing.has_layout else "dot", format=form)
    if form == "png" and max(_png_size(picture)) >= _MOST_PIXELS - 1:
        raise TooLargeForPixels(f"the drawing is longer than the {_MOST_PIXELS:,} pixels that a PNG can have")
    return _finished_svg(picture, printable(title), printable(description)) if form == "svg" else picture


def _png_size(picture: bytes) -> tuple[int, int]:
    return int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")


def _finished_svg(picture: bytes, title: str, description: str) -> bytes:
    """The SVG with fonts to fall back on and an alternative text, without the drawing program's remarks."""
    # It brings urllib, http and ssl along: a tenth of the start of every command.
    from xml.sax.saxutils import escape

    text = picture.decode("utf-8")
    text = re.sub(r"<!--.*?-->\n?", "", text, flags=re.DOTALL)
    text = text.replace(f'font-family="{FONT}"', f'font-family="{", ".join(FONT_STACK)}"')
    spoken = f"<title>{escape(title)}</title>\n<desc>{escape(description)}</desc>\n"
    text = re.sub(r"<svg\b([^>]*)>\n", lambda tag: f'<svg role="img"{tag[1]}>\n{spoken}', text, count=1)
    return text.encode("utf-8")


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
    entries = [f"<dir>{escape(fonts)}</dir>" for fonts in (*matplotlib_fonts(), *_SYSTEM_FONTS)]
    entries += ['<dir prefix="xdg">fonts</dir>', *(["<dir>WINDOWSFONTDIR</dir>"] if os.name == "nt" else [])]
    entries += ['<cachedir prefix="xdg">fontconfig</cachedir>', f"<cachedir>{escape(folder.name)}</cachedir>"]
    document = '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'
    document += "\n".join(["<fontconfig>", *entries, "</fontconfig>"]) + "\n"
    Path(folder.name, "fonts.conf").write_text(document, encoding="utf-8")
    return folder


def matplotlib_fonts() -> tuple[str, ...]:
    """The folder of the fonts that come with matplotlib, if it is installed."""
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
