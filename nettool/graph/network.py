"""The network as data: nodes (each one a call of a layer) in an order in which they can be computed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nettool.diagnostics.source import Span
from nettool.layers.outcome import Shape, Weight


@dataclass(frozen=True, slots=True)
class Group:
    """A use of a block or a model: the nodes whose address starts with `address` came from `block`."""

    address: str
    block: str
    is_model: bool = False


@dataclass(frozen=True, slots=True)
class InnerCost:
    """Multiply-adds and numbers given out by all layers of a ready-made network, for one sample."""

    multiply_adds: int | None
    output_numbers: int | None


@dataclass(frozen=True, slots=True)
class Node:
    """One call of a layer (a shared layer is several nodes and one set of weights).

    `name` is the full address (`res.1.conv_a`), which is the Keras layer's name too. `operation` is the
    Keras class (`Dense`, `Add`, `InputLayer`). `options` hold what the user wrote, `$` names replaced.
    `shape` leaves the batch axis out and is None when no rule knows it; `weights` is None then too.
    A node with `owner` calls the layer of that other node; its `weights` are the owner's. `values` are the
    literal weights that the spec gives, nested lists by the weight's name. A node with `application` is a
    whole network of keras.applications, by the name `operation`; its `inner_cost` is known once Keras has
    built it.
    """

    name: str
    operation: str
    options: Mapping[str, object]
    inputs: tuple[str, ...]
    span: Span
    shape: Shape | None = None
    weights: tuple[Weight, ...] | None = None
    owner: str | None = None
    dtype: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    application: bool = False
    groups: tuple[Group, ...] = ()
    inner_cost: InnerCost | None = None

    @property
    def parameter_count(self) -> int | None:
        """The numbers that this node adds to the network: none for a call of another node's layer."""
        if self.owner is not None:
            return 0
        return None if self.weights is None else sum(weight.parameter_count for weight in self.weights)

    @property
    def trainable_parameter_count(self) -> int | None:
        """Those of them that training changes."""
        if self.owner is not None:
            return 0
        if self.weights is None:
            return None
        return sum(weight.parameter_count for weight in self.weights if weight.trainable)


@dataclass(frozen=True, slots=True)
class Graph:
    """A whole network. `nodes` are in computing order, as near to the file's order as that allows."""

    name: str
    nodes: tuple[Node, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]

    @property
    def batch_size(self) -> int | None:
        """The one batch size that the network is built for; None where any will do."""
        sizes = (node.options.get("batch_size") for node in self.nodes if node.operation == "InputLayer")
        return next((size for size in sizes if isinstance(size, int)), None)

    @property
    def node_count(self) -> int:
        """How many nodes there are besides the inputs."""
        return len(self.nodes) - len(self.inputs)

    @property
    def by_name(self) -> dict[str, Node]:
        """The nodes by address."""
        return {node.name: node for node in self.nodes}

    @property
    def parameter_count(self) -> int | None:
        """All parameters; None as long as a node's are unknown."""
        return _total(node.parameter_count for node in self.nodes)

    @property
    def trainable_parameter_count(self) -> int | None:
        """All parameters that training changes; None as long as a node's are unknown."""
        return _total(node.trainable_parameter_count for node in self.nodes)


def _total(counts: Iterable[int | None]) -> int | None:
    total = 0
    for count in counts:
        if count is None:
            return None
        total += count
    return total
