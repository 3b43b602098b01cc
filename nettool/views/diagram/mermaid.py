"""The network as a Mermaid flowchart: text that GitHub, GitLab and many notebooks draw where it stands."""

from collections.abc import Iterable, Iterator, Sequence

from nettool.graph.network import Graph, Group, Node
from nettool.graph.objectives import Loss
from nettool.graph.repeats import repeated_addresses
from nettool.layers.catalogue import family_of
from nettool.views.diagram.diagram_text import (
    box_text,
    description,
    merge_sign,
    node_facts,
    shown_name,
    telling,
)
from nettool.views.diagram.draw_dot import fonts_for_graphviz
from nettool.views.diagram.drawn import Direction, Drawn, Look
from nettool.views.diagram.fit_page import fitted
from nettool.views.diagram.losses import DrawnLoss
from nettool.views.style import CLUSTER_FILLS, FAMILIES, INK, LOSS, PAPER, QUIET_INK, RULE

_DIRECTIONS: dict[Direction, str] = {"top-down": "TB", "left-right": "LR"}
_SIGNS = {"#": "#35;", "&": "#amp;", "<": "#lt;", ">": "#gt;", '"': "#quot;", "`": "#96;"}
_OUTLINES = {"merge": ('(("', '"))'), "box": ('[["', '"]]'), "layer": ('("', '")')}
_BOX_STYLE = f"fill:{CLUSTER_FILLS[0]},stroke:{QUIET_INK},color:{INK},stroke-width:3px"


def mermaid(
    graph: Graph, title: str | None = None, look: Look | None = None, losses: Sequence[Loss] = ()
) -> str:
    """The flowchart with its title and a description for those who cannot see it."""
    look = look or Look()
    shown = title or graph.name
    with fonts_for_graphviz():
        found = fitted(graph, look, shown, losses)
    subject = found.subject
    numbers = {node.name: f"n{number}" for number, node in enumerate(subject.graph.nodes)}
    at_outputs = [loss for loss in subject.losses if not loss.compares]
    compared = {loss.name for loss in subject.losses if loss.compares}
    lines = ["---", f"title: {_yaml(shown)}", "---", f"flowchart {_DIRECTIONS[found.direction]}"]
    lines += [f"  accTitle: {_one_line(shown)}", f"  accDescr: {_one_line(description(graph))}"]
    lines += _nodes(subject.graph.nodes, subject, look, numbers, depth=0)
    for node in subject.graph.nodes:
        arrow = "-.->" if node.name in compared else "-->"
        lines += [f"  {numbers[source]} {arrow} {numbers[node.name]}" for source in node.inputs]
        lines += [f"  {numbers[node.owner]} -.- {numbers[node.name]}"] if node.owner is not None else []
    for number, loss in enumerate(at_outputs):
        lines += [f"  l{number}{_loss(loss)}", f"  {numbers[loss.at]} -.-> l{number}"]
    losses_drawn = [
        *(f"l{number}" for number in range(len(at_outputs))),
        *(numbers[name] for name in sorted(compared)),
    ]
    return "\n".join([*lines, *_styles(subject, numbers, losses_drawn)]) + "\n"


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
        repeat = subject.repeats.get(group.address)
        if repeat is not None:
            name = f"{repeated_addresses(repeat)} × {repeat.count}"
        yield f'{indent}subgraph {_frame(members[0], depth, numbers)}["{_text(f"{name} · {group.block}")}"]'
        yield from _nodes(members, subject, look, numbers, depth + 1)
        yield f"{indent}end"


def _frame(first: Node, depth: int, numbers: dict[str, str]) -> str:
    """What the frame of a block is called, by the first node in it."""
    return f"{numbers[first.name]}_{depth}"


def _label(node: Node, subject: Drawn, look: Look) -> str:
    loss = next((loss for loss in subject.losses if loss.name == node.name), None)
    if loss is not None:
        return _loss(loss)
    size = subject.boxes.get(node.name)
    sign = None if size is not None else merge_sign(node.operation)
    lines = [f"<b>{_text(shown_name(node, subject))}</b>"]
    if sign is not None:
        lines.insert(0, sign)
    elif size is not None:
        lines.append(_text(box_text(node.operation, size)))
    elif node.operation != "InputLayer":
        lines.append(_text(telling(node, subject)))
    lines += [_text(fact) for fact in node_facts(node, subject, look)]
    opening, closing = _OUTLINES["merge" if sign is not None else "box" if size is not None else "layer"]
    return opening + "<br>".join(lines) + closing


def _loss(loss: DrawnLoss) -> str:
    lines = ["loss", *([f"<b>{_text(loss.name)}</b>"] if loss.compares else []), _text(loss.text)]
    return f'["{"<br>".join([*lines, *map(_text, loss.facts)])}"]'


def _styles(subject: Drawn, numbers: dict[str, str], losses: list[str]) -> Iterator[str]:
    members: dict[str, list[str]] = {}
    for node in subject.graph.nodes:
        if numbers[node.name] in losses:
            continue
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
    if losses:
        yield f"  classDef loss fill:{LOSS.fill},stroke:{LOSS.edge},color:{INK}"
        yield f"  class {','.join(losses)} loss"
    if subject.frozen:
        yield f"  classDef frozen fill:{PAPER}"
        frozen = [numbers[node.name] for node in subject.graph.nodes if node.name in subject.frozen]
        yield f"  class {','.join(frozen)} frozen"
    ends = [numbers[name] for name in (*subject.graph.inputs, *subject.graph.outputs)]
    ends = [name for name in ends if name not in losses]
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
