"""A comparison as one page."""

from collections.abc import Iterable, Sequence
from html import escape

from nettool.views.charts.curve_panel import compared_panels
from nettool.views.comparison.comparison import Comparison
from nettool.views.comparison.curves import draw_compared, picture_words
from nettool.views.comparison.differences import Difference, value_text
from nettool.views.comparison.result_rows import result_rows, unstarred
from nettool.views.page.colours import BASE, RUNS, places_taken
from nettool.views.page.frame import page
from nettool.views.page.safe_svg import themed_svg

_LONGEST = 100


def comparison_page(comparison: Comparison) -> str:
    """The whole HTML document: differences, results, curves."""
    run_summaries = comparison.run_summaries
    named = "".join(f"<li><code>{escape(each.label)}</code></li>" for each in run_summaries)
    parts = [
        f"<h1>{len(run_summaries)} runs compared</h1><ol>{named}</ol>",
        "<h2>Specs</h2>",
        _differences(comparison.spec) or '<p class="quiet">The specs are the same.</p>',
    ]
    if comparison.environment:
        parts += ["<h2>Besides the specs</h2>", _differences(comparison.environment)]
    parts += ["<h2>Results</h2>", _results(comparison), "<h2>Curves</h2>", _curves(comparison)]
    return page(f"{len(run_summaries)} runs compared", parts, RUNS)


def _differences(found: Sequence[Difference]) -> str:
    if not found:
        return ""
    rows = (
        [f"<th><code>{escape(each.path)}</code></th>"]
        + [f"<td><code>{escape(value_text(value, _LONGEST))}</code></td>" for value in each.values]
        for each in found
    )
    return _table(len(found[0].values), rows)


def _results(comparison: Comparison) -> str:
    rows = (
        [f"<th>{escape(row.name)}</th>"]
        + [
            f'<td class="number{" best" if number in row.best else ""}">{escape(cell)}</td>'
            for number, cell in enumerate(row.cells)
        ]
        for row in result_rows(comparison)
    )
    note = f'<p class="quiet">{escape(unstarred(comparison) or "* the best of its line")}</p>'
    return _table(len(comparison.run_summaries), rows, numbers=True) + note


def _table(count: int, rows: Iterable[Sequence[str]], *, numbers: bool = False) -> str:
    kind = ' class="number"' if numbers else ""
    head = "".join(f"<th{kind}>{number}</th>" for number in range(1, count + 1))
    body = "\n".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    table = f"<table><thead><tr><th></th>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"
    return f'<div class="wide">{table}</div>'


def _curves(comparison: Comparison) -> str:
    if not compared_panels(comparison.rows):
        return '<p class="quiet">In none of the runs an epoch is over.</p>'
    svg = draw_compared(comparison, ("svg",), with_title=False)["svg"]
    return themed_svg(svg, picture_words(comparison), places_taken((*RUNS, *BASE)))
