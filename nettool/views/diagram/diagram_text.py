"""What the drawing of a network says, in Graphviz's HTML-like labels: nodes, frames, caption."""

from collections.abc import Iterable
from html import escape

from nettool.graph.costs import node_costs, total_multiply_adds
from nettool.graph.network import Graph, Group, Node
from nettool.graph.repeats import Repeat, repeated_addresses
from nettool.layers.catalogue import catalogue, family_of, merge_names
from nettool.layers.outcome import shape_text
from nettool.views.diagram.drawn import Drawn, Look
from nettool.views.diagram.layer_text import layer_text
from nettool.views.diagram.losses import DrawnLoss
from nettool.views.style import FAMILIES, LOSS, QUIET_INK
from nettool.views.terminal.summary import count_text, short_count

_LEGEND_LINE, _LEGEND_LINE_OF_SLIDE = 72, 140
"""Letters in a line of the legend."""
FROZEN_SIGN = "❄"


def node_label(node: Node, subject: Drawn, look: Look) -> str:
    """Name, layer in a few words, what the look asks for, roles (`input`, `output`, `shared with …`)."""
    is_input = family_of(node.operation) == "input"
    sign = merge_sign(node.operation)
    lines = [_quiet("input")] if is_input else []
    if sign is not None:
        lines.append(f'<font point-size="15"><b>{sign}</b></font>')
    lines.append(f"<b>{escape(shown_name(node, subject))}</b>")
    if sign is None and not is_input:
        lines.append(escape(telling(node, subject)))
    return _stacked([*lines, *_facts(node, subject, look)])


def merge_sign(operation: str) -> str | None:
    """What stands for a merge in a drawing; None for other layers."""
    layer = catalogue().get(operation)
    return None if layer is None else layer.sign


def box_label(node: Node, subject: Drawn, look: Look) -> str:
    """The same of a closed block or model, which says what it is a use of and how many nodes it holds."""
    lines = [f"<b>{escape(shown_name(node, subject))}</b>"]
    lines.append(escape(box_text(node.operation, subject.boxes[node.name])))
    return _stacked([*lines, *_facts(node, subject, look)])


def loss_label(loss: DrawnLoss) -> str:
    """What measures the error: the Keras class, its target and weight; its name, where it has one."""
    lines = [_quiet("loss"), *([f"<b>{escape(loss.name)}</b>"] if loss.compares else []), escape(loss.text)]
    return _stacked([*lines, *(_quiet(escape(fact)) for fact in loss.facts)])


def box_text(block: str, size: int) -> str:
    """A closed block or model in a few words: `stage, 27 nodes`."""
    return f"{block}, {size} node{'s' if size > 1 else ''}"


def node_facts(node: Node, subject: Drawn, look: Look) -> list[str]:
    """The shape, parameters and multiply-adds as far as the look asks for them and there are any; roles."""
    multiply_adds = subject.costs[node.name].multiply_adds
    facts = [shape_text(node.shape)] if look.shapes else []
    if look.parameters and node.parameter_count != 0:
        facts.append(f"{count_text(node.parameter_count)} parameters")
    if look.multiply_adds and multiply_adds != 0:
        facts.append(f"{short_count(multiply_adds)} mult-adds")
    if node.name in subject.frozen:
        facts.append(f"{FROZEN_SIGN} frozen")
    if node.name in subject.graph.outputs:
        facts.append("output")
    if node.owner is not None:
        facts.append(f"shared with {node.owner}")
    return facts


def telling(node: Node, subject: Drawn) -> str:
    """The layer in a few words; that it is frozen stands among the facts."""
    hidden = {"trainable"} if node.name in subject.frozen else set()
    return layer_text(
        node.operation, {name: node.options[name] for name in node.options if name not in hidden}
    )


def local_name(node: Node) -> str:
    """The name within the innermost block that the node came from."""
    return node.name.removeprefix(f"{node.groups[-1].address}.") if node.groups else node.name


def shown_name(node: Node, subject: Drawn) -> str:
    """The same; of equal ones in a row that are drawn once, the first and the last, and how many they are."""
    repeat = subject.repeats.get(node.name)
    if repeat is None:
        return local_name(node)
    around = f"{node.groups[-1].address}." if node.groups else ""
    return f"{repeated_addresses(repeat).removeprefix(around)}  × {repeat.count}"


def frame_label(group: Group, repeat: Repeat | None) -> str:
    """The address of a use of a block, and the block's name; how many equal ones it stands for."""
    if repeat is None:
        return f'<<font point-size="10"><b>{escape(group.address)}</b> · {escape(group.block)}</font>>'
    addresses = f"<b>{escape(repeated_addresses(repeat))}</b> · {escape(group.block)}"
    return (
        f'<<font point-size="10">{addresses}   <font point-size="13"><b>× {repeat.count}</b></font></font>>'
    )


def caption(subject: Drawn, title: str, look: Look, notes: Iterable[str] = ()) -> str:
    """The title, the size of the network, notes on what is drawn, and a legend of colours and signs."""
    sizes = [_size(subject.whole)]
    if look.multiply_adds:
        sizes.append(f"{_bounded(subject)} multiply-adds")
    lines = [f'<font point-size="17"><b>{escape(title)}</b></font>', _quiet(", ".join(sizes), 11)]
    lines += [_quiet(escape(note)) for note in ([" ".join(notes)] if look.slide and notes else notes)]
    legend = _legend(subject, look) if look.legend else []
    lines += [_quiet(line) for line in _lines(legend, _LEGEND_LINE_OF_SLIDE if look.slide else _LEGEND_LINE)]
    return _stacked([*lines, " "], gap=2)


def _legend(subject: Drawn, look: Look) -> list[tuple[str, str]]:
    """Signs, in their colours, and what they mean."""
    nodes = [node for node in subject.graph.nodes if node.name not in subject.boxes]
    present = {family_of(node.operation) for node in nodes} - {"input", "merging"}
    entries = [(_in(colours.edge, "■"), name) for name, colours in FAMILIES.items() if name in present]
    compared = {loss.name for loss in subject.losses if loss.compares}
    operations = {node.operation for node in nodes if node.name not in compared}
    entries += [(merge_sign(merge) or "", merge) for merge in merge_names() if merge in operations]
    if subject.boxes:
        entries.append(("▣", "closed block or model"))
    if any(repeat.first in _places(subject) for repeat in subject.repeats.values()):
        entries.append(("× N", "so many equal ones in a row, drawn once"))
    if any(node.owner is not None for node in subject.graph.nodes):
        entries.append(("⋯", "the same weights again"))
    if subject.frozen:
        entries.append((FROZEN_SIGN, "frozen (white): training does not change the weights"))
    if subject.losses:
        entries.append((_in(LOSS.edge, "◆"), "loss: where the error is measured"))
    shapes = [node.shape for node in subject.graph.nodes] if look.shapes else []
    if None in shapes:
        entries.append(("?", "not known"))
    if any(shape is not None and None in shape for shape in shapes):
        entries.append(("(?)", "a length that varies"))
    return entries if len(entries) > 1 else []


def _places(subject: Drawn) -> set[str]:
    """The addresses of nodes, boxes and frames."""
    groups = {group.address for node in subject.graph.nodes for group in node.groups}
    return groups | set(subject.graph.by_name)


def _lines(entries: Iterable[tuple[str, str]], longest: int) -> list[str]:
    """The entries of a legend in lines of at most so many letters."""
    lines: list[list[str]] = []
    length = longest
    for sign, meaning in entries:
        length += len(meaning) + 5
        if length > longest:
            lines.append([])
            length = len(meaning) + 5
        lines[-1].append(f"{sign} {escape(meaning)}")
    return ["   ".join(line) for line in lines]


def _in(colour: str, sign: str) -> str:
    return f'<font color="{colour}">{sign}</font>'


def description(graph: Graph) -> str:
    """The drawing in one sentence, for those who cannot see it."""
    ends = f"from {', '.join(graph.inputs)} to {', '.join(graph.outputs)}"
    nodes = f"{graph.node_count:,} node{'' if graph.node_count == 1 else 's'}"
    return f"A network of {nodes} {ends}, with {_size(graph)}."


def _size(graph: Graph) -> str:
    count = graph.parameter_count
    return "an unknown number of parameters" if count is None else f"{count:,} parameters"


def _facts(node: Node, subject: Drawn, look: Look) -> list[str]:
    return [_quiet(escape(fact)) for fact in node_facts(node, subject, look)]


def _bounded(subject: Drawn) -> str:
    total = total_multiply_adds(node_costs(subject.whole))
    return ("" if total.exact is not None else "at least ") + short_count(total.known)


def _quiet(text: str, size: int = 9) -> str:
    return f'<font point-size="{size}" color="{QUIET_INK}">{text}</font>'


def _stacked(lines: Iterable[str], gap: int = 1) -> str:
    """Lines one under the other, `gap` points above and below each: plain line breaks set them too tight."""
    rows = "".join(f'<tr><td cellpadding="{gap}">{line}</td></tr>' for line in lines)
    return f'<<table border="0" cellborder="0" cellspacing="0">{rows}</table>>'
