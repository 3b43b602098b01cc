"""Synthetic data of the right shapes for any network: what `--smoke` trains on, with no data set at all."""

from nettool.data.declare import Declaration
from nettool.data.field import Field
from nettool.data.request import DataRequest
from nettool.data.sources.random_values import RandomValues
from nettool.data.sources.source import Statement
from nettool.graph.bind.binding import Binding, InputBinding, TargetBinding
from nettool.graph.check.target_forms import CTC, NUMBER_LOSSES
from nettool.graph.fixed_shapes import stand_in_shapes
from nettool.graph.network import Graph, Node
from nettool.graph.plan import Plan
from nettool.graph.trainable_plan import TrainablePlan, as_trainable
from nettool.layers.outcome import Shape
from nettool.spec.train.training import Training

_CLASS_LOSSES = frozenset(
    {
        "CategoricalCrossentropy",
        "CategoricalFocalCrossentropy",
        "CategoricalHinge",
        "KLDivergence",
    }
)
"""Losses whose target is a row of 0s and a 1 (or, nearly, any distribution)."""
_YES_OR_NO_LOSSES = frozenset(
    {
        "BinaryCrossentropy",
        "BinaryFocalCrossentropy",
        "Dice",
        "Hinge",
        "MeanSquaredLogarithmicError",
        "Poisson",
        "SquaredHinge",
        "Tversky",
    }
)
"""Losses that are meant for, or at least take, targets of 0 and 1, and none below."""


def with_synthetic_data(plan: Plan, training: Training) -> TrainablePlan:
    """The plan, bound to fields that follow from its inputs and outputs. Needs known ranks.

    Inputs of whole numbers are drawn from all ids that the Embeddings they feed know, else from 0 and 1.
    Lengths that vary are the same for all inputs; the targets' lengths are what the layers make of it.
    """
    shapes = stand_in_shapes(plan.graph)
    nodes = plan.graph.by_name
    measured = {loss.output for loss in plan.losses} | {metric.output for metric in plan.metrics}
    fields: list[Field] = []
    inputs: list[InputBinding] = []
    for name in plan.graph.inputs:
        fields.append(_input(plan.graph, nodes[name], shapes[name]))
        inputs.append(InputBinding(name, name, shapes[name]))
    targets: list[TargetBinding] = []
    for output in plan.graph.outputs:
        if output in measured:
            field, target = _target(plan, output, shapes[output])
            fields.append(field)
            targets.append(target)
    binding = Binding(tuple(fields), tuple(inputs), tuple(targets))
    request = DataRequest(RandomValues(binding.fields, samples=1))
    declaration = Declaration(binding.fields, {}, Statement(binding.fields, {}))
    return as_trainable(plan, request, declaration, binding, training)


def _input(graph: Graph, node: Node, shape: Shape) -> Field:
    dtype = node.dtype or "float32"
    ids = _id_count(graph, node.name)
    if ids is None:
        return Field(node.name, "vector", shape, dtype)
    if dtype.startswith(("int", "uint")):
        return Field(node.name, "vector", shape, dtype, highest=float(ids - 1))
    # A fraction would be divided by `highest`; the ids 0 and 1 stay whole.
    return Field(node.name, "vector", shape, "int32")


def _id_count(graph: Graph, name: str) -> int | None:
    """How many ids all Embeddings that an input feeds know; None where it feeds none."""
    nodes = graph.by_name
    fed = [nodes[node.owner or node.name] for node in graph.nodes if name in node.inputs]
    counts = [node.options.get("input_dim") for node in fed if node.operation == "Embedding"]
    return min((count for count in counts if isinstance(count, int)), default=None)


def _target(plan: Plan, output: str, shape: Shape) -> tuple[Field, TargetBinding]:
    losses = {loss.name for loss in plan.losses if loss.output == output}
    name = f"target of {output}"
    units = shape[-1] if shape else None
    if CTC in losses and len(shape) == 2:
        # Between two equal labels there is a step for none, so half as many as there are steps always fit.
        length = max(1, (shape[0] or 0) // 2)
        labels = Field(name, "vector", (length,), "int32", highest=float((units or 1) - 1))
        return labels, TargetBinding(output, name, "index", (length,))
    if units is not None:
        classes = tuple(str(number) for number in range(max(units, 2)))
        label = Field(name, "label", shape[:-1], "int64", classes=classes)
        if losses & NUMBER_LOSSES:
            return label, TargetBinding(output, name, "index", shape[:-1], units)
        if units > 1 and losses & _CLASS_LOSSES:
            return label, TargetBinding(output, name, "one_hot", shape, units)
    dtype = "int32" if losses & (_YES_OR_NO_LOSSES | _CLASS_LOSSES) else "float32"
    return Field(name, "vector", shape, dtype), TargetBinding(output, name, "value", shape)
