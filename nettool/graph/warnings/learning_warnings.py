"""Warnings about what never learns although it looks as if it did."""

from collections.abc import Iterable, Iterator

from nettool.diagnostics.diagnostic import Diagnostic, Label
from nettool.graph.network import Node
from nettool.graph.warnings.subject import Subject, warning

_BY_FUNCTION = {"softmax": "categorical_crossentropy", "sigmoid": "binary_crossentropy"}

_BOTH = "`mean: 0.5` and `variance: 0.08`"


def never_learning(subject: Subject) -> Iterator[Diagnostic]:
    """Outputs without a loss that counts, and with layers to train which lead to no other loss."""
    if not subject.losses:
        return
    heard = [loss for loss in subject.losses if loss.weight > 0]
    with_loss = {loss.output for loss in heard}
    weightless = {loss.output: loss for loss in subject.losses}
    ends = {end for loss in heard for end in loss.between or (loss.output,)}
    learning = {_layer(node) for node in _before(subject, ends)}
    for output in subject.graph.outputs:
        if output in with_loss:
            continue
        idle = [node for node in _before(subject, [output]) if _trains(node) and _layer(node) not in learning]
        if not idle:
            continue
        last = subject.last_function(output)
        loss = _BY_FUNCTION.get("linear" if last is None else last.name, "mean_squared_error")
        place, why, label = subject.nodes[output].span, "it has no loss", "an output without a loss"
        advice = f"write `{output}: {loss}` under `losses:`"
        if output in weightless:
            place, why, label = weightless[output].span, "its loss has the weight 0", "counts for nothing"
            advice = "leave `weight` out"
        yield warning(
            "NT425",
            f"`{output}` never learns: {why}, and no other loss trains `{idle[-1].name}`",
            place,
            label,
            () if idle[-1].span == subject.nodes[output].span else (Label(idle[-1].span, "is not trained"),),
            f"{advice}, or delete `{output}` from `outputs`",
        )


def idle_normalization(subject: Subject) -> Iterator[Diagnostic]:
    """A Normalization without mean and variance: Keras would learn them in `adapt`, which is never called."""
    for node in subject.graph.nodes:
        given = {"mean", "variance"} & {*node.options, *node.values}
        if node.operation != "Normalization" or node.owner is not None or given:
            continue
        yield warning(
            "NT334",
            f"`{node.name}` does nothing: a Normalization without mean and variance changes no value",
            node.span,
            "no `mean`, no `variance`",
            advice=_instead(node) if subject.document.data is not None else f"write {_BOTH}",
        )


def _instead(node: Node) -> str:
    return f"write `normalize: standard` under `data:` and delete `{node.name}`, or give both: {_BOTH}"


def _before(subject: Subject, ends: Iterable[str]) -> list[Node]:
    """The nodes that lead to these, and these, from the last one back."""
    found: dict[str, Node] = {}
    waiting = list(ends)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = subject.nodes[name]
            waiting += subject.nodes[name].inputs
    return list(found.values())


def _layer(node: Node) -> str:
    return node.owner or node.name


def _trains(node: Node) -> bool:
    return any(weight.trainable for weight in node.weights or ())
