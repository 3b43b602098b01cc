"""The report of a run as one HTML page: the verdict first, the small print last."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from nettool.record.run_report import RunReport
from nettool.views.page.colours import BASE, CURVES, DIAGRAM, places_taken
from nettool.views.page.frame import page
from nettool.views.page.themed_svg import themed_svg
from nettool.views.report.curves import curves
from nettool.views.report.markup import section
from nettool.views.report.network import network
from nettool.views.report.origin import origin
from nettool.views.report.outcome import verdict
from nettool.views.report.outputs import outputs
from nettool.views.report.repeat import repeat
from nettool.views.report.times import times

_FOLDER = Path(__file__).parent


def report_page(report: RunReport) -> str:
    """The whole document; what the run did not come to is left out."""
    parts = [
        part
        for part in (
            repeat(report),
            curves(report),
            outputs(report),
            _filters(report),
            network(report),
            times(report),
            origin(report),
        )
        if part
    ]
    style, script = ((_FOLDER / name).read_text(encoding="utf-8") for name in ("report.css", "report.js"))
    whole = [verdict(report), _ways(parts), *parts]
    return page(f"{report.run_summary.label}: report", whole, (*CURVES, *DIAGRAM), style, script)


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
