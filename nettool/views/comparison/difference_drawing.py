"""Two networks over each other, as Graphviz draws them: colours, signs and outlines say what differs."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING

from nettool.views.comparison.difference_text import (
    SIGNS,
    counts_text,
    elsewhere_text,
    meanings_of,
    parameters_text,
    unit_changes,
    unit_lines,
    unit_name,
)
from nettool.views.comparison.difference_units import DifferenceLook, Drawn, Unit
from nettool.views.comparison.network_difference import Edge, Kind, NetworkDifference
from nettool.views.diagram.drawn import Direction
from nettool.views.style import FONT, INK, PAPER, QUIET_INK, FamilyColours

if TYPE_CHECKING:
    import pydot

LOOKS: Mapping[Kind, FamilyColours] = {
    "same": FamilyColours("#f4f6f9", "#8b95a3"),
    "added": FamilyColours("#d5f0e8", "#00704f"),
    "removed": FamilyColours("#fbe0d3", "#a84300"),
    "changed": FamilyColours("#d9e9f7", "#005f99"),
    "renamed": FamilyColours("#e8dff8", "#6b3fc0"),
    "reshaped": FamilyColours("#ffffff", "#005f99"),
}
STYLES: Mapping[Kind, str] = {
    "same": "rounded,filled",
    "added": "rounded,filled,bold",
    "removed": "rounded,filled,dashed",
    "changed": "rounded,filled,bold",
    "renamed": "rounded,filled",
    "reshaped": "rounded,filled",
}
_EDGES: Mapping[Kind, Mapping[str, str]] = {
    "added": {"penwidth": "2.4", "style": "bold"},
    "removed": {"penwidth": "1.8", "style": "dashed"},
}
_RANK_DIRECTIONS: Mapping[Direction, str] = {"top-down": "TB", "left-right": "LR"}


def difference_dot(
    difference: NetworkDifference, drawn: Drawn, title: str, look: DifferenceLook
) -> "pydot.Dot":
    """The drawing of these boxes in Graphviz's terms."""
    import pydot

    drawing = pydot.Dot(_quoted(title), graph_type="digraph")
    frame = {
        "bgcolor": PAPER,
        "pad": "0.35",
        "nodesep": "0.35",
        "ranksep": "0.36",
        "fontname": FONT,
        "fontcolor": INK,
        "labelloc": "t",
        "rankdir": _RANK_DIRECTIONS[look.direction],
        "label": _caption(difference, drawn, title, legend=look.legend),
    }
    for name, value in frame.items():
        drawing.set(name, value if value.startswith("<") else _quoted(value))
    node = {"shape": "box", "fontname": FONT, "fontcolor": INK, "fontsize": "11", "margin": "0.16,0.07"}
    drawing.set_node_defaults(**{name: _quoted(value) for name, value in node.items()})
    edge = {"color": QUIET_INK, "penwidth": "1.1", "arrowsize": "0.65", "fontname": FONT, "fontsize": "14"}
    drawing.set_edge_defaults(**{name: _quoted(value) for name, value in edge.items()})
    for key, unit in drawn.units.items():
        colours = LOOKS[unit.kind]
        outline = {
            "style": STYLES[unit.kind],
            "fillcolor": colours.fill,
            "color": colours.edge,
            "tooltip": unit.name,
        }
        if unit.node is None:
            outline["peripheries"] = "2"
        values = {name: _quoted(value) for name, value in outline.items()}
        drawing.add_node(pydot.Node(_quoted(key), label=_label(unit), **values))
    for ends, kind in drawn.edges.items():
        values = {name: _quoted(value) for name, value in _edge(drawn, ends, kind).items()}
        drawing.add_edge(pydot.Edge(_quoted(ends[0]), _quoted(ends[1]), **values))
    return drawing


def _edge(drawn: Drawn, ends: Edge, kind: Kind) -> Mapping[str, str]:
    """An edge that comes or goes with its node says so by its line alone; others have a sign, too."""
    if kind == "same":
        return {}
    colour = LOOKS[kind].edge
    look = {**_EDGES[kind], "color": colour, "fontcolor": colour}
    goes_with_node = any(drawn.units[name].kind == kind for name in ends)
    return look if goes_with_node else {**look, "label": f" {SIGNS[kind]} "}


def _label(unit: Unit) -> str:
    colour = LOOKS[unit.kind].edge if unit.kind != "same" else INK
    lines = [f'<b><font color="{colour}">{escape(unit_name(unit))}</font></b>']
    lines += [_quiet(line) for line in unit_lines(unit)]
    lines += [
        f'<font point-size="10" color="{INK}"><b>{escape(line)}</b></font>' for line in unit_changes(unit)
    ]
    return _stacked(lines)


def _caption(difference: NetworkDifference, drawn: Drawn, title: str, *, legend: bool) -> str:
    lines = [f'<font point-size="17"><b>{escape(title)}</b></font>']
    lines += [_quiet(text, 11) for text in (counts_text(difference), parameters_text(difference))]
    lines += [_quiet(f"elsewhere: {text}") for text in elsewhere_text(difference)]
    if drawn.note is not None:
        lines.append(_quiet(drawn.note))
    meanings = meanings_of(drawn)
    if legend and meanings:
        lines.append(_quiet("   ".join(meanings)))
    return _stacked([*lines, " "], gap=2)


def _quiet(text: str, size: int = 10) -> str:
    return f'<font point-size="{size}" color="{QUIET_INK}">{escape(text)}</font>'


def _stacked(lines: Iterable[str], gap: int = 1) -> str:
    rows = "".join(f'<tr><td cellpadding="{gap}">{line}</td></tr>' for line in lines)
    return f'<<table border="0" cellborder="0" cellspacing="0">{rows}</table>>'


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
