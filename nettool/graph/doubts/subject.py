"""What a doubt looks at: a sound network, what the spec wrote of it, and what it is trained for."""

from dataclasses import dataclass

from nettool.data.request import DataRequest
from nettool.diagnostics.source import Span
from nettool.graph.binding import Binding
from nettool.graph.network import Graph, Node
from nettool.graph.objectives import Loss
from nettool.spec.document import Document, Entry, Objective


@dataclass(frozen=True, slots=True)
class Subject:
    """The network under doubt.

    `nodes` is `graph.by_name`; `entries` and `objectives` go by the place where their name stands.
    """

    document: Document
    graph: Graph
    nodes: dict[str, Node]
    losses: tuple[Loss, ...]
    request: DataRequest | None
    binding: Binding | None
    entries: dict[Span, Entry]
    objectives: dict[Span, Objective]

    def entry(self, node: Node) -> Entry | None:
        """The entry that says what layer a node has: for a shared layer its owner's."""
        if node.owner is not None:
            node = self.nodes[node.owner]
        return self.entries.get(node.span)

    def option_span(self, node: Node, *options: str) -> Span:
        """The value of the first of these options that the spec wrote; otherwise the node's name."""
        entry = self.entry(node)
        written = {} if entry is None else entry.options
        return next((written[option].value.span for option in options if option in written), node.span)

    def written(self, loss: Loss) -> Objective | None:
        """A loss as the spec wrote it."""
        return self.objectives.get(loss.span)


def subject_of(
    document: Document,
    graph: Graph,
    losses: tuple[Loss, ...],
    request: DataRequest | None,
    binding: Binding | None,
) -> Subject:
    """All that doubts look at, with what they look up made once: there may be thousands of doubts."""
    blocks = (*document.blocks.values(), *document.models.values())
    entries = (*document.entries, *(entry for block in blocks for entry in block.entries))
    return Subject(
        document,
        graph,
        graph.by_name,
        losses,
        request,
        binding,
        {entry.name.span: entry for entry in reversed(entries)},
        {each.name.span: each for each in reversed(document.losses)},
    )
