"""What a doubt looks at: a sound network, what the spec wrote of it, and what it is trained for."""

from collections.abc import Iterator
from dataclasses import dataclass

from nettool.data.request import DataRequest
from nettool.diagnostics.source import Span
from nettool.graph.binding import Binding
from nettool.graph.network import Graph, Node
from nettool.graph.objectives import Loss
from nettool.spec.document import Document, Entry, Objective


@dataclass(frozen=True, slots=True)
class Subject:
    """The network under doubt. `nodes` is `graph.by_name`, made once."""

    document: Document
    graph: Graph
    nodes: dict[str, Node]
    losses: tuple[Loss, ...]
    request: DataRequest | None
    binding: Binding | None

    def entry(self, node: Node) -> Entry | None:
        """The entry that says what layer a node has: for a shared layer its owner's."""
        if node.owner is not None:
            node = self.nodes[node.owner]
        return next((entry for entry in self._entries() if entry.name.span == node.span), None)

    def option_span(self, node: Node, *options: str) -> Span:
        """The value of the first of these options that the spec wrote; otherwise the node's name."""
        entry = self.entry(node)
        written = {} if entry is None else entry.options
        return next((written[option].value.span for option in options if option in written), node.span)

    def written(self, loss: Loss) -> Objective | None:
        """A loss as the spec wrote it."""
        return next((each for each in self.document.losses if each.name.span == loss.span), None)

    def _entries(self) -> Iterator[Entry]:
        yield from self.document.entries
        for block in (*self.document.blocks.values(), *self.document.models.values()):
            yield from block.entries
