"""The frame of every matplotlib picture: one style, no global state, the same bytes for the same figures."""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from nettool.diagnostics.printable import printable
from nettool.views.style import FONT, INK, PAPER, QUIET_INK, RULE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ChartForm = Literal["svg", "png", "pdf"]
_PNG_DOTS_PER_INCH = 160
_BOLD_LETTER_PER_POINT = 0.0092
"""How wide a bold letter of DejaVu Sans is on average, in inches for each point of its size."""
_CANVASES = {
    "svg": ("backend_svg", "FigureCanvasSVG"),
    "png": ("backend_agg", "FigureCanvasAgg"),
    "pdf": ("backend_pdf", "FigureCanvasPdf"),
}
_CLIPPING_PATH = re.compile(rb'(url\(#|id=")(p[0-9a-f]{10})\b')
_STYLE: dict[Any, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": [FONT],
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": QUIET_INK,
    "axes.edgecolor": RULE,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "xtick.color": QUIET_INK,
    "ytick.color": QUIET_INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "figure.facecolor": PAPER,
    "figure.titlesize": 15,
    "figure.titleweight": "bold",
    "figure.constrained_layout.h_pad": 0.1,
    "figure.constrained_layout.w_pad": 0.12,
    # Text stays text in an SVG (to search it, to read it aloud); element names are the same in every run.
    "svg.fonttype": "none",
    "svg.hashsalt": "nettool",
}


@contextmanager
def blank_chart(width: float, height: float, title: str = "") -> Iterator["Figure"]:
    """A figure of so many inches in the common style, which holds within the block."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    _have_texts_printable()
    with rc_context(_STYLE):
        chart = Figure(figsize=(width, height), layout="constrained")
        if title:
            shown = cut_to(title, width, _STYLE["figure.titlesize"])
            chart.suptitle(shown, x=0.02, ha="left", parse_math=False)
        yield chart


@cache
def _have_texts_printable() -> None:
    """Whatever a text says, a picture can be drawn and an SVG be read; of fonts nothing is said.

    All texts, also those of axes, come to `set_text` in the end.
    """
    from matplotlib.text import Text

    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    set_text = Text.set_text

    def set_printable(self: Text, text: object) -> None:
        set_text(self, printable(text) if isinstance(text, str) else text)

    Text.set_text = set_printable  # type: ignore[method-assign, assignment]


def cut_to(text: str, inches: float, points: float) -> str:
    """The bold text without its middle where it is too long for the room."""
    most = max(8, int(inches / (_BOLD_LETTER_PER_POINT * points)))
    if len(text) <= most:
        return text
    end = most // 3
    return f"{text[: most - 1 - end]}…{text[-end:]}"


def chart_files(chart: "Figure", forms: Sequence[ChartForm], words: str = "") -> dict[ChartForm, bytes]:
    """The figure as file contents by form, without dates or versions in them.

    `words` say what is to be seen to those who do not see it: the files bear them as their title.
    """
    title = {"Title": words} if words else {}
    undated: dict[ChartForm, dict[str, str | None]] = {
        "svg": {"Date": None, "Creator": None, **title},
        "png": {"Software": None, **title},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None, **title},
    }
    files: dict[ChartForm, bytes] = {}
    for form in forms:
        content = BytesIO()
        if files:
            # The first drawing has put everything in its place; working that out again would take as long.
            _draw_as_placed(chart, form, content, undated[form])
        else:
            chart.savefig(content, format=form, dpi=_PNG_DOTS_PER_INCH, metadata=undated[form])
            chart.set_layout_engine("none")
        files[form] = _renamed(content.getvalue()) if form == "svg" else content.getvalue()
    return files


def _draw_as_placed(
    chart: "Figure", form: ChartForm, content: BytesIO, metadata: Mapping[str, str | None]
) -> None:
    """What savefig does once it has placed everything, which it does anew each time."""
    module, canvas = _CANVASES[form]
    before, chart.dpi = chart.dpi, _PNG_DOTS_PER_INCH
    try:
        drawing = getattr(import_module(f"matplotlib.backends.{module}"), canvas)(chart)
        getattr(drawing, f"print_{form}")(content, metadata=metadata)
    finally:
        chart.dpi = before


def _renamed(svg: bytes) -> bytes:
    """The clipping paths numbered: matplotlib names them by their places, of which the last bits vary."""
    names: dict[bytes, bytes] = {}

    def numbered(match: re.Match[bytes]) -> bytes:
        return match[1] + names.setdefault(match[2], b"clip%d" % (len(names) + 1))

    return _CLIPPING_PATH.sub(numbered, svg)
