"""Warnings about masks: one that a layer destroys on the way to a layer that needs it."""

from collections.abc import Iterator, Mapping

from nettool.diagnostics.diagnostic import Diagnostic, Label
from nettool.graph.check.mask_flow import Mask, mask_flow
from nettool.graph.network import Node
from nettool.graph.warnings.subject import Subject, warning
from nettool.layers.catalogue import catalogue
from nettool.layers.masks import turns_steps

_READS = "reads the masked steps too"


def masks_lost(subject: Subject) -> Iterator[Diagnostic]:
    """Each node that destroys a mask which a layer after it, or the loss of an output, needs."""
    flow = mask_flow(subject.graph)
    lost: dict[str, Mask] = {}
    needed: dict[str, dict[str, Label]] = {}
    missed = [(mask, f"`{node.name}`", Label(node.span, _READS)) for mask, node in flow.missed]
    for loss in subject.losses:
        mask = flow.after.get(loss.output)
        if mask is not None and loss.between is None and _same_steps(subject.nodes[loss.output], mask.made):
            missed.append((mask, f"the loss of `{loss.output}`", Label(loss.span, _READS)))
    for mask, who, label in missed:
        if mask.lost_at is not None:
            lost[mask.lost_at.name] = mask
            needed.setdefault(mask.lost_at.name, {})[who] = label
    for name, mask in lost.items():
        yield _lost_mask(subject, mask, needed[name], flow.after)


def _same_steps(output: Node, made: Node) -> bool:
    shape, steps = output.shape or (), made.shape or ()
    return len(shape) > 1 and shape[:1] == steps[:1]


def _lost_mask(
    subject: Subject, mask: Mask, needed: Mapping[str, Label], masks: Mapping[str, Mask]
) -> Diagnostic:
    node, made = mask.lost_at, mask.made
    assert node is not None
    place = f"`{node.name}`"
    own = place in needed
    others = [who for who in needed if who != place]
    verb = "reads" if len(others) == 1 else "read"
    message = (
        f"{place} reads the masked steps too: {node.operation} cannot use the mask of `{made.name}`"
        if own
        else f"{place} loses the mask of `{made.name}`: {_joined(others)} {verb} the masked steps too"
    )
    unmasked = [name for name in node.inputs if name not in masks] if len(node.inputs) > 1 else []
    labels = {made.span: Label(made.span, "makes the mask")}
    labels |= {
        subject.nodes[name].span: Label(subject.nodes[name].span, "has no mask") for name in unmasked[:2]
    }
    labels |= {needed[who].span: needed[who] for who in others[:2]}
    labels.pop(node.span, None)
    return warning(
        "NT333",
        message,
        node.span,
        _why(node, own, unmasked),
        tuple(labels.values()),
        _advice(node, others, unmasked),
    )


def _why(node: Node, own: bool, unmasked: list[str]) -> str:
    if unmasked:
        return "one of its inputs has no mask"
    if turns_steps(node.options):
        return "turns the steps round, but not their mask"
    return f"{node.operation} {'uses no mask' if own else 'hands no mask on'}"


def _joined(names: list[str]) -> str:
    rest = len(names) - 2
    return " and ".join([*names[:2], *([f"{rest} more"] if rest > 0 else [])])


def _advice(node: Node, others: list[str], unmasked: list[str]) -> str:
    counterpart = catalogue()[node.operation].masked_by
    if counterpart is not None:
        return f"write `layer: {counterpart}`, which can use the mask"
    if turns_steps(node.options):
        return "write a `Bidirectional`, or `go_backwards` in a layer without `return_sequences`"
    if not others:
        return "write `axis: -1`, which looks at each step by itself"
    if unmasked:
        return f"give `{unmasked[0]}` a mask too, or merge after {_joined(others)}"
    return f"put {_joined(others)} before `{node.name}`, or give all sequences one length"
