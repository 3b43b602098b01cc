"""The way of masks through a network: who makes one, who destroys it, and who would have needed it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from nettool.graph.network import Graph, Node
from nettool.layers.catalogue import catalogue, family_of
from nettool.layers.layer import Treatment
from nettool.layers.masks import joins_sequences, mixes_steps, treatment, turns_steps


@dataclass(frozen=True, slots=True)
class Mask:
    """A mask on the way: the node that made it, and the one that destroyed it (None: it is still there)."""

    made: Node
    lost_at: Node | None = None

    @property
    def axes(self) -> int:
        """How many axes it has beside the samples: 1 for a sequence of steps."""
        return len(self.made.shape or ()) - 1


@dataclass(slots=True)
class MaskFlow:
    """The masks before and after each node, and the nodes that read steps which a lost mask would hide.

    A node that misses a mask has none after it: whatever follows is not reported again.
    """

    given: dict[str, tuple[Mask | None, ...]] = field(default_factory=dict)
    after: dict[str, Mask] = field(default_factory=dict)
    missed: list[tuple[Mask, Node]] = field(default_factory=list)


def mask_flow(graph: Graph) -> MaskFlow:
    """The way of all masks."""
    flow, nodes = MaskFlow(), graph.by_name
    for node in graph.nodes:
        if node.operation not in catalogue() or node.application:
            continue
        options = nodes[node.owner or node.name].options
        kind = treatment(node.operation, options)
        given = tuple(flow.after.get(name) for name in node.inputs)
        flow.given[node.name] = given
        if kind != "makes" and all(each is None for each in given):
            continue
        missed = [each for each in _read(node, kind, options, given) if each.lost_at is not None]
        flow.missed += [(each, node) for each in missed]
        after = None if missed else _after(node, kind, options, given)
        if after is not None:
            flow.after[node.name] = after
    return flow


def _read(
    node: Node, kind: Treatment, options: Mapping[str, object], given: tuple[Mask | None, ...]
) -> list[Mask]:
    """The masks of its inputs by which a node should leave steps out."""
    # The mask of the query, the first input of an attention, only goes on.
    used = given[1:] if family_of(node.operation) == "attention" else given
    masks = [each for each in used if each is not None]
    if mixes_steps(node.operation, options, len(node.shape or ())):
        varying = [each for each in masks if None in (each.made.shape or ())]
        return [each if each.lost_at is not None else replace(each, lost_at=node) for each in varying]
    return masks if kind in ("reads", "ends") else []


def _after(
    node: Node, kind: Treatment, options: Mapping[str, object], given: tuple[Mask | None, ...]
) -> Mask | None:
    """The mask after a node; None where there is none, or no steps any more that it could speak of."""
    there = [each for each in given if each is not None]
    if kind == "makes":
        return Mask(node)
    if kind == "ends" or not there:
        return None
    if kind in ("passes", "reads"):
        turned = given[0] is not None and turns_steps(options)
        return replace(there[0], lost_at=node) if turned else given[0]
    if node.operation == "Dot" or len(node.shape or ()) < len(there[0].made.shape or ()):
        return None
    before = next((each for each in there if each.lost_at is not None), None)
    if before is not None:
        return before
    joined = node.operation == "Concatenate" and joins_sequences(options, len(node.shape or ()))
    is_whole = kind == "merges" and (joined or len(there) == len(given))
    return there[0] if is_whole else replace(there[0], lost_at=node)
