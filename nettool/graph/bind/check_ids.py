"""Numbers that stand for words, and the tables that they are looked up in: is there a row for each?"""

from nettool.data.field import Field
from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.source import Span
from nettool.graph.bind.binding import InputBinding
from nettool.graph.network import Graph, Node
from nettool.spec.document import Document
from nettool.spec.network.entries import Entry


def check_ids(
    document: Document,
    graph: Graph,
    inputs: list[InputBinding],
    fields: dict[str, Field],
    findings: Findings,
) -> None:
    """Report each Embedding that an input feeds with higher numbers than it has rows for.

    Told only where the highest number is known: on a CPU TensorFlow would stop at it in the middle of an
    epoch, on a GPU it would take zeros for it without a word.
    """
    nodes = graph.by_name
    for bound in inputs:
        highest = _highest(fields[bound.field])
        fed = dict.fromkeys(each.owner or each.name for each in graph.nodes if bound.input in each.inputs)
        for name in fed:
            node = nodes[name]
            rows = node.options.get("input_dim")
            if highest is None or node.operation != "Embedding" or not isinstance(rows, int):
                continue
            if rows <= highest:
                _report(document, node, rows, bound.field, highest, findings)


def _highest(field: Field) -> int | None:
    """The highest number that a field holds; None where it is not known."""
    if field.kind == "label":
        return len(field.classes) - 1
    is_whole = field.dtype.removeprefix("u").startswith("int")
    return int(field.highest) if is_whole and field.kind != "image" and field.highest > 1 else None


def _report(document: Document, node: Node, rows: int, field: str, highest: int, findings: Findings) -> None:
    data = document.data
    findings.add(
        Diagnostic(
            "NT511",
            f"`{node.name}` accepts numbers from 0 to {rows - 1}, but `{field}` goes up to {highest}",
            _span(document, node),
            f"{rows} rows",
            () if data is None else (Label(data.span, f"`{field}` goes up to {highest}"),),
            help=f"write `input_dim: {highest + 1}`, one more than the highest number",
        )
    )


def _span(document: Document, node: Node) -> Span:
    """At `input_dim`, where the entry says it itself."""
    blocks = (*document.blocks.values(), *document.models.values())
    entries: list[Entry] = [*document.entries, *(entry for block in blocks for entry in block.entries)]
    entry = next((entry for entry in entries if entry.name.span == node.span), None)
    option = None if entry is None else entry.options.get("input_dim")
    return node.span if option is None else option.value.span
