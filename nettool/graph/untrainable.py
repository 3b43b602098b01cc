"""Outputs that no data could train: whatever field was their target, it would not fit."""

from collections.abc import Iterator
from dataclasses import replace

from nettool.data.field import Field
from nettool.data.request import DataRequest
from nettool.data.sources.random_values import RandomValues
from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.graph.bind.bind_targets import Targets
from nettool.graph.bind.binding import InputBinding
from nettool.graph.check.check_objectives import targeted
from nettool.graph.fixed_shapes import stand_in_shapes
from nettool.graph.plan import Plan
from nettool.layers.outcome import Shape

_NOTE = "whatever the data are, no field of theirs could be the target of this output"


def untrainable_outputs(plan: Plan) -> tuple[Diagnostic, ...]:
    """What is wrong with outputs that no field of any data fits; nothing where the data were checked."""
    if plan.binding is not None:
        return ()
    known = plan.graph.by_name
    measured = targeted(plan.objectives)
    outputs = [output for output in measured if output in known and known[output].shape is not None]
    return tuple(
        replace(each, notes=(*each.notes, _NOTE)) for output in outputs for each in _refused(plan, output)
    )


def _refused(plan: Plan, output: str) -> tuple[Diagnostic, ...]:
    """What is said of the likeliest target; nothing if any fits."""
    shapes = stand_in_shapes(plan.graph)
    objectives = targeted(plan.objectives)[output]
    name = next((str(each.target) for each in objectives if each.target is not None), output)
    as_written = {each: plan.graph.by_name[each].shape or () for each in plan.graph.inputs}
    first: tuple[Diagnostic, ...] | None = None
    for field in _fields(name, shapes[output]):
        findings = Findings()
        request = DataRequest(RandomValues((field,), 1))
        # A label is one number whatever the lengths are, so that they need no stand-in.
        fed = as_written if field.kind == "label" else shapes
        inputs = tuple(InputBinding(each, f"what feeds {each}", fed[each]) for each in plan.graph.inputs)
        Targets(plan.document, plan.graph, {name: field}, inputs, request, findings).bind(output, objectives)
        if not findings.has_errors:
            return ()
        first = findings.in_file_order() if first is None else first
    return first or ()


def _fields(name: str, shape: Shape) -> Iterator[Field]:
    """One of each kind that could be the target of an output of this shape, the likeliest first."""
    for count in {max((*shape[-1:], 2), key=lambda length: length or 0): None, 2: None}:
        yield Field(name, "label", (), "int64", classes=tuple(map(str, range(count or 2))))
    yield Field(name, "vector", shape, "float32")
    steps = shape[0] if shape else None
    yield Field(name, "vector", (max(1, (steps or 2) // 2),), "int32")
