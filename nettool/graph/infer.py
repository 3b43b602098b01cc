"""Calls → nodes: shapes and weights by the layers' rules; what cannot be is reported with both parties."""

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.graph.check_entries import check_value
from nettool.graph.expand import Call
from nettool.graph.network import Node
from nettool.graph.option_values import has_expression
from nettool.layers.infer import infer
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight, shape_text
from nettool.spec.document import Document

_CODES = {"merge": "NT311", "rank": "NT312", "size": "NT313", "option": "NT314", "count": "NT315"}


def infer_nodes(document: Document, calls: tuple[Call, ...], findings: Findings) -> tuple[Node, ...]:
    """The network's nodes, inputs first. A node of unknown shape keeps quiet what follows from it."""
    nodes: dict[str, Node] = {}
    for entry in document.inputs:
        shape = None if entry.shape is None else entry.shape.value
        node = Node(entry.name.value, "InputLayer", {}, (), entry.name.span, shape, (), dtype=entry.dtype)
        nodes[node.name] = node
    for call in calls:
        nodes[call.name] = _node(call, nodes, findings)
    return tuple(nodes.values())


def _node(call: Call, nodes: dict[str, Node], findings: Findings) -> Node:
    owner = nodes.get(call.owner) if call.owner is not None else None
    while owner is not None and owner.owner is not None:
        owner = nodes[owner.owner]
    is_input = owner is not None and owner.operation == "InputLayer"
    if is_input:
        _reuses_input(call, findings)
    operation = owner.operation if owner is not None and not is_input else call.operation
    options = owner.options if owner is not None else call.options
    shape, weights = None, None
    shapes = [nodes[source].shape if source in nodes else None for source in call.sources]
    known = tuple(shape for shape in shapes if shape is not None)
    sound = call.sound and not is_input and (owner is not None or _values_fit(call, findings))
    if sound and len(known) == len(shapes):
        outcome = infer(operation, known, options)
        if isinstance(outcome, Refusal):
            findings.add(_refused(call, outcome, known, nodes))
        elif outcome is not None:
            shape, weights = _accepted(call, outcome, owner, known, findings)
    return Node(
        call.name,
        operation,
        options,
        call.sources,
        call.entry.name.span,
        shape,
        weights,
        owner=owner.name if owner is not None else None,
        groups=call.groups,
    )


def _values_fit(call: Call, findings: Findings) -> bool:
    """Check the values that depend on a block's options: only now do they have a value."""
    fits = True
    for key, option in call.entry.options.items():
        if key in call.options and has_expression(option):
            fits &= check_value("layers", call.operation, option, call.options[key], findings)
    return fits


def _accepted(
    call: Call, outcome: Outcome, owner: Node | None, shapes: tuple[Shape, ...], findings: Findings
) -> tuple[Shape | None, tuple[Weight, ...] | None]:
    if owner is None or owner.weights is None or owner.weights == outcome.weights:
        return outcome.shape, outcome.weights
    got = ", ".join(shape_text(shape) for shape in shapes)
    findings.add(
        Diagnostic(
            "NT316",
            f"`{call.name}` cannot apply the layer of `{owner.name}` to {got}",
            call.entry.name.span,
            f"gets {got}",
            (Label(owner.span, "its weights were made for another size here"),),
            help="a shared layer needs inputs of one size: give each its own, or bring them to one size",
        )
    )
    return None, None


def _reuses_input(call: Call, findings: Findings) -> None:
    message = f"`{call.entry.target.value}` is an input, not a layer: there is nothing to reuse"
    findings.add(Diagnostic("NT316", message, call.entry.target.span))


def _refused(call: Call, refusal: Refusal, shapes: tuple[Shape, ...], nodes: dict[str, Node]) -> Diagnostic:
    option = call.entry.options.get(refusal.option) if refusal.option is not None else None
    labels: list[Label] = []
    notes: list[str] = []
    for position in refusal.parties or range(len(call.sources)):
        source, text = call.sources[position], shape_text(shapes[position])
        written = call.references[position].value if position < len(call.references) else source
        labels.append(Label(nodes[source].span, f"gives {text}"))
        if written.split(".")[-1] != source.split(".")[-1]:
            notes.append(f"`{written}` is `{source}`, {text}")
    if call.use is not None:
        address = call.groups[-1].address
        block = call.groups[-1].block
        notes.append(f"in `{address}`, a use of the block `{block}` (line {call.use.name.span.line})")
    return Diagnostic(
        _CODES[refusal.kind],
        f"`{call.entry.name.value}` {refusal.message}",
        option.value.span if option is not None else call.entry.name.span,
        refusal.label,
        tuple({label.span: label for label in labels}.values()),
        tuple(dict.fromkeys(notes)),
        refusal.help,
    )
