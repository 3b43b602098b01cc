"""Warnings about sequences of any length, which are filled up with zeros to the longest of a batch."""

from collections.abc import Iterator

from nettool.diagnostics.diagnostic import Diagnostic, Label
from nettool.graph.check.way_back import WayBack
from nettool.graph.warnings.subject import Subject, warning
from nettool.layers.catalogue import family_of, layers_with


def filling_read(subject: Subject) -> Iterator[Diagnostic]:
    """A recurrent layer that reads the zeros too, since the Embedding before it makes no mask."""
    if subject.binding is None:
        return
    fields = {each.input: subject.binding.field(each.field) for each in subject.binding.inputs}
    filled = {name for name, field in fields.items() if field.kind == "sequence"}
    steps = WayBack(subject.nodes, lambda node: node.operation in layers_with("step by step"))
    for node in subject.graph.nodes:
        if not _reads_steps(node.operation) or len(node.inputs) != 1:
            continue
        embedding = steps.end(node.inputs[0])
        if embedding.operation != "Embedding" or embedding.inputs[0] not in filled:
            continue
        if subject.owner(embedding).options.get("mask_zero", False):
            continue
        yield warning(
            "NT332",
            f"`{node.name}` also reads the zeros that pad `{embedding.inputs[0]}`",
            node.span,
            f"{node.operation} reads every step",
            (Label(embedding.span, "makes no mask"),),
            f"write `mask_zero: true` at `{embedding.name}`, and number your values from 1",
        )


def _reads_steps(operation: str) -> bool:
    return operation == "Bidirectional" or family_of(operation) == "recurrent"
