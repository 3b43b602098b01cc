"""The images that a network's inputs get, whatever shape they get them in."""

from collections.abc import Mapping

from nettool.graph.plan import Plan
from nettool.layers.outcome import Shape

_AXES = 3


def images_by_input(plan: Plan) -> Mapping[str, Shape]:
    """Height, width and channels by input; of a plan that is not bound to data, the inputs' own shapes."""
    if plan.binding is None:
        nodes = plan.graph.by_name
        shapes = {name: nodes[name].shape or () for name in plan.graph.inputs}
        return {name: shape for name, shape in shapes.items() if len(shape) == _AXES}
    fields = {each.input: plan.binding.field(each.field) for each in plan.binding.inputs}
    return {name: field.shape for name, field in fields.items() if field.kind == "image"}
