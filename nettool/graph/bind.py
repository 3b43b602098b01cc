"""Fields of the data to inputs and outputs of the network: who feeds whom, and does it fit?"""

from math import prod

from nettool.data.field import Field
from nettool.data.request import DataRequest
from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.source import Span
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.bind_targets import Targets
from nettool.graph.binding import Binding, InputBinding, TargetBinding
from nettool.graph.check_data import CheckedData, image_of
from nettool.graph.check_objectives import targeted
from nettool.graph.network import Graph
from nettool.graph.objectives import Loss, Metric
from nettool.layers.outcome import Shape, shape_text
from nettool.spec.document import Document, InputEntry


def bind(
    document: Document,
    graph: Graph,
    checked: CheckedData,
    objectives: tuple[Loss | Metric, ...],
    findings: Findings,
) -> Binding | None:
    """The binding, or None (and diagnostics) where a field is missing or does not fit."""
    if document.data is None:
        return None
    before = findings.error_count
    request = checked.request
    fields = {field.name: field for field in checked.declaration.fields}
    data_span = document.data.dataset.span
    inputs: list[InputBinding] = []
    for entry in document.inputs:
        bound = _input(entry, fields, request, data_span, findings)
        inputs += [bound] if bound is not None else []
    targets = Targets(document, graph, fields, request, findings)
    measured = targeted(objectives)
    bound_targets: list[TargetBinding] = []
    for output in graph.outputs:
        target = targets.bind(output, measured[output]) if output in measured else None
        bound_targets += [target] if target is not None else []
    if findings.error_count > before:
        return None
    return Binding(tuple(fields.values()), tuple(inputs), tuple(bound_targets))


def _input(
    entry: InputEntry, fields: dict[str, Field], request: DataRequest, data_span: Span, findings: Findings
) -> InputBinding | None:
    field = _input_field(entry, fields, request, findings)
    if field is None or entry.shape is None:
        return None
    shape = entry.shape.value
    if fits(field.shape, shape):
        return InputBinding(entry.name.value, field.name, shape)
    findings.add(
        Diagnostic(
            "NT504",
            f"the input `{entry.name.value}` takes {shape_text(shape)}, but the data's `{field.name}` "
            f"is {shape_text(field.shape)}",
            entry.shape.span,
            labels=(
                Label(data_span, f"`{field.name}` of {request.source.name} is {shape_text(field.shape)}"),
            ),
            help=_fitting_advice(field.shape, shape),
        )
    )
    return None


def _input_field(
    entry: InputEntry, fields: dict[str, Field], request: DataRequest, findings: Findings
) -> Field | None:
    if entry.field is not None:
        field = fields.get(entry.field.value)
        if field is None:
            help_text = did_you_mean(entry.field.value, fields) or f"its fields are {listing(fields)}"
            message = f"the data has no field `{entry.field.value}`"
            findings.add(Diagnostic("NT505", message, entry.field.span, help=help_text))
        return field
    if entry.name.value in fields:
        return fields[entry.name.value]
    candidates = [field for field in fields.values() if field.kind != "label"]
    if len(candidates) == 1:
        return candidates[0]
    name = entry.name.value
    findings.add(
        Diagnostic(
            "NT505",
            f"which field of the data feeds the input `{name}`?",
            entry.name.span,
            notes=(f"{request.source.name} gives {listing(field.name for field in candidates)}",),
            help="name the input like the field, or write "
            f"`{name}: {{shape: …, field: {candidates[0].name}}}`",
        )
    )
    return None


def fits(given: Shape, wanted: Shape) -> bool:
    """Whether a value needs nothing but a reshape that keeps its order: equal but for axes of 1, or flat."""
    if given == wanted:
        return True
    if None in given:
        return False
    if [length for length in given if length != 1] == [length for length in wanted if length != 1]:
        return True
    is_flat = 1 in (len(given), len(wanted))
    return is_flat and None not in wanted and prod(_known(given)) == prod(_known(wanted))


def _known(shape: Shape) -> list[int]:
    return [length for length in shape if length is not None]


def _fitting_advice(given: Shape, wanted: Shape) -> str | None:
    image = image_of(wanted)
    own = image_of(given)
    if image is None or own is None:
        return None
    advice: list[str] = []
    if image[:2] != own[:2]:
        larger = image[0] >= own[0] and image[1] >= own[1]
        size = f"[{image[0]}, {image[1]}]"
        advice.append(f"`resize: {size}`" + (f" or `pad: {size}`" if larger else ""))
    if image[2] != own[2]:
        advice.append(f"`channels: {image[2]}`")
    return f"write {' and '.join(advice)} under `data:`, or change the input's shape" if advice else None
