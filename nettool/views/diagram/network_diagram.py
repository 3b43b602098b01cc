"""The network as a drawing: nodes coloured by family, blocks as frames, signs where branches meet."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nettool.graph.network import Graph, Group, Node
from nettool.layers.catalogue import family_of
from nettool.views.diagram.diagram_text import box_label, caption, frame_label, loss_label, node_label
from nettool.views.diagram.drawn import Direction, Drawn, Look, diagram_size
from nettool.views.style import CLUSTER_FILLS, FAMILIES, FONT, INK, LOSS, PAPER, QUIET_INK, RULE

if TYPE_CHECKING:
    import pydot

PAD = 0.35
"""Inches around a drawing."""
_RANK_DIRECTIONS: Mapping[Direction, str] = {"top-down": "TB", "left-right": "LR"}
_GRAPH = {
    "bgcolor": PAPER,
    "pad": str(PAD),
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
_LOSS = {"fillcolor": LOSS.fill, "color": LOSS.edge, "style": "filled", "shape": "box"}
_MEASURED = {"style": "dashed", "color": LOSS.edge}
_SHARING = {"style": "dotted", "dir": "none", "constraint": "false", "penwidth": "1.4"}
_TURN = {"shape": "point", "style": "invis", "width": "0.01", "height": "0.01", "label": ""}
_FRAME = {"style": "rounded,filled", "color": RULE, "labeljust": "l", "labelloc": "t", "margin": "12"}
_SHORTCUT, _BRANCH, _CHAIN = 1, 3, 10


@dataclass(frozen=True, slots=True)
class Row:
    """A part of a drawing that is folded: its nodes, and the node that leads into it and out of it."""

    nodes: tuple[Node, ...]
    into: str | None = None
    out: str | None = None

    @property
    def start(self) -> str:
        """The point at which the line from the row before comes in."""
        return f"into:{self.nodes[0].name}"

    @property
    def end(self) -> str:
        """The point at which the line to the next row leaves."""
        return f"out:{self.nodes[0].name}"


def diagram_dot(
    subject: Drawn, direction: Direction, look: Look, title: str, notes: Iterable[str] = ()
) -> "pydot.Dot":
    """The drawing in Graphviz's terms: nodes go by their addresses, frames by `cluster_` and theirs."""
    drawing = _empty(subject, direction)
    _set(drawing, {"label": caption(subject, title, look, notes)})
    _add(drawing, Row(subject.graph.nodes), subject, look)
    return drawing


def rows_dot(rows: Iterable[Row], subject: Drawn, direction: Direction, look: Look) -> "pydot.Dot":
    """The drawing of these rows alone, without a caption; lines turn from the end of a row to the next."""
    drawing = _empty(subject, direction)
    before: Row | None = None
    for row in rows:
        _add(drawing, row, subject, look)
        if before is not None:
            _add_edge(drawing, before.end, row.start, {"dir": "none"})
        before = row
    return drawing


def caption_dot(
    subject: Drawn, direction: Direction, look: Look, title: str, notes: Iterable[str]
) -> "pydot.Dot":
    """The caption alone."""
    import pydot

    drawing = _empty(subject, direction)
    _set(drawing, {"label": caption(subject, title, look, notes)})
    drawing.add_node(pydot.Node("nothing", **_quoted_values(_TURN)))
    return drawing


def _empty(subject: Drawn, direction: Direction) -> "pydot.Dot":
    import pydot

    drawing = pydot.Dot(_quoted(subject.whole.name), graph_type="digraph")
    bounds = {} if diagram_size(subject.graph).has_few_ranks else _BOUNDED
    _set(drawing, _GRAPH | bounds | {"rankdir": _RANK_DIRECTIONS[direction]})
    drawing.set_node_defaults(**_quoted_values(_NODE))
    drawing.set_edge_defaults(**_quoted_values(_EDGE))
    return drawing


def _add(drawing: "pydot.Dot", row: Row, subject: Drawn, look: Look) -> None:
    """Add the nodes of the row and the edges between them, losses, and the points at which lines turn."""
    import pydot

    _add_nodes(drawing, row.nodes, subject, look, depth=0)
    weights = edge_weights(subject.graph)
    compared = {loss.name for loss in subject.losses if loss.compares}
    here = {node.name for node in row.nodes}
    for node in row.nodes:
        measured = _MEASURED if node.name in compared else {}
        for source in node.inputs:
            attributes = measured | {"weight": str(weights[source, node.name])}
            if source in here:
                _add_edge(drawing, source, node.name, attributes)
            else:
                _add_edge(drawing, row.start, node.name, attributes | {"tailclip": "false"})
        if node.owner in here:
            sharing = _SHARING | {"color": FAMILIES[family_of(node.operation)].edge}
            _add_edge(drawing, node.owner or "", node.name, sharing)
    for loss in subject.losses:
        if loss.at in here and not loss.compares:
            attributes = _quoted_values(_LOSS | {"label": loss_label(loss), "tooltip": loss.name})
            drawing.add_node(pydot.Node(_quoted(loss.name), **attributes))
            _add_edge(drawing, loss.at, loss.name, _MEASURED)
    for name, end, rank in ((row.into, row.start, "source"), (row.out, row.end, "sink")):
        if name is not None:
            margin = pydot.Subgraph(_quoted(f"margin:{end}"), rank=rank)
            margin.add_node(pydot.Node(_quoted(end), **_quoted_values(_TURN)))
            drawing.add_subgraph(margin)
    if row.out is not None:
        _add_edge(drawing, row.out, row.end, {"dir": "none", "headclip": "false", "weight": str(_BRANCH)})


def _add_edge(drawing: "pydot.Dot", source: str, target: str, attributes: Mapping[str, str]) -> None:
    import pydot

    drawing.add_edge(pydot.Edge(_quoted(source), _quoted(target), **_quoted_values(attributes)))


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
        label = frame_label(group, subject.repeats.get(group.address))
        _set(frame, _FRAME | {"fillcolor": fill, "label": label})
        _add_nodes(frame, members, subject, look, depth + 1)
        parent.add_subgraph(frame)


def _attributes(node: Node, subject: Drawn, look: Look) -> dict[str, str]:
    loss = next((loss for loss in subject.losses if loss.name == node.name), None)
    if loss is not None:
        return _LOSS | {"label": loss_label(loss), "tooltip": node.name}
    if node.name in subject.boxes:
        family, found = "box", _BOX | {"label": box_label(node, subject, look)}
    else:
        family = family_of(node.operation)
        found = {"fillcolor": FAMILIES[family].fill, "color": FAMILIES[family].edge}
        found["label"] = node_label(node, subject, look)
    if family == "merging":
        found |= _MERGE
    if node.name in subject.frozen:
        found["fillcolor"] = PAPER
    if node.owner is not None:
        found["style"] = f"{found.get('style', _NODE['style'])},dashed"
    if family == "input" or node.name in subject.graph.outputs:
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
