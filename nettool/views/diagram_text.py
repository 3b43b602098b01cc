"""What the drawing of a network says, in Graphviz's HTML-like labels: nodes, frames, caption."""

from collections.abc import Iterable
from html import escape

from nettool.graph.network import Graph, Group, Node
from nettool.layers.outcome import shape_text
from nettool.views.families import family_of
from nettool.views.layer_text import layer_text
from nettool.views.style import FAMILIES, QUIET_INK

MERGE_SIGNS = {
    "Add": "+",
    "Subtract": "−",
    "Multiply": "×",
    "Average": "avg",
    "Maximum": "max",
    "Minimum": "min",
    "Concatenate": "‖",
    "Dot": "·",
}
_FAMILIES_PER_LINE = 4


def node_label(node: Node, is_output: bool) -> str:
    """Name, layer in a few words and output shape; roles (`input`, `output`, `shared with …`) in words."""
    is_input = family_of(node.operation) == "input"
    sign = MERGE_SIGNS.get(node.operation)
    lines = [_quiet("input")] if is_input else []
    if sign is not None:
        lines.append(f'<font point-size="15"><b>{sign}</b></font>')
    lines.append(f"<b>{escape(local_name(node))}</b>")
    if sign is None and not is_input:
        lines.append(escape(layer_text(node.operation, node.options)))
    lines.append(_quiet(shape_text(node.shape)))
    if is_output:
        lines.append(_quiet("output"))
    if node.owner is not None:
        lines.append(_quiet(f"shared with {escape(node.owner)}"))
    return _stacked(lines)


def local_name(node: Node) -> str:
    """The name within the innermost block that the node came from."""
    return node.name.removeprefix(f"{node.groups[-1].address}.") if node.groups else node.name


def frame_label(group: Group) -> str:
    """The address of a use of a block, and the block's name."""
    return f'<<font point-size="10"><b>{escape(group.address)}</b> · {escape(group.block)}</font>>'


def caption(graph: Graph, title: str) -> str:
    """The title, the number of parameters and which colour is which family."""
    lines = [f'<font point-size="17"><b>{escape(title)}</b></font>', _quiet(_size(graph), 11)]
    present = {family_of(node.operation) for node in graph.nodes} - {"input", "merging"}
    legend = [
        f'<font color="{colours.edge}">■</font> {family}'
        for family, colours in FAMILIES.items()
        if family in present
    ]
    if len(legend) > 1:
        starts = range(0, len(legend), _FAMILIES_PER_LINE)
        lines += [_quiet("   ".join(legend[start : start + _FAMILIES_PER_LINE])) for start in starts]
    return _stacked([*lines, " "], gap=2)


def description(graph: Graph) -> str:
    """The drawing in one sentence, for those who cannot see it."""
    ends = f"from {', '.join(graph.inputs)} to {', '.join(graph.outputs)}"
    return f"A network of {len(graph.nodes)} nodes {ends}, with {_size(graph)}."


def _size(graph: Graph) -> str:
    count = graph.parameter_count
    return "an unknown number of parameters" if count is None else f"{count:,} parameters"


def _quiet(text: str, size: int = 9) -> str:
    return f'<font point-size="{size}" color="{QUIET_INK}">{text}</font>'


def _stacked(lines: Iterable[str], gap: int = 1) -> str:
    """Lines one under the other, `gap` points above and below each: plain line breaks set them too tight."""
    rows = "".join(f'<tr><td cellpadding="{gap}">{line}</td></tr>' for line in lines)
    return f'<<table border="0" cellborder="0" cellspacing="0">{rows}</table>>'
