"""Whether an output has as many units as its target has classes."""

from collections.abc import Iterable, Mapping

from nettool.data.field import Field
from nettool.data.request import DataRequest
from nettool.diagnostics.diagnostic import Diagnostic, Label
from nettool.diagnostics.source import Span
from nettool.diagnostics.suggest import counted, listing
from nettool.graph.bind.binding import Encoding
from nettool.graph.network import Node
from nettool.graph.objectives import Loss
from nettool.spec.document import Document

_TWO_CLASS_LOSSES = frozenset({"BinaryCrossentropy", "BinaryFocalCrossentropy", "Hinge", "SquaredHinge"})
_FEW = 6
_SHORT = 60


def units_fit(units: int, field: Field, encoding: Encoding, losses: Iterable[Loss], *, more: bool) -> bool:
    """Whether so many units can be held against the classes; `more`: units that no class has do no harm."""
    classes = len(field.classes)
    if encoding == "value":
        return classes == 2 or not any(loss.name in _TWO_CLASS_LOSSES for loss in losses)
    return units >= classes if encoding == "index" or more else units == classes


def wrong_units(
    document: Document, request: DataRequest, nodes: Mapping[str, Node], node: Node, units: int, field: Field
) -> Diagnostic:
    """NT506 at the place that decides how wide the output is."""
    classes = len(field.classes)
    given, wanted = counted(units, "unit"), counted(classes, "class")
    named = f"`{field.name}` has {wanted}{_names(field.classes)}"
    return Diagnostic(
        "NT506",
        f"`{node.name}` has {given}, but `{field.name}` of {request.source.name} has {wanted}",
        _width_span(document, nodes, node),
        given,
        () if document.data is None else (Label(document.data.span, named),),
        help=f"give it {counted(classes, 'unit')}"
        + ("" if units >= classes else ", or choose fewer with `classes`"),
    )


def _names(classes: tuple[str, ...]) -> str:
    """A few short names that say more than their numbers: `TRUE` beside `True` is seen at once."""
    if len(classes) > _FEW or classes == tuple(map(str, range(len(classes)))):
        return ""
    names = listing(classes)
    return f": {names}" if len(names) <= _SHORT else ""


def _width_span(document: Document, nodes: Mapping[str, Node], node: Node) -> Span:
    """At `units` of the last layer that has them."""
    blocks = (*document.blocks.values(), *document.models.values())
    written = [*document.entries, *(entry for block in blocks for entry in block.entries)]
    entries = {entry.name.span: entry for entry in written}
    while True:
        entry = entries.get(node.span)
        option = None if entry is None else entry.options.get("units") or entry.options.get("filters")
        if option is not None:
            return option.value.span
        if len(node.inputs) != 1:
            return node.span
        node = nodes[node.inputs[0]]
