"""A comparison as one page: the curves over each other, the results, what differs in the specs."""

from collections.abc import Iterable, Sequence
from html import escape

from nettool.views.charts.curve_panel import compared_panels
from nettool.views.comparison.comparison import Comparison
from nettool.views.comparison.differences import Difference, is_same, value_text
from nettool.views.comparison.result_rows import result_rows, unstarred
from nettool.views.page.colours import RUNS
from nettool.views.page.frame import page, shared
from nettool.views.page.markup import remark, section
from nettool.views.page.panel_figure import scaled_figures
from nettool.views.style import RUN_LOOKS, RunLook

_LONGEST = 100
_LINE_WIDTH = 2
_SCRIPT = shared("panels.js", "copy.js") + "startPanels();\nstartCopying();\n"
_STYLE = """mark { background: color-mix(in srgb, var(--run2) 28%, var(--paper)); color: inherit;
  padding: 0 .25em; border-radius: 3px; print-color-adjust: exact; }
th .number { color: var(--line); }
@media (max-width: 40rem) {
  table { table-layout: fixed; width: 100%; font-size: .85em; }
  tr > :first-child { width: 6.3rem; position: sticky; left: 0; background: var(--paper);
    overflow-wrap: anywhere; }
  th, td { padding-right: .4rem; }
  th code { white-space: normal; }
  td.number, th.number { padding-right: 1.4ch; }
  td.best { padding-right: .4ch; }
}
"""


def comparison_page(comparison: Comparison) -> str:
    """The whole HTML document; the runs are told apart by their names, numbers, colours and dashes."""
    count = len(comparison.run_summaries)
    parts = [
        f"<header><h1>{count} runs compared</h1></header>",
        section("curves", "Curves", *_curves(comparison)),
        section("results", "Results", _results(comparison)),
        section(
            "specs", "Specs", _differences(comparison, comparison.spec) or remark("The specs are the same.")
        ),
        section("besides", "Besides the specs", _differences(comparison, comparison.environment)),
    ]
    style = (
        shared("document.css", "panels.css") + _STYLE + "".join(map(_look, range(1, count + 1), RUN_LOOKS))
    )
    return page(f"{count} runs compared", [part for part in parts if part], RUNS, style, _SCRIPT)


def _look(number: int, look: RunLook) -> str:
    dashes = " ".join(f"{length * _LINE_WIDTH:g}" for length in look.dashes) or "none"
    swatch = "solid" if not look.dashes else "dotted" if min(look.dashes) == max(look.dashes) else "dashed"
    return f".run{number} {{ --line: var(--run{number}); --dash: {dashes}; --swatch: {swatch}; }}\n"


def _curves(comparison: Comparison) -> Iterable[str]:
    labels = {f"{number}": each.label for number, each in enumerate(comparison.run_summaries, 1)}
    items = "".join(
        f'<li class="run{number}">{number} <code>{escape(label)}</code>'
        f"{'' if rows else ' (no epoch is over)'}</li>"
        for (number, label), rows in zip(labels.items(), comparison.rows, strict=True)
    )
    yield f'<ul class="legend" aria-label="Legend">{items}</ul>'
    panels = compared_panels(comparison.rows)
    if panels:
        figures = "".join(scaled_figures(panel, labels) for panel in panels)
        yield f'<div class="panels">{figures}</div>'
    else:
        yield remark("In none of the runs an epoch is over.")


def _differences(comparison: Comparison, found: Sequence[Difference]) -> str:
    if not found:
        return ""
    rows = (
        [f'<th scope="row"><code>{_breakable(each.path)}</code></th>', *_values(each.values)]
        for each in found
    )
    return _table(comparison, rows) + remark("What differs from the first run is marked.")


def _breakable(name: str) -> str:
    """The name with places at which a narrow column may break it."""
    return escape(name).replace(".", ".<wbr>").replace("/", "/<wbr>")


def _values(values: Sequence[object]) -> Iterable[str]:
    for value in values:
        text = f"<code>{escape(value_text(value, _LONGEST))}</code>"
        yield f"<td>{text if is_same(value, values[0]) else f'<mark>{text}</mark>'}</td>"


def _results(comparison: Comparison) -> str:
    rows = (
        [f'<th scope="row">{escape(row.name)}</th>']
        + [
            f'<td class="number{" best" if number in row.best else ""}">{escape(cell)}</td>'
            for number, cell in enumerate(row.cells)
        ]
        for row in result_rows(comparison)
    )
    note = remark(unstarred(comparison) or "* the best of its line")
    return _table(comparison, rows, numbers=True) + note


def _table(comparison: Comparison, rows: Iterable[Sequence[str]], *, numbers: bool = False) -> str:
    kind = "number " if numbers else ""
    head = "".join(
        f'<th scope="col" class="{kind}run{number}"><span class="number">{number}</span> '
        f"<code>{_breakable(each.label)}</code></th>"
        for number, each in enumerate(comparison.run_summaries, 1)
    )
    body = "\n".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    # On a phone two runs stand beside each other; of more, the first column stays while the others scroll.
    room = f'style="min-width: {6 + 7 * len(comparison.run_summaries)}rem"'
    table = f"<table {room}><thead><tr><th></th>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"
    return f'<div class="wide">{table}</div>'
