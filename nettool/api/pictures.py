"""What a notebook shows of a spec or a run: text, pictures, pages within a page."""

from base64 import b64encode
from dataclasses import dataclass
from html import escape

_PAGE_HEIGHT = 640
"""Pixels."""


class Text(str):
    """Text that is shown as it is, line by line, and not as one long string."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return f'<pre style="line-height: 1.25; white-space: pre; overflow-x: auto">{escape(self)}</pre>'


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG, which a notebook shows; `title` says what it shows."""

    svg: str
    title: str = ""

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<picture of {self.title}>" if self.title else "<picture>"


def inline(picture: Picture) -> str:
    """The picture as an image of a page, so that its style and names keep to themselves."""
    data = b64encode(picture.svg.encode()).decode()
    style = "max-width: 100%; background: white"
    return f'<img alt="{escape(picture.title)}" style="{style}" src="data:image/svg+xml;base64,{data}">'


def framed(page: str, title: str) -> str:
    """A whole HTML document within a page, so that style and scripts of both keep apart."""
    return (
        f'<iframe title="{escape(title)}" srcdoc="{escape(page)}" width="100%" height="{_PAGE_HEIGHT}" '
        'style="border: 1px solid #ddd"></iframe>'
    )
