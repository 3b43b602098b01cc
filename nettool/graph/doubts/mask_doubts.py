"""Doubts about masks: one that a layer destroys on the way to a layer that needs it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from nettool.diagnostics.diagnostic import Diagnostic, Label
from nettool.graph.doubts.subject import Subject
from nettool.graph.doubts.warning import warning
from nettool.graph.network import Node
from nettool.layers.catalogue import catalogue
from nettool.layers.masks import ATTENTION, WITHOUT_MASK, Treatment, joins_sequences, treatment

_COUNTERPARTS = {
    "RMSNormalization": "LayerNormalization",
    "EinsumDense": "Dense",
    **dict.fromkeys(WITHOUT_MASK, "GlobalAveragePooling1D"),
}
"""For layers that destroy a mask those that do much the same and can use it."""


@dataclass(frozen=True, slots=True)
class _Mask:
    """A mask on the way: the node that made it, and the one that destroyed it (None: it is still there)."""

    made: Node
    lost_at: Node | None = None


@dataclass(slots=True)
class _Walk:
    """The way of all masks through a network; `needed` are labels by the names of who needs what was lost."""

    subject: Subject
    masks: dict[str, _Mask] = field(default_factory=dict)
    lost: dict[str, _Mask] = field(default_factory=dict)
    needed: dict[str, dict[str, Label]] = field(default_factory=dict)

    def pass_node(self, node: Node) -> None:
        """Find out what becomes of the masks of its inputs."""
        if node.operation not in catalogue() or node.application:
            return
        options = (node if node.owner is None else self.subject.nodes[node.owner]).options
        kind = treatment(node.operation, options)
        given = [self.masks.get(name) for name in node.inputs]
        gone = [each for each in _looked_at(node, kind, given) if each.lost_at is not None]
        for each in gone:
            self.need(each, f"`{node.name}`", Label(node.span, "reads the masked steps too"))
        after = None if gone else _after(node, kind, options, given)
        if after is not None:
            self.masks[node.name] = after

    def need(self, mask: _Mask, who: str, label: Label) -> None:
        """Note who needs a mask that was destroyed."""
        if mask.lost_at is not None:
            self.lost[mask.lost_at.name] = mask
            self.needed.setdefault(mask.lost_at.name, {})[who] = label


def masks_lost(subject: Subject) -> Iterator[Diagnostic]:
    """Each node that destroys a mask which a layer after it, or the loss of an output, needs."""
    walk = _Walk(subject)
    for node in subject.graph.nodes:
        walk.pass_node(node)
    for loss in subject.losses:
        mask = walk.masks.get(loss.output)
        if mask is not None and loss.between is None and _same_steps(subject.nodes[loss.output], mask.made):
            walk.need(mask, f"the loss of `{loss.output}`", Label(loss.span, "counts the masked steps too"))
    for name, mask in walk.lost.items():
        yield _told(subject, mask, walk.needed[name], walk.masks)


def _looked_at(node: Node, kind: Treatment, given: list[_Mask | None]) -> list[_Mask]:
    """The masks of its inputs by which a node should leave steps out."""
    masks = [each for each in (given[1:] if node.operation in ATTENTION else given) if each is not None]
    if node.operation in WITHOUT_MASK:
        varying = [each for each in masks if None in (each.made.shape or ())]
        return [each if each.lost_at is not None else replace(each, lost_at=node) for each in varying]
    return masks if kind in ("reads", "ends") else []


def _after(
    node: Node, kind: Treatment, options: Mapping[str, object], given: list[_Mask | None]
) -> _Mask | None:
    """The mask after a node; None where there is none, or no steps any more that it could speak of."""
    there = [each for each in given if each is not None]
    if kind == "makes":
        return _Mask(node)
    if kind == "ends" or not there:
        return None
    if kind in ("passes", "reads"):
        return given[0]
    if node.operation == "Dot" or len(node.shape or ()) < len(there[0].made.shape or ()):
        return None
    before = next((each for each in there if each.lost_at is not None), None)
    if before is not None:
        return before
    joined = node.operation == "Concatenate" and joins_sequences(options, len(node.shape or ()))
    is_whole = kind == "merges" and (joined or len(there) == len(given))
    return there[0] if is_whole else replace(there[0], lost_at=node)


def _same_steps(output: Node, made: Node) -> bool:
    shape, steps = output.shape or (), made.shape or ()
    return len(shape) > 1 and shape[:1] == steps[:1]


def _told(
    subject: Subject, mask: _Mask, needed: Mapping[str, Label], masks: Mapping[str, _Mask]
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
        f"{node.operation} hands no mask on" if not unmasked else "one of its inputs has no mask",
        tuple(labels.values()),
        _advice(node, others, unmasked),
    )


def _joined(names: list[str]) -> str:
    rest = len(names) - 2
    return " and ".join([*names[:2], *([f"{rest} more"] if rest > 0 else [])])


def _advice(node: Node, others: list[str], unmasked: list[str]) -> str:
    counterpart = _COUNTERPARTS.get(node.operation)
    if counterpart is not None:
        return f"write `layer: {counterpart}`, which can use the mask"
    if unmasked:
        return f"give `{unmasked[0]}` a mask too, or merge after {_joined(others)}"
    return f"put {_joined(others)} before `{node.name}`, or give all sequences one length"
