"""Feature maps: which nodes of a network get a box of their own, and what leads from one box to the next."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from nettool.graph.network import Graph, Node
from nettool.layers.catalogue import family_of
from nettool.layers.outcome import Shape
from nettool.views.diagram.diagram_text import local_name, merge_sign
from nettool.views.diagram.layer_text import layer_text

_THIN_FAMILIES = frozenset({"normalization", "activation", "regularization", "preprocessing"})
_SAID = (
    *("kernel_size", "pool_size", "size", "cropping", "num_heads", "rate", "activation", "strides"),
    *("dilation_rate", "n", "dims", "axis", "axes", "return_sequences", "trainable"),
)
"""Options that a step says; sizes that the next box shows by its shape are not among them."""


@dataclass(frozen=True, slots=True)
class Volume:
    """A feature map, or several of the same shape in a row, and the steps that make it.

    `name` is the address of the node whose value it is (of several volumes, in the last), `label` the name
    under the box. `inputs` are the names of the volumes that it is made of, `sign` is that of a merge.
    `count` volumes are alike; `closed` is a block or model of which the inside is not shown. `signature` is
    the same for volumes that are made in the same way.
    """

    name: str
    label: str
    steps: tuple[str, ...]
    shape: Shape | None
    family: str
    inputs: tuple[str, ...]
    signature: tuple[object, ...]
    sign: str | None = None
    count: int = 1
    closed: bool = False
    is_output: bool = False
    owner: str | None = None


def volumes_of(graph: Graph, closed: Mapping[str, int]) -> tuple[Volume, ...]:
    """The boxes of a drawing, in computing order; `closed` says of blocks how many nodes they hold.

    Layers that leave the shape as it is (normalization, activation, dropout …) are steps of the box before
    them, or of the one after them where something else goes on from the box before. Boxes in a row that are
    made in the same way, and are of one shape, are one.
    """
    found: dict[str, Volume] = {}
    homes: dict[str, str] = {}
    prefixes: dict[str, tuple[str, ...]] = {}
    values: dict[str, str] = {}
    seen = _Seen(graph, closed, _users(graph), graph.by_name)
    for node in graph.nodes:
        before = prefixes.pop(node.inputs[0], ()) if len(node.inputs) == 1 else ()
        source = found.get(homes.get(node.inputs[0], "")) if len(node.inputs) == 1 else None
        is_output = node.name in graph.outputs
        if source is not None and not before and _joins(node, source, seen):
            homes[node.name] = source.name
            if is_output or _gives_name(node, source):
                values[source.name] = node.name
            found[source.name] = replace(
                source,
                steps=(*source.steps, _step(node)),
                signature=(*source.signature, *_signature(node)),
                is_output=is_output,
            )
        elif source is not None and not is_output and _goes_ahead(node, seen):
            homes[node.name] = source.name
            prefixes[node.name] = (*before, _step(node))
        else:
            homes[node.name] = node.name
            inputs = tuple(homes[name] for name in node.inputs)
            found[node.name] = _volume(node, seen, before, inputs)
    return tuple(_repeats_as_one(_named_by_value(found.values(), values, seen.nodes)))


def _named_by_value(
    volumes: Iterable[Volume], values: Mapping[str, str], nodes: Mapping[str, Node]
) -> Iterator[Volume]:
    """The volumes, each by the address of the node whose value it is; `values` has it by the first one's."""
    for volume in volumes:
        name = values.get(volume.name, volume.name)
        inputs = tuple(values.get(source, source) for source in volume.inputs)
        yield replace(volume, name=name, label=local_name(nodes[name]), inputs=inputs)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The graph, its closed blocks, and for each node what it feeds."""

    graph: Graph
    closed: Mapping[str, int]
    users: Mapping[str, list[Node]]
    nodes: Mapping[str, Node]

    def is_thin(self, node: Node) -> bool:
        """Whether a node leaves the shape as it is, and is no box of its own."""
        return (
            len(node.inputs) == 1
            and node.name not in self.closed
            and family_of(node.operation) in _THIN_FAMILIES
            and node.shape is not None
            and node.shape == self.nodes[node.inputs[0]].shape
        )


def _joins(node: Node, source: Volume, seen: _Seen) -> bool:
    """Whether a node is a step of the box before it."""
    before = node.inputs[0]
    return (
        seen.is_thin(node)
        and source.family != "input"
        and seen.users[before] == [node]
        and before not in seen.graph.outputs
    )


def _gives_name(node: Node, source: Volume) -> bool:
    """Whether a step gives the box its name: dropout changes nothing in predictions, a block has its own."""
    return not source.closed and family_of(node.operation) != "regularization"


def _goes_ahead(node: Node, seen: _Seen) -> bool:
    """Whether a node is the first step of the box after it."""
    following = seen.users[node.name]
    return (
        (seen.is_thin(node) or node.operation.startswith("ZeroPadding"))
        and len(following) == 1
        and len(following[0].inputs) == 1
    )


def _volume(node: Node, seen: _Seen, before: tuple[str, ...], inputs: tuple[str, ...]) -> Volume:
    size = seen.closed.get(node.name)
    sign = None if size is not None else merge_sign(node.operation)
    family = "other" if size is not None else family_of(node.operation)
    steps: tuple[str, ...] = () if sign is not None or family == "input" else (_step(node),)
    if size is not None:
        steps = (node.operation, f"{size} nodes" if size != 1 else "1 node")
    return Volume(
        node.name,
        local_name(node),
        (*before, *steps),
        node.shape,
        family,
        tuple(dict.fromkeys(inputs)),
        (*before, *_signature(node), None if size is None else node.parameter_count),
        sign,
        closed=size is not None,
        is_output=node.name in seen.graph.outputs,
        owner=node.owner if node.weights else None,
    )


def _signature(node: Node) -> tuple[object, ...]:
    options = sorted((name, repr(value)) for name, value in node.options.items())
    return node.operation, tuple(options), node.owner


def _step(node: Node) -> str:
    said = {name: node.options[name] for name in _SAID if name in node.options}
    return layer_text(node.operation, said).removeprefix("Activation ")


def _users(graph: Graph) -> dict[str, list[Node]]:
    users: dict[str, list[Node]] = {node.name: [] for node in graph.nodes}
    for node in graph.nodes:
        for source in node.inputs:
            users[source].append(node)
    return users


def _repeats_as_one(volumes: Iterable[Volume]) -> Iterator[Volume]:
    found = tuple(volumes)
    users = Counter(source for volume in found for source in volume.inputs)
    row: Volume | None = None
    for volume in found:
        if row is not None and _repeats(volume, row) and users[row.name] == 1:
            label = _label_of_both(row.label, volume.label)
            row = replace(volume, inputs=row.inputs, count=row.count + 1, label=label)
            continue
        if row is not None:
            yield row
        row = volume
    if row is not None:
        yield row


def _label_of_both(first: str, last: str) -> str:
    """The name of volumes in a row: that of the block that is repeated, or from the first to the last."""
    first = first.partition("…")[0]
    block = last.rpartition(".")[0]
    if block and first in (block, f"{block}.1"):
        return block
    same = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), 0)
    return f"{first}…{last[same:]}"


def _repeats(volume: Volume, before: Volume) -> bool:
    return (
        volume.inputs == (before.name,)
        and before.family != "input"
        and not before.is_output
        and (volume.shape, volume.signature) == (before.shape, before.signature)
    )
