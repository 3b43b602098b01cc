"""Fields of the data to inputs and outputs of the network: who feeds whom, and does it fit?"""

from math import prod

from nettool.data.declare import Declaration
from nettool.data.field import Field
from nettool.data.request import DataRequest
from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.source import Span
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.bind.bind_targets import Targets
from nettool.graph.bind.binding import Binding, InputBinding, TargetBinding
from nettool.graph.bind.check_ids import check_ids
from nettool.graph.bind.field_advice import channels_first_advice
from nettool.graph.check.check_objectives import targeted
from nettool.graph.data_section.check_data import image_of
from nettool.graph.network import Graph
from nettool.graph.objectives import Loss, Metric
from nettool.layers.outcome import Shape, shape_text
from nettool.spec.document import Document
from nettool.spec.network.inputs import InputEntry
from nettool.spec.yaml.flow import yaml_flow


def bind(
    document: Document,
    graph: Graph,
    request: DataRequest,
    declaration: Declaration,
    objectives: tuple[Loss | Metric, ...],
    findings: Findings,
) -> Binding | None:
    """The binding, or None (and diagnostics) where a field is missing or does not fit."""
    if document.data is None:
        return None
    before = findings.error_count
    fields = {field.name: field for field in declaration.fields}
    data_span = document.data.span
    learned = {*graph.outputs, *(each.target for each in objectives if each.target is not None)}
    inputs: list[InputBinding] = []
    for entry in document.inputs:
        bound = _input(entry, fields, learned, request, data_span, findings)
        inputs += [bound] if bound is not None else []
    check_ids(document, graph, inputs, fields, findings)
    targets = Targets(document, graph, fields, tuple(inputs), request, findings)
    measured = targeted(objectives)
    bound_targets: list[TargetBinding] = []
    for output in graph.outputs:
        target = targets.bind(output, measured[output]) if output in measured else None
        bound_targets += [target] if target is not None else []
    if findings.error_count > before:
        return None
    return Binding(tuple(fields.values()), tuple(inputs), tuple(bound_targets))


def _input(
    entry: InputEntry,
    fields: dict[str, Field],
    learned: set[str],
    request: DataRequest,
    data_span: Span,
    findings: Findings,
) -> InputBinding | None:
    field = _input_field(entry, fields, learned, request, findings)
    if field is None or entry.shape is None:
        return None
    shape = entry.shape.value
    if fits(field.shape, shape):
        return InputBinding(entry.name.value, field.name, shape)
    if len(shape) == len(field.shape) and all(
        length in (given, None) for length, given in zip(shape, field.shape, strict=True)
    ):
        return InputBinding(entry.name.value, field.name, field.shape)
    findings.add(
        Diagnostic(
            "NT504",
            f"the input `{entry.name.value}` takes {shape_text(shape)}, but the data's `{field.name}` "
            f"is {shape_text(field.shape)}",
            entry.shape.span,
            labels=(
                Label(data_span, f"`{field.name}` of {request.source.name} is {shape_text(field.shape)}"),
            ),
            help=_without_batch(entry, field, shape) or _fitting_advice(entry.name.value, field, shape),
        )
    )
    return None


def _input_field(
    entry: InputEntry, fields: dict[str, Field], learned: set[str], request: DataRequest, findings: Findings
) -> Field | None:
    """The field of the entry's own saying or name; else the only one that is neither label nor target."""
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
    given = [field for field in candidates if field.name not in learned]
    if len(given or candidates) == 1:
        return (given or candidates)[0]
    name = entry.name.value
    choices = candidates or list(fields.values())
    findings.add(
        Diagnostic(
            "NT505",
            f"which field of the data feeds the input `{name}`?",
            entry.name.span,
            notes=(f"{request.source.name} gives {listing(field.name for field in choices)}",),
            help=f"name the input like the field, or write `{_named_field(entry, choices[0].name)}`",
        )
    )
    return None


def _named_field(entry: InputEntry, field: str) -> str:
    """The input as it has to be to name its field."""
    if entry.shape is None or entry.shape_key == "shape":
        return f"field: {field}"
    return f"{entry.name.value}: {{shape: {yaml_flow(entry.shape.value)}, field: {field}}}"


def fits(given: Shape, wanted: Shape) -> bool:
    """Whether a value needs nothing but a reshape that keeps its order: equal but for axes of 1, or flat."""
    if given == wanted:
        return True
    if given.count(None) > 1:
        return False
    if [length for length in given if length != 1] == [length for length in wanted if length != 1]:
        return True
    if None in given:
        return False
    is_flat = 1 in (len(given), len(wanted))
    return is_flat and None not in wanted and prod(_known(given)) == prod(_known(wanted))


def _known(shape: Shape) -> list[int]:
    return [length for length in shape if length is not None]


def _without_batch(entry: InputEntry, field: Field, wanted: Shape) -> str | None:
    """For a shape that also counts the samples: the shape of one sample."""
    if len(wanted) < 2 or not fits(field.shape, wanted[1:]):
        return None
    return f"leave the batch out: write `{entry.shape_key}: {yaml_flow(wanted[1:])}`"


def _fitting_advice(name: str, field: Field, wanted: Shape) -> str | None:
    if field.kind == "sequence":
        return f"its samples are of different lengths: write `{name}: [null]`, any length"
    if field.kind == "vector" and None not in field.shape:
        return channels_first_advice(field, wanted) or f"write `{name}: {list(field.shape)}`"
    image = image_of(wanted)
    own = image_of(field.shape)
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
