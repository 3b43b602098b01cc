"""Calls → nodes: shapes and weights by the layers' rules; what cannot be is reported with both parties."""

from collections.abc import Iterator
from dataclasses import replace

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.graph.expand.calls import INNER_LAYER, Call, Expansion
from nettool.graph.expand.literal_weights import literal_weights
from nettool.graph.expand.references import References
from nettool.graph.expand.scope import Scope
from nettool.graph.network import Node
from nettool.graph.options.check_value import check_value
from nettool.graph.options.option_values import has_expression
from nettool.layers.catalogue import catalogue
from nettool.layers.infer import infer
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight, shape_text
from nettool.spec.document import Document
from nettool.spec.network.inputs import InputEntry
from nettool.spec.yaml.flow import yaml_flow
from nettool.spec.yaml.tree import part

_CODES = {"merge": "NT311", "rank": "NT312", "size": "NT313", "option": "NT314", "count": "NT315"}


def infer_nodes(
    document: Document, expansion: Expansion, calls: tuple[Call, ...], findings: Findings
) -> tuple[Node, ...]:
    """The network's nodes, inputs first. A node of unknown shape keeps quiet what follows from it."""
    nodes: dict[str, Node] = {}
    for entry in document.inputs:
        shape = None if entry.shape is None else entry.shape.value
        options = {} if entry.batch_size is None else {"batch_size": entry.batch_size}
        nodes[entry.name.value] = Node(
            entry.name.value, "InputLayer", options, (), entry.name.span, shape, (), dtype=entry.dtype
        )
    for call in calls:
        nodes[call.name] = _node(call, nodes, document.inputs, findings)
    check_model_inputs(expansion.top, expansion.references, nodes, findings)
    return tuple(nodes.values())


def _node(call: Call, nodes: dict[str, Node], inputs: tuple[InputEntry, ...], findings: Findings) -> Node:
    owner = None if call.owner is None else nodes[call.owner]
    shape, weights = None, None
    shapes = [nodes[source].shape if source in nodes else None for source in call.sources]
    known = tuple(shape for shape in shapes if shape is not None)
    sound = call.sound and _values_fit(call, findings)
    if sound and len(known) == len(shapes):
        outcome = infer(call.operation, known, call.options)
        if isinstance(outcome, Refusal):
            refused = _refused(call, outcome, known, nodes)
            batch_advice = _without_batch(call, outcome, known, inputs)
            findings.add(refused if batch_advice is None else replace(refused, help=batch_advice))
        elif outcome is not None:
            shape, weights = _accepted(call, outcome, owner, known, findings)
    if call.operation == INNER_LAYER:
        weights = ()
    values = literal_weights(call.entry, weights, findings) if call.sound else {}
    return Node(
        call.name,
        call.operation,
        call.options,
        call.sources,
        call.entry.name.span,
        shape,
        weights,
        owner=owner.name if owner is not None else None,
        values=values,
        application=call.entry.kind == "application" and call.operation != INNER_LAYER,
        groups=call.groups,
    )


def _values_fit(call: Call, findings: Findings) -> bool:
    """Check the values that depend on a block's options: only now do they have a value."""
    fits = True
    for key, option in call.entry.options.items():
        if key in call.options and has_expression(option):
            # A class of the user's own takes what it takes.
            fits &= call.operation not in catalogue() or check_value(
                "layers", call.operation, option, call.options[key], findings
            )
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
            () if owner.span == call.entry.name.span else (Label(owner.span, "its weights were made here"),),
            _use_notes(call),
            help="a shared layer needs inputs of one size: use a layer for each, or change them to one size",
        )
    )
    return None, None


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
    notes += _use_notes(call)
    return Diagnostic(
        _CODES[refusal.kind],
        f"`{call.entry.name.value}` {refusal.message}",
        call.entry.name.span if option is None else part(option.value, refusal.within).span,
        refusal.label,
        tuple({label.span: label for label in labels}.values()),
        tuple(dict.fromkeys(notes)),
        refusal.help,
    )


def _without_batch(
    call: Call, refusal: Refusal, shapes: tuple[Shape, ...], inputs: tuple[InputEntry, ...]
) -> str | None:
    """For a layer that would take an input without its first, open axis: that this is the batch."""
    entry = next((each for each in inputs if call.sources == (each.name.value,)), None)
    if entry is None or refusal.kind != "rank" or shapes[0][:1] != (None,):
        return None
    rest = shapes[0][1:]
    if isinstance(infer(call.operation, (rest,), call.options), Refusal):
        return None
    place = f"inputs.{entry.name.value}" if entry.shape_key == "shape" else "inputs"
    return f"leave the batch out: write `{entry.shape_key}: {yaml_flow(rest)}` under `{place}`"


def _use_notes(call: Call) -> tuple[str, ...]:
    """Where the block or model is used that the call stands in."""
    if call.use is None:
        return ()
    group = call.groups[-1]
    kind = "model" if group.is_model else "block"
    return (f"in `{group.address}`, a use of the {kind} `{group.block}` (line {call.use.name.span.line})",)


def check_model_inputs(
    top: Scope, references: References, nodes: dict[str, Node], findings: Findings
) -> None:
    """Report every input of a model that gets another shape than it states."""
    for scope in _inside(top):
        block = scope.block
        if block is None or scope.use is None:
            continue
        for name, stated in block.input_shapes.items():
            outside = scope.inputs.get(name, "")
            address = outside if isinstance(outside, str) else references.address(*outside)
            node = nodes.get(address or "")
            if node is None or node.shape is None or _agree(node.shape, stated.value):
                continue
            message = (
                f"`{scope.use.name.value}` feeds {shape_text(node.shape)} to the model `{block.name.value}`, "
                f"whose `{name}` takes {shape_text(stated.value)}"
            )
            labels = (
                Label(node.span, f"gives {shape_text(node.shape)}"),
                Label(stated.span, f"`{name}` takes {shape_text(stated.value)}"),
            )
            findings.add(Diagnostic("NT317", message, scope.use.name.span, labels=labels))


def _inside(scope: Scope) -> Iterator[Scope]:
    for member in scope.members.values():
        for place in member.copies:
            if isinstance(place, Scope):
                yield place
                yield from _inside(place)


def _agree(given: Shape, stated: Shape) -> bool:
    return len(given) == len(stated) and all(
        ours is None or theirs is None or ours == theirs for ours, theirs in zip(given, stated, strict=True)
    )
