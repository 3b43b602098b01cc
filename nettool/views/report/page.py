"""The report of a run as one HTML page: the verdict first, the small print last."""

import re
import shlex
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from pathlib import Path

from nettool.record.run_report import RunReport
from nettool.views.page.colours import BASE, CURVES, DIAGRAM, places_taken
from nettool.views.page.frame import page, shared
from nettool.views.page.markup import folded, quoted, section
from nettool.views.page.safe_svg import UNREADABLE, NotAPicture, read_svg, svg_element, themed_svg
from nettool.views.report.curves import curves
from nettool.views.report.origin import origin
from nettool.views.report.outcome import verdict
from nettool.views.report.outputs import outputs
from nettool.views.report.times import times
from nettool.views.runs.repeat import repeat_command

_FOLDER = Path(__file__).parent
_LIVE = "Live: the page is drawn anew after every epoch."
_COLOURS = (*CURVES, *DIAGRAM)
_START = """
function startPage() {
  startPanels();
  startTables();
  startCopying();
}
startPage();
"""
_SCRIPT = shared("panels.js", "tables.js", "copy.js") + _START


def report_page(report: RunReport) -> str:
    """The whole document; what the run did not come to is left out."""
    return page(_title(report), _parts(report), _COLOURS, _style(), _SCRIPT)


def live_report_page(report: RunReport, number: int) -> str:
    """The document of a run that goes on: it asks the server that it comes from for the next one.

    `number` tells it from those before and after it.
    """
    note = f'<p id="live" role="status" data-number="{number}">{_LIVE}</p>'
    script = _SCRIPT + (_FOLDER / "live.js").read_text(encoding="utf-8")
    parts = [note, *_parts(report)]
    return page(_title(report), parts, _COLOURS, _style(), script, asks_its_server=True)


def _title(report: RunReport) -> str:
    return f"{report.run_summary.label}: report"


def _style() -> str:
    return shared("document.css", "panels.css") + (_FOLDER / "report.css").read_text(encoding="utf-8")


def _parts(report: RunReport) -> list[str]:
    sections = (
        _repeat(report),
        curves(report),
        outputs(report),
        _filters(report),
        _network(report),
        times(report),
        origin(report),
    )
    shown = [section for section in sections if section]
    return ["<main>", verdict(report), _ways(shown), *shown, "</main>"]


def _ways(parts: list[str]) -> str:
    links = "\n".join(f'<a href="#{address}">{title}</a>' for address, title in _headings(parts))
    return f'<nav aria-label="On this page">{links}</nav>'


def _headings(parts: list[str]) -> Iterator[tuple[str, str]]:
    """Addresses and titles of the sections, escaped as they are."""
    for part in parts:
        for piece in part.split('<section id="')[1:]:
            title = piece.partition("<h2>")[2].partition("</h2>")[0]
            yield piece.partition('"')[0], title


def _filters(report: RunReport) -> str:
    node = report.seen.filters if report.seen else None
    picture = report.pictures.get("filters")
    if node is None or picture is None:
        return ""
    drawn = themed_svg(picture, f"The filters of {node}", places_taken(BASE), "filters-")
    words = f"Filters of {node}, the first convolution"
    return section(
        "filters",
        "First filters",
        f'<p class="quiet">{escape(words)}</p>',
        f'<div class="wide picture">{drawn}</div>',
    )


_POINTS = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)pt")
_PIXELS_PER_POINT = 4 / 3


def _network(report: RunReport) -> str:
    """The drawing as large as `plot` draws it, or as small as the page; the table can be unfolded."""
    table = folded("The network as a table", quoted(report.summary)) if report.summary else ""
    drawing = "" if report.diagram is None else _drawing(report.diagram)
    return section("network", "Network", _way_to_page(report), drawing, table)


def _way_to_page(report: RunReport) -> str:
    if report.model_page is None:
        return ""
    link = f'<a href="{escape(report.model_page)}">Look around in the network</a>'
    return f"<p>{link}: blocks open and close, and each node says all about itself.</p>"


@lru_cache(maxsize=1)
def _drawing(svg: bytes) -> str:
    """The same for every page of a run that is watched."""
    try:
        drawn = read_svg(svg, places_taken((*DIAGRAM, *BASE)), "network-")
    except NotAPicture:
        return UNREADABLE
    picture = svg_element(drawn, drawn.description or "The network as a drawing")
    width = _POINTS.fullmatch(drawn.width)
    room = f' style="max-width: {float(width[1]) * _PIXELS_PER_POINT:.0f}px"' if width else ""
    frame = '<div class="diagram" role="region" aria-label="Drawing" tabindex="0">'
    return f"{frame}<div{room}>{picture}</div></div>"


def _repeat(report: RunReport) -> str:
    """The commands, each with what it does."""
    rows = "\n".join(
        f'<dt>{escape(what)}</dt><dd><code data-copy="the command">{escape(command)}</code></dd>'
        for what, command in _commands(report)
    )
    return section("repeat", "How to repeat it", f'<dl class="facts commands">\n{rows}\n</dl>')


def _commands(report: RunReport) -> Iterator[tuple[str, str]]:
    run_summary = report.run_summary
    run = shlex.quote(f"{run_summary.run.path.parent.parent.name}/{run_summary.label}")
    if run_summary.command:
        yield "started with", repeat_command(run_summary)
    if run_summary.status != "finished":
        yield "resume it", f"nettool train --resume {run}"
    else:
        yield "repeat it and compare", f"nettool reproduce {run}"
        yield "train it longer", f"nettool train --resume {run} --epochs {2 * max(run_summary.epochs, 1)}"
    if report.has_model:
        yield "look at its weights", f"nettool inspect {run} weights"
        yield "evaluate its model", f"nettool evaluate {run}"
        yield "predict with its model", f"nettool predict {run} FILE"
    yield "look around in its network", f"nettool plot {run} -o network.html"
    yield "write this report again", f"nettool report {run}"
