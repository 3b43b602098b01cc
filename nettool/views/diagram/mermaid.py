"""The network as a Mermaid flowchart: text that GitHub, GitLab and many notebooks draw where it stands."""

from collections.abc import Iterable, Iterator

from nettool.graph.network import Graph, Group, Node
from nettool.layers.catalogue import family_of
from nettool.views.diagram.diagram_text import box_text, description, local_name, merge_sign, node_facts
from nettool.views.diagram.drawn import Direction, Drawn, Look, drawn
from nettool.views.diagram.layer_text import layer_text
from nettool.views.style import CLUSTER_FILLS, FAMILIES, INK, QUIET_INK, RULE

_DIRECTIONS: dict[Direction, str] = {"top-down": "TB", "left-right": "LR"}
_SIGNS = {"#": "#35;", "&": "#amp;", "<": "#lt;", ">": "#gt;", '"': "#quot;", "`": "#96;"}
_OUTLINES = {"merge": ('(("', '"))'), "box": ('[["', '"]]'), "layer": ('("', '")')}
_BOX_STYLE = f"fill:{CLUSTER_FILLS[0]},stroke:{QUIET_INK},color:{INK},stroke-width:3px"


def mermaid(graph: Graph, title: str | None = None, look: Look | None = None) -> str:
    """The flowchart with its title and a description for those who cannot see it."""
    look = look or Look()
    subject = drawn(graph, look.depth)
    numbers = {node.name: f"n{number}" for number, node in enumerate(subject.graph.nodes)}
    shown = title or graph.name
    lines = ["---", f"title: {_yaml(shown)}", "---", f"flowchart {_DIRECTIONS[look.direction]}"]
    lines += [f"  accTitle: {_one_line(shown)}", f"  accDescr: {_one_line(description(graph))}"]
    lines += _nodes(subject.graph.nodes, subject, look, numbers, depth=0)
    for node in subject.graph.nodes:
        lines += [f"  {numbers[source]} --> {numbers[node.name]}" for source in node.inputs]
        lines += [f"  {numbers[node.owner]} -.- {numbers[node.name]}"] if node.owner is not None else []
    return "\n".join([*lines, *_styles(subject, numbers)]) + "\n"


def _nodes(
    nodes: Iterable[Node], subject: Drawn, look: Look, numbers: dict[str, str], depth: int
) -> Iterator[str]:
    indent = "  " * (depth + 1)
    framed: dict[Group, list[Node]] = {}
    for node in nodes:
        if len(node.groups) > depth:
            framed.setdefault(node.groups[depth], []).append(node)
        else:
            yield f"{indent}{numbers[node.name]}{_label(node, subject, look)}"
    for group, members in framed.items():
        name = group.address.removeprefix(f"{members[0].groups[depth - 1].address}." if depth else "")
        yield f'{indent}subgraph {_frame(members[0], depth, numbers)}["{_text(f"{name} · {group.block}")}"]'
        yield from _nodes(members, subject, look, numbers, depth + 1)
        yield f"{indent}end"


def _frame(first: Node, depth: int, numbers: dict[str, str]) -> str:
    """What the frame of a block is called, by the first node in it."""
    return f"{numbers[first.name]}_{depth}"


def _label(node: Node, subject: Drawn, look: Look) -> str:
    size = subject.boxes.get(node.name)
    sign = None if size is not None else merge_sign(node.operation)
    lines = [f"<b>{_text(local_name(node))}</b>"]
    if sign is not None:
        lines.insert(0, sign)
    elif size is not None:
        lines.append(_text(box_text(node.operation, size)))
    elif node.operation != "InputLayer":
        lines.append(_text(layer_text(node.operation, node.options)))
    lines += [_text(fact) for fact in node_facts(node, subject.costs[node.name], look)]
    if node.owner is not None:
        lines.append(f"shared with {_text(node.owner)}")
    opening, closing = _OUTLINES["merge" if sign is not None else "box" if size is not None else "layer"]
    return opening + "<br>".join(lines) + closing


def _styles(subject: Drawn, numbers: dict[str, str]) -> Iterator[str]:
    members: dict[str, list[str]] = {}
    for node in subject.graph.nodes:
        kind = "box" if node.name in subject.boxes else family_of(node.operation)
        members.setdefault(kind, []).append(numbers[node.name])
    for kind, names in members.items():
        colours = FAMILIES.get(kind)
        style = _BOX_STYLE if colours is None else f"fill:{colours.fill},stroke:{colours.edge},color:{INK}"
        yield f"  classDef {kind} {style}"
        yield f"  class {','.join(names)} {kind}"
    frames = {
        group: _frame(node, depth, numbers)
        for node in reversed(subject.graph.nodes)
        for depth, group in enumerate(node.groups)
    }
    if frames:
        yield f"  classDef frame fill:{CLUSTER_FILLS[0]},stroke:{RULE},color:{INK}"
        yield f"  class {','.join(sorted(frames.values()))} frame"
    ends = [numbers[name] for name in (*subject.graph.inputs, *subject.graph.outputs)]
    yield f"  classDef end_of_network stroke:{INK},stroke-width:3px"
    yield f"  class {','.join(dict.fromkeys(ends))} end_of_network"


def _text(text: str) -> str:
    """The text within a label, in which Mermaid writes signs of its own as `#…;`."""
    return "".join(_SIGNS.get(letter, letter) for letter in text)


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("#", "")


def _yaml(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
