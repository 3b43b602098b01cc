"""How each output's numbers are to be understood: by its target, its loss and its activation."""

from math import prod

from nettool.data.prediction.preparation import Preparation
from nettool.data.scale import AS_STORED
from nettool.engine.input.targets import target_of
from nettool.graph.trainable_plan import TrainablePlan
from nettool.views.predictions.prediction import AnswerForm

_TWO_CLASSES = 2


def answer_forms(plan: TrainablePlan, preparation: Preparation) -> tuple[AnswerForm, ...]:
    """Those of all outputs, in their order; the plan's shapes are whole."""
    nodes = plan.graph.by_name
    fields = {field.name: field for field in preparation.fields}
    meanings = plan.meanings
    forms = []
    for output in plan.graph.outputs:
        target = target_of(plan, output)
        node = nodes[output]
        if target is None:
            forms.append(AnswerForm(output, "numbers"))
            continue
        field = fields[target.field]
        size = prod(length or 0 for length in node.shape or (0,))
        meaning = meanings[output].numbers
        is_yes_or_no = target.encoding == "value" and size == 1 and len(field.classes) == _TWO_CLASSES
        if field.classes and (is_yes_or_no or size == len(field.classes)):
            forms.append(AnswerForm(output, "class", field, meaning, is_yes_or_no))
            continue
        scale = preparation.scales.get(field.name, AS_STORED)
        is_image = field.kind == "image"
        forms.append(AnswerForm(output, "image" if is_image else "numbers", field, meaning, scale=scale))
    return tuple(forms)
