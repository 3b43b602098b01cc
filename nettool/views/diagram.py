"""The network as a drawing: nodes coloured by family, blocks as frames, signs where branches meet."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from nettool.graph.network import Graph, Group, Node
from nettool.views.diagram_text import caption, description, frame_label, node_label
from nettool.views.draw_dot import PictureForm, draw_dot
from nettool.views.edge_weights import edge_weights
from nettool.views.families import family_of
from nettool.views.style import CLUSTER_FILLS, FAMILIES, FONT, INK, PAPER, QUIET_INK, RULE

if TYPE_CHECKING:
    import pydot

_GRAPH = {
    "rankdir": "TB",
    "bgcolor": PAPER,
    "pad": "0.35",
    "nodesep": "0.35",
    "ranksep": "0.32",
    "fontname": FONT,
    "fontcolor": INK,
    "labelloc": "t",
    "labeljust": "c",
}
_NODE = {
    "shape": "box",
    "style": "rounded,filled",
    "fontname": FONT,
    "fontcolor": INK,
    "fontsize": "11",
    "margin": "0.16,0.07",
    "penwidth": "1.2",
    "width": "1.7",
    "height": "0.3",
}
_EDGE = {"color": QUIET_INK, "penwidth": "1.1", "arrowsize": "0.65"}
_MERGE = {"shape": "ellipse", "style": "filled", "width": "0.9", "margin": "0.02,0.02", "penwidth": "1.6"}
_SHARING = {"style": "dotted", "dir": "none", "constraint": "false", "penwidth": "1.4"}
_FRAME = {"style": "rounded,filled", "color": RULE, "labeljust": "l", "labelloc": "t", "margin": "12"}


def draw_diagram(graph: Graph, form: PictureForm, title: str | None = None) -> bytes:
    """The drawing as the bytes of an SVG, PNG or PDF file, or as DOT text in UTF-8."""
    shown = title or graph.name
    return draw_dot(diagram_dot(graph, shown).to_string(), form, shown, description(graph))


def diagram_dot(graph: Graph, title: str | None = None) -> "pydot.Dot":
    """The drawing in Graphviz's terms: nodes go by their addresses, frames by `cluster_` and theirs."""
    import pydot

    drawing = pydot.Dot(_quoted(graph.name), graph_type="digraph")
    _set(drawing, _GRAPH | {"label": caption(graph, title or graph.name)})
    drawing.set_node_defaults(**_quoted_values(_NODE))
    drawing.set_edge_defaults(**_quoted_values(_EDGE))
    _add_nodes(drawing, graph.nodes, frozenset(graph.outputs), depth=0)
    weights = edge_weights(graph)
    for node in graph.nodes:
        for source in node.inputs:
            weight = weights[source, node.name]
            drawing.add_edge(pydot.Edge(_quoted(source), _quoted(node.name), weight=weight))
        if node.owner is not None:
            ends = (_quoted(node.owner), _quoted(node.name))
            sharing = _SHARING | {"color": FAMILIES[family_of(node.operation)].edge}
            drawing.add_edge(pydot.Edge(*ends, **_quoted_values(sharing)))
    return drawing


def _add_nodes(parent: "pydot.Graph", nodes: Iterable[Node], outputs: frozenset[str], depth: int) -> None:
    """Add nodes, those of a block within its frame; `depth` counts the frames around `parent`."""
    import pydot

    framed: dict[Group, list[Node]] = {}
    for node in nodes:
        if len(node.groups) > depth:
            framed.setdefault(node.groups[depth], []).append(node)
        else:
            parent.add_node(
                pydot.Node(_quoted(node.name), **_quoted_values(_look(node, node.name in outputs)))
            )
    for group, members in framed.items():
        frame = pydot.Subgraph(_quoted(f"cluster_{group.address}"))
        fill = CLUSTER_FILLS[min(depth, len(CLUSTER_FILLS) - 1)]
        _set(frame, _FRAME | {"fillcolor": fill, "label": frame_label(group)})
        _add_nodes(frame, members, outputs, depth + 1)
        parent.add_subgraph(frame)


def _look(node: Node, is_output: bool) -> dict[str, str]:
    family = family_of(node.operation)
    colours = FAMILIES[family]
    look = {"fillcolor": colours.fill, "color": colours.edge, "tooltip": node.name}
    if family == "merging":
        look |= _MERGE
    if node.owner is not None:
        look["style"] = f"{look.get('style', _NODE['style'])},dashed"
    if family == "input" or is_output:
        look |= {"color": INK, "penwidth": "2.4"}
    return look | {"label": node_label(node, is_output)}


def _set(graph: "pydot.Graph", attributes: Mapping[str, str]) -> None:
    for name, value in _quoted_values(attributes).items():
        graph.set(name, value)


def _quoted_values(attributes: Mapping[str, str]) -> dict[str, str]:
    """The attributes, ready for DOT: HTML-like labels stay as they are, anything else is quoted."""
    return {name: value if value.startswith("<") else _quoted(value) for name, value in attributes.items()}


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
