"""A DOT text as a picture, drawn by the Graphviz inside pygraphviz's wheels."""

import re
from typing import Literal, get_args

from nettool.diagnostics.printable import printable
from nettool.views.diagram.fonts import fonts_for_graphviz
from nettool.views.style import FONT, FONT_STACK

PictureForm = Literal["svg", "png", "pdf", "dot"]
PICTURE_FORMS: tuple[str, ...] = get_args(PictureForm)
_PNG_DOTS_PER_INCH = 144
_MOST_PIXELS = 32_767
"""Along a side of a picture of pixels; Graphviz scales what is larger down until nothing can be read."""


class TooLargeForPixels(ValueError):
    """The drawing does not fit a picture of pixels at the size at which it can be read."""


def draw_dot(dot: str, form: PictureForm, title: str, description: str) -> bytes:
    """The drawing, laid out by Graphviz's `dot`; `dot` itself comes back as it is.

    An SVG carries the title and the description for those who cannot see it. Raises TooLargeForPixels.
    """
    dot, title, description = printable(dot), printable(title), printable(description)
    if form == "dot":
        return dot.encode("utf-8")
    with fonts_for_graphviz():
        from pygraphviz import AGraph

        drawing = AGraph(string=dot)
        if form == "png":
            drawing.graph_attr["dpi"] = str(_PNG_DOTS_PER_INCH)
        picture: bytes = drawing.draw(prog="dot", format=form)
    if form == "png" and max(_png_size(picture)) >= _MOST_PIXELS - 1:
        raise TooLargeForPixels(f"the drawing is longer than the {_MOST_PIXELS:,} pixels that a PNG can have")
    return _finished_svg(picture, title, description) if form == "svg" else picture


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
