"""What a run's model gives for arrays of a program's own."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nettool.data.prediction.arrays_in_memory import inputs_in_memory
from nettool.data.prediction.input_field import input_fields
from nettool.data.prediction.preparation import Preparation
from nettool.data.values.statistics import stored_again
from nettool.jobs.predict.loaded_model import LoadedModel
from nettool.jobs.predict.node_outputs import node_outputs


def predict_arrays(
    model: LoadedModel, preparation: Preparation, arrays: ArrayLike | Mapping[str, ArrayLike]
) -> tuple[dict[str, NDArray[np.generic]], tuple[str, ...]]:
    """What each output gives, (samples, …), and what was done to the arrays (images were resized).

    Numbers of a scaled target are in its own unit. Raises DataError.
    """
    plan = model.plan
    wanted = input_fields(plan.data, preparation, (each.field for each in plan.binding.inputs))
    (given,), remarks = inputs_in_memory(arrays, wanted)
    found = node_outputs(model, given.part, plan.graph.outputs)
    for form in model.forms:
        if form.gives != "class" and not form.scale.changes_nothing:
            found[form.output] = stored_again(found[form.output], form.scale)
    return found, remarks
