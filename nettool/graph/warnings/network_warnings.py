"""Warnings about the network as a whole: what nobody uses, and where nearly all its weights sit."""

from collections.abc import Callable, Iterator

from nettool.diagnostics.diagnostic import Diagnostic, Label
from nettool.graph.network import Node
from nettool.graph.warnings.subject import Subject, warning
from nettool.layers.catalogue import layers_with
from nettool.layers.outcome import shape_text
from nettool.spec.network.blocks import Block
from nettool.spec.network.entries import Entry

MANY_PARAMETERS = 50_000_000
"""A Dense layer after a Flatten with more is large."""
LARGE_SHARE = 0.9
"""... and too large with this share of the network. VGG16's, which is meant, holds 0.74 of its network."""

NetworkWarning = Callable[[Subject], Iterator[Diagnostic]]


def unused_blocks(subject: Subject) -> Iterator[Diagnostic]:
    """Blocks and models that nothing uses. Those of another file are a stock to choose from."""
    document = subject.document
    defined = {
        **{("block", name): block for name, block in document.blocks.items()},
        **{("model", name): model for name, model in document.models.items()},
    }
    used: set[tuple[str, str]] = set()
    waiting = list(_uses(document.entries))
    while waiting:
        key = waiting.pop()
        if key in defined and key not in used:
            used.add(key)
            waiting += _uses(defined[key].entries)
    for key, block in defined.items():
        if key not in used and block.name.span.source is document.source:
            yield _unused(key[0], block)


def large_dense(subject: Subject) -> Iterator[Diagnostic]:
    """A Dense layer that is most of the network because a large Flatten feeds it."""
    total = subject.graph.parameter_count or 0
    if total <= MANY_PARAMETERS:
        return
    for node in subject.graph.nodes:
        count = node.parameter_count or 0
        if node.operation != "Dense" or count <= max(MANY_PARAMETERS, LARGE_SHARE * total):
            continue
        flat = _before(subject, node)
        if flat.operation == "Flatten":
            before = subject.nodes[flat.inputs[0]].shape or ()
            yield warning(
                "NT331",
                f"`{node.name}` has {count:,} of the network's {total:,} parameters",
                subject.option_span(node, "units"),
                labels=(Label(flat.span, f"makes one row of {shape_text(before)}"),),
                advice="make the row shorter: a global pooling instead of Flatten, or more pooling before",
            )


def _uses(entries: tuple[Entry, ...]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        if entry.kind in ("block", "model"):
            yield entry.kind, entry.target.value


def _unused(kind: str, block: Block) -> Diagnostic:
    name = block.name.value
    return warning(
        "NT330",
        f"nothing uses the {kind} `{name}`",
        block.name.span,
        advice=f"leave `{name}` out, or write `{kind}: {name}` in a node",
    )


def _before(subject: Subject, node: Node) -> Node:
    node = subject.nodes[node.inputs[0]]
    while node.operation in layers_with("random"):
        node = subject.nodes[node.inputs[0]]
    return node


NETWORK_WARNINGS: tuple[NetworkWarning, ...] = (unused_blocks, large_dense)
"""Each of them may find several things."""
