"""Made-up data of the right shapes for any network: what `--smoke` trains on, with no data set at all."""

from dataclasses import replace

from nettool.data.field import Field
from nettool.graph.binding import Binding, InputBinding, TargetBinding
from nettool.graph.network import Node
from nettool.graph.plan import Plan

_CLASS_LOSSES = frozenset({"CategoricalCrossentropy", "CategoricalFocalCrossentropy", "CategoricalHinge"})


def with_stand_in_data(plan: Plan) -> Plan:
    """The plan, bound to fields that are made up from its inputs and outputs. Needs known shapes."""
    nodes = plan.graph.by_name
    measured = {loss.output for loss in plan.losses} | {metric.output for metric in plan.metrics}
    fields: list[Field] = []
    inputs: list[InputBinding] = []
    for name in plan.graph.inputs:
        node = nodes[name]
        shape = node.shape or ()
        fields.append(Field(name, "vector", shape, node.dtype or "float32"))
        inputs.append(InputBinding(name, name, shape))
    targets: list[TargetBinding] = []
    for output in plan.graph.outputs:
        if output in measured:
            field, target = _target(plan, nodes[output])
            fields.append(field)
            targets.append(target)
    return replace(plan, binding=Binding(tuple(fields), tuple(inputs), tuple(targets)))


def _target(plan: Plan, node: Node) -> tuple[Field, TargetBinding]:
    losses = [loss.name for loss in plan.losses if loss.output == node.name]
    shape = node.shape or ()
    name = f"target of {node.name}"
    units = shape[-1] if shape else None
    if units is not None and len(shape) == 1:
        classes = tuple(str(number) for number in range(max(units, 2)))
        label = Field(name, "label", (), "int64", classes=classes)
        if any(loss.startswith("Sparse") for loss in losses):
            return label, TargetBinding(node.name, name, "index", (), units)
        if units > 1 and _CLASS_LOSSES.intersection(losses):
            return label, TargetBinding(node.name, name, "one_hot", (units,), units)
    return Field(name, "vector", shape, "float32"), TargetBinding(node.name, name, "value", shape)
