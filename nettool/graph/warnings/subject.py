"""What a warning looks at: a sound network, what the spec wrote of it, and what it is trained for."""

from dataclasses import dataclass

from nettool.data.request import DataRequest
from nettool.diagnostics.diagnostic import Diagnostic, Label, Severity
from nettool.diagnostics.source import Span
from nettool.graph.bind.binding import Binding, TargetBinding
from nettool.graph.check.last_function import LastFunction, keeps_values, last_function, learns_nothing
from nettool.graph.check.way_back import WayBack
from nettool.graph.network import Graph, Node
from nettool.graph.objectives import Loss, Metric
from nettool.layers.catalogue import layers_with
from nettool.spec.document import Document
from nettool.spec.network.entries import Entry
from nettool.spec.train.objectives import Objective


@dataclass(frozen=True, slots=True)
class Subject:
    """The network that is looked at.

    `nodes` is `graph.by_name`; `entries` and `objectives` go by the place where their name stands.
    """

    document: Document
    graph: Graph
    nodes: dict[str, Node]
    losses: tuple[Loss, ...]
    metrics: tuple[Metric, ...]
    request: DataRequest | None
    binding: Binding | None
    entries: dict[Span, Entry]
    objectives: dict[Span, Objective]
    targets: dict[str, TargetBinding]
    """What each output should give."""
    to_function: WayBack
    """To the node whose function an output ends in."""
    to_learning: WayBack
    """To the last node that learns."""
    to_learning_or_random: WayBack
    """To the last node that learns or changes values at random, as Dropout does."""

    def owner(self, node: Node) -> Node:
        """The node whose layer this one calls: itself, but for a shared layer."""
        return self.nodes[node.owner or node.name]

    def entry(self, node: Node) -> Entry | None:
        """The entry that says what layer a node has: for a shared layer its owner's."""
        return self.entries.get(self.owner(node).span)

    def option_span(self, node: Node, *options: str) -> Span:
        """The value of the first of these options that the spec wrote; otherwise the node's name."""
        entry = self.entry(node)
        written = {} if entry is None else entry.options
        return next((written[option].value.span for option in options if option in written), node.span)

    def last_function(self, output: str) -> LastFunction | None:
        """The function that an output ends in; None where no layer before it has one to say."""
        return last_function(self.to_function.end(output))

    def written(self, loss: Loss) -> Objective | None:
        """A loss as the spec wrote it."""
        return self.objectives.get(loss.span)


def subject_of(
    document: Document,
    graph: Graph,
    losses: tuple[Loss, ...],
    metrics: tuple[Metric, ...],
    request: DataRequest | None,
    binding: Binding | None,
) -> Subject:
    """All that warnings look at, with what they look up made once: there may be thousands of warnings."""
    blocks = (*document.blocks.values(), *document.models.values())
    entries = (*document.entries, *(entry for block in blocks for entry in block.entries))
    nodes = graph.by_name
    return Subject(
        document,
        graph,
        nodes,
        losses,
        metrics,
        request,
        binding,
        {entry.name.span: entry for entry in reversed(entries)},
        {each.name.span: each for each in reversed(document.losses)},
        {} if binding is None else {target.output: target for target in binding.targets},
        WayBack(nodes, keeps_values),
        WayBack(nodes, lambda node: learns_nothing(node.operation)),
        WayBack(nodes, lambda node: _is_steady(node.operation)),
    )


def warning(
    code: str, message: str, span: Span, label: str = "", labels: tuple[Label, ...] = (), advice: str = ""
) -> Diagnostic:
    """A warning; `advice` says what to do."""
    return Diagnostic(code, message, span, label, labels, help=advice or None, severity=Severity.WARNING)


def _is_steady(operation: str) -> bool:
    """Whether it learns nothing and gives the same while training."""
    return learns_nothing(operation) and operation not in layers_with("random")
