"""What the drawing of a network says, in Graphviz's HTML-like labels: nodes, frames, caption."""

from collections.abc import Iterable
from html import escape

from nettool.graph.costs import Cost, total_multiply_adds
from nettool.graph.network import Graph, Group, Node
from nettool.layers.catalogue import catalogue, family_of, merge_names
from nettool.layers.outcome import shape_text
from nettool.views.diagram.drawn import Drawn, Look
from nettool.views.diagram.layer_text import layer_text
from nettool.views.style import FAMILIES, QUIET_INK
from nettool.views.terminal.summary import count_text, short_count

_FAMILIES_PER_LINE = 4


def node_label(node: Node, cost: Cost, look: Look, *, is_output: bool) -> str:
    """Name, layer in a few words, what the look asks for, roles (`input`, `output`, `shared with …`)."""
    is_input = family_of(node.operation) == "input"
    sign = merge_sign(node.operation)
    lines = [_quiet("input")] if is_input else []
    if sign is not None:
        lines.append(f'<font point-size="15"><b>{sign}</b></font>')
    lines.append(f"<b>{escape(local_name(node))}</b>")
    if sign is None and not is_input:
        lines.append(escape(layer_text(node.operation, node.options)))
    return _stacked([*lines, *_facts(node, cost, look), *_roles(node, is_output)])


def merge_sign(operation: str) -> str | None:
    """What stands for a merge in a drawing; None for other layers."""
    layer = catalogue().get(operation)
    return None if layer is None else layer.sign


def box_label(node: Node, size: int, cost: Cost, look: Look, *, is_output: bool) -> str:
    """The same of a closed block or model, which says what it is a use of and how many nodes it holds."""
    lines = [f"<b>{escape(local_name(node))}</b>", escape(box_text(node.operation, size))]
    return _stacked([*lines, *_facts(node, cost, look), *_roles(node, is_output)])


def box_text(block: str, size: int) -> str:
    """A closed block or model in a few words: `stage, 27 nodes`."""
    return f"{block}, {size} node{'s' if size > 1 else ''}"


def node_facts(node: Node, cost: Cost, look: Look) -> list[str]:
    """The shape, parameters and multiply-adds as far as the look asks for them and there are any."""
    facts = [shape_text(node.shape)] if look.shapes else []
    if look.parameters and node.parameter_count != 0:
        facts.append(f"{count_text(node.parameter_count)} parameters")
    if look.multiply_adds and cost.multiply_adds != 0:
        facts.append(f"{short_count(cost.multiply_adds)} mult-adds")
    return facts


def local_name(node: Node) -> str:
    """The name within the innermost block that the node came from."""
    return node.name.removeprefix(f"{node.groups[-1].address}.") if node.groups else node.name


def frame_label(group: Group) -> str:
    """The address of a use of a block, and the block's name."""
    return f'<<font point-size="10"><b>{escape(group.address)}</b> · {escape(group.block)}</font>>'


def caption(subject: Drawn, title: str, look: Look) -> str:
    """The title, the size of the network and a legend: which colour is which family, what signs mean."""
    sizes = [_size(subject.whole)]
    if look.multiply_adds:
        sizes.append(f"{_bounded(subject)} multiply-adds")
    lines = [f'<font point-size="17"><b>{escape(title)}</b></font>', _quiet(", ".join(sizes), 11)]
    legend = _legend(subject) if look.legend else []
    starts = range(0, len(legend), _FAMILIES_PER_LINE)
    lines += [_quiet("   ".join(legend[start : start + _FAMILIES_PER_LINE])) for start in starts]
    return _stacked([*lines, " "], gap=2)


def _legend(subject: Drawn) -> list[str]:
    nodes = [node for node in subject.graph.nodes if node.name not in subject.boxes]
    present = {family_of(node.operation) for node in nodes} - {"input", "merging"}
    entries = [
        f'<font color="{colours.edge}">■</font> {family}'
        for family, colours in FAMILIES.items()
        if family in present
    ]
    operations = {node.operation for node in nodes}
    entries += [f"{merge_sign(merge)} {merge}" for merge in merge_names() if merge in operations]
    if subject.boxes:
        entries.append("▣ closed block or model")
    if any(node.owner is not None for node in subject.graph.nodes):
        entries.append("⋯ the same weights again")
    return entries if len(entries) > 1 else []


def description(graph: Graph) -> str:
    """The drawing in one sentence, for those who cannot see it."""
    ends = f"from {', '.join(graph.inputs)} to {', '.join(graph.outputs)}"
    nodes = f"{graph.node_count:,} node{'' if graph.node_count == 1 else 's'}"
    return f"A network of {nodes} {ends}, with {_size(graph)}."


def _size(graph: Graph) -> str:
    count = graph.parameter_count
    return "an unknown number of parameters" if count is None else f"{count:,} parameters"


def _facts(node: Node, cost: Cost, look: Look) -> list[str]:
    return [_quiet(fact) for fact in node_facts(node, cost, look)]


def _roles(node: Node, is_output: bool) -> list[str]:
    roles = ["output"] if is_output else []
    if node.owner is not None:
        roles.append(f"shared with {escape(node.owner)}")
    return [_quiet(role) for role in roles]


def _bounded(subject: Drawn) -> str:
    total = total_multiply_adds(subject.costs)
    return ("" if total.exact is not None else "at least ") + short_count(total.known)


def _quiet(text: str, size: int = 9) -> str:
    return f'<font point-size="{size}" color="{QUIET_INK}">{text}</font>'


def _stacked(lines: Iterable[str], gap: int = 1) -> str:
    """Lines one under the other, `gap` points above and below each: plain line breaks set them too tight."""
    rows = "".join(f'<tr><td cellpadding="{gap}">{line}</td></tr>' for line in lines)
    return f'<<table border="0" cellborder="0" cellspacing="0">{rows}</table>>'
