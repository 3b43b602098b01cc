"""A comparison as one page that needs nothing but itself; it follows the reader's choice of light or dark."""

from collections.abc import Iterable, Sequence
from html import escape

from nettool.views.comparison.comparison import Comparison
from nettool.views.comparison.curves import draw_compared, picture_words
from nettool.views.comparison.differences import Difference
from nettool.views.comparison.panels import panels_of
from nettool.views.comparison.result_rows import result_rows
from nettool.views.comparison.value_text import value_text
from nettool.views.style import FONT_STACK, RUN_LOOKS
from nettool.views.themed_svg import PAGE_COLOURS, themed_svg

_LONGEST = 100
_RUN_COLOURS = {look.colour: f"run{number}" for number, look in enumerate(RUN_LOOKS, 1)}
_FONTS = ", ".join(f"'{font}'" if " " in font else font for font in FONT_STACK)
_LIGHT = {"ink": "#1b2330", "quiet": "#5b6472", "rule": "#c9ced6", "paper": "#ffffff"}
_DARK = {"ink": "#e6e9ef", "quiet": "#a3acb9", "rule": "#3b4452", "paper": "#14181f"}

_STYLE = """
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 82rem; background: var(--paper);
  color: var(--ink); font: 15px/1.5 FONTS; }
h1 { font-size: 1.6rem; margin: 0 0 1rem; }
h2 { font-size: 1.15rem; margin: 2.4rem 0 .6rem; }
ol { padding-left: 1.6rem; margin: 0; }
.quiet { color: var(--quiet); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .3rem 1.2rem .3rem 0;
  border-bottom: 1px solid var(--rule); }
th { font-weight: 600; }
thead th { border-bottom-width: 2px; }
td.number, th.number { text-align: right; padding-right: calc(.7rem + 1ch); }
td.best { font-weight: 700; padding-right: .7rem; }
td.best::after { content: "*"; display: inline-block; width: 1ch; }
code { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .88em;
  overflow-wrap: anywhere; }
th code { white-space: nowrap; }
svg { display: block; width: 100%; height: auto; max-width: 82rem; }
@media print {
  body { max-width: none; padding: 0; font-size: 11px; }
  h2, tr, svg { break-inside: avoid; }
}
"""


def comparison_page(comparison: Comparison) -> str:
    """The whole HTML document: differences, results, curves."""
    accounts = comparison.accounts
    named = "".join(f"<li><code>{escape(each.label)}</code></li>" for each in accounts)
    parts = [
        f"<h1>{len(accounts)} runs compared</h1><ol>{named}</ol>",
        "<h2>Specs</h2>",
        _differences(comparison.spec) or '<p class="quiet">The specs are the same.</p>',
    ]
    if comparison.circumstances:
        parts += ["<h2>Besides the specs</h2>", _differences(comparison.circumstances)]
    parts += ["<h2>Results</h2>", _results(comparison), "<h2>Curves</h2>", _curves(comparison)]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{len(accounts)} runs compared</title><style>{_style()}</style></head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _style() -> str:
    light = _LIGHT | {f"run{number}": look.colour for number, look in enumerate(RUN_LOOKS, 1)}
    dark = _DARK | {f"run{number}": look.on_dark for number, look in enumerate(RUN_LOOKS, 1)}
    return (
        f":root {{ color-scheme: light dark; {_variables(light)} }}\n"
        f"@media (prefers-color-scheme: dark) {{ @media screen {{ :root {{ {_variables(dark)} }} }} }}"
        + _STYLE.replace("FONTS", _FONTS)
    )


def _variables(colours: dict[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())


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
        for row in result_rows(comparison.accounts)
    )
    note = '<p class="quiet">* the best of its line</p>'
    return _table(len(comparison.accounts), rows, numbers=True) + note


def _table(count: int, rows: Iterable[Sequence[str]], *, numbers: bool = False) -> str:
    kind = ' class="number"' if numbers else ""
    head = "".join(f"<th{kind}>{number}</th>" for number in range(1, count + 1))
    body = "\n".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    table = f"<table><thead><tr><th></th>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"
    return f'<div class="wide">{table}</div>'


def _curves(comparison: Comparison) -> str:
    if not panels_of(comparison.rows):
        return '<p class="quiet">In none of the runs an epoch is over.</p>'
    svg = draw_compared(comparison, ("svg",), with_title=False)["svg"]
    return themed_svg(svg, picture_words(comparison), {**_RUN_COLOURS, **PAGE_COLOURS})
