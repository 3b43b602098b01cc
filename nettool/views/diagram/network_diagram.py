"""The network as a drawing: nodes coloured by family, blocks as frames, signs where branches meet."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from nettool.graph.network import Graph, Group, Node
from nettool.layers.catalogue import family_of
from nettool.views.diagram.diagram_text import box_label, caption, description, frame_label, node_label
from nettool.views.diagram.draw_dot import PictureForm, draw_dot
from nettool.views.diagram.drawn import Direction, Drawn, Look, diagram_size, drawn
from nettool.views.style import CLUSTER_FILLS, FAMILIES, FONT, INK, PAPER, QUIET_INK, RULE

if TYPE_CHECKING:
    import pydot

_RANK_DIRECTIONS: Mapping[Direction, str] = {"top-down": "TB", "left-right": "LR"}
_GRAPH = {
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
_BOUNDED = {"nslimit": "2", "nslimit1": "2"}
"""Rounds in which Graphviz looks for better places, for each node; without a bound it may take minutes."""
_MERGE = {"shape": "ellipse", "style": "filled", "width": "0.9", "margin": "0.02,0.02", "penwidth": "1.6"}
_BOX = {"fillcolor": CLUSTER_FILLS[0], "color": QUIET_INK, "peripheries": "2"}
_SHARING = {"style": "dotted", "dir": "none", "constraint": "false", "penwidth": "1.4"}
_FRAME = {"style": "rounded,filled", "color": RULE, "labeljust": "l", "labelloc": "t", "margin": "12"}
_SHORTCUT, _BRANCH, _CHAIN = 1, 3, 10


def draw_diagram(
    graph: Graph, form: PictureForm, title: str | None = None, look: Look | None = None
) -> bytes:
    """The drawing as the bytes of an SVG, PNG or PDF file, or as DOT text in UTF-8."""
    shown = title or graph.name
    return draw_dot(diagram_dot(graph, shown, look).to_string(), form, shown, description(graph))


def diagram_dot(graph: Graph, title: str | None = None, look: Look | None = None) -> "pydot.Dot":
    """The drawing in Graphviz's terms: nodes go by their addresses, frames by `cluster_` and theirs."""
    import pydot

    look = look or Look()
    subject = drawn(graph, look.depth)
    drawing = pydot.Dot(_quoted(graph.name), graph_type="digraph")
    frame = {
        "rankdir": _RANK_DIRECTIONS[look.direction],
        "label": caption(subject, title or graph.name, look),
    }
    _set(drawing, _GRAPH | frame | ({} if diagram_size(subject.graph).has_few_ranks else _BOUNDED))
    drawing.set_node_defaults(**_quoted_values(_NODE))
    drawing.set_edge_defaults(**_quoted_values(_EDGE))
    _add_nodes(drawing, subject.graph.nodes, subject, look, depth=0)
    weights = edge_weights(subject.graph)
    for node in subject.graph.nodes:
        for source in node.inputs:
            weight = weights[source, node.name]
            drawing.add_edge(pydot.Edge(_quoted(source), _quoted(node.name), weight=weight))
        if node.owner is not None:
            ends = (_quoted(node.owner), _quoted(node.name))
            sharing = _SHARING | {"color": FAMILIES[family_of(node.operation)].edge}
            drawing.add_edge(pydot.Edge(*ends, **_quoted_values(sharing)))
    return drawing


def _add_nodes(parent: "pydot.Graph", nodes: Iterable[Node], subject: Drawn, look: Look, depth: int) -> None:
    """Add nodes, those of a block within its frame; `depth` counts the frames around `parent`."""
    import pydot

    framed: dict[Group, list[Node]] = {}
    for node in nodes:
        if len(node.groups) > depth:
            framed.setdefault(node.groups[depth], []).append(node)
        else:
            attributes = _quoted_values(_attributes(node, subject, look))
            parent.add_node(pydot.Node(_quoted(node.name), **attributes))
    for group, members in framed.items():
        frame = pydot.Subgraph(_quoted(f"cluster_{group.address}"))
        fill = CLUSTER_FILLS[min(depth, len(CLUSTER_FILLS) - 1)]
        _set(frame, _FRAME | {"fillcolor": fill, "label": frame_label(group)})
        _add_nodes(frame, members, subject, look, depth + 1)
        parent.add_subgraph(frame)


def _attributes(node: Node, subject: Drawn, look: Look) -> dict[str, str]:
    is_output = node.name in subject.graph.outputs
    cost, size = subject.costs[node.name], subject.boxes.get(node.name)
    if size is not None:
        found = _BOX | {"label": box_label(node, size, cost, look, is_output=is_output)}
        family = "box"
    else:
        family = family_of(node.operation)
        colours = FAMILIES[family]
        found = {"fillcolor": colours.fill, "color": colours.edge}
        found["label"] = node_label(node, cost, look, is_output=is_output)
    if family == "merging":
        found |= _MERGE
    if node.owner is not None:
        found["style"] = f"{found.get('style', _NODE['style'])},dashed"
    if family == "input" or is_output:
        found |= {"color": INK, "penwidth": "2.4"}
    return found | {"tooltip": node.name}


def _set(graph: "pydot.Graph", attributes: Mapping[str, str]) -> None:
    for name, value in _quoted_values(attributes).items():
        graph.set(name, value)


def _quoted_values(attributes: Mapping[str, str]) -> dict[str, str]:
    """The attributes, ready for DOT: HTML-like labels stay as they are, anything else is quoted."""
    return {name: value if value.startswith("<") else _quoted(value) for name, value in attributes.items()}


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def edge_weights(graph: Graph) -> dict[tuple[str, str], int]:
    """A weight for Graphviz by (from, to): shortcuts bend, branches spread evenly, chains stay straight.

    A shortcut joins two nodes between which a longer way runs as well (the identity in a residual block).
    """
    nodes = graph.by_name
    edges = [(source, node.name) for node in graph.nodes for source in node.inputs]
    shortcuts = {edge for edge in edges if _has_longer_way(nodes, *edge)}
    leaving = Counter(edge[0] for edge in edges if edge not in shortcuts)
    arriving = Counter(edge[1] for edge in edges if edge not in shortcuts)

    def weight(source: str, target: str) -> int:
        if (source, target) in shortcuts:
            return _SHORTCUT
        return _CHAIN if leaving[source] == arriving[target] == 1 else _BRANCH

    return {edge: weight(*edge) for edge in edges}


def _has_longer_way(nodes: Mapping[str, Node], source: str, target: str) -> bool:
    """Whether `target` can be reached from `source` through other nodes."""
    waiting = [name for name in nodes[target].inputs if name != source]
    seen = set(waiting)
    while waiting:
        for name in nodes[waiting.pop()].inputs:
            if name == source:
                return True
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return False
