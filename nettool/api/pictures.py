"""What a notebook shows of a spec or a run: text, pictures, pages within a page."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
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


@dataclass(frozen=True)
class Picture:
    """A picture that a notebook shows; `title` says what it shows. It is drawn when it is first looked at."""

    draw: Callable[[], bytes]
    title: str = ""

    @cached_property
    def svg(self) -> str:
        """The picture as SVG."""
        return self.draw().decode()

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
    """A whole HTML document within a page, so that style and scripts of both keep apart.

    A run may come from anyone: its page can run its own script, and reach nothing of the notebook.
    """
    return (
        f'<iframe title="{escape(title)}" sandbox="allow-scripts" srcdoc="{escape(page)}" '
        f'width="100%" height="{_PAGE_HEIGHT}" '
        'style="border: 1px solid #ddd"></iframe>'
    )
