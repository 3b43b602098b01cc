"""Pictures of what a trained network makes of images that it should give back."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Column, Part
from nettool.data.field import Field
from nettool.engine.evaluation import predict
from nettool.engine.model import Model
from nettool.engine.targets import target_of
from nettool.graph.plan import Plan
from nettool.record.pictures import write_plot
from nettool.record.run_directory import RunDirectory
from nettool.views.reconstruction import draw_reconstructions

SHOWN = 10


def reconstructing_outputs(plan: Plan) -> Mapping[str, Field]:
    """The outputs whose target is an image, each with that image's field."""
    found: dict[str, Field] = {}
    for output in plan.graph.outputs:
        target = target_of(plan, output)
        field = None if target is None or plan.binding is None else plan.binding.field(target.field)
        if field is not None and field.kind == "image":
            found[output] = field
    return found


def write_reconstructions(run: RunDirectory, plan: Plan, part: Part, model: Model) -> None:
    """A picture for every such output, of samples from the whole length of the part."""
    outputs = reconstructing_outputs(plan)
    if not outputs or not len(part):
        return
    few = part.take(np.linspace(0, len(part) - 1, min(SHOWN, len(part))).astype(np.int64))
    answers = predict(model, plan, few)
    for output, field in outputs.items():
        column = few.columns[field.name]
        wanted = column.array().astype(np.float64)
        given = as_stored(answers[output].astype(np.float64).reshape(wanted.shape), column)
        several = len(outputs) > 1
        title = f"{plan.graph.name}: images of the test part, given back by {output}"
        stem = f"reconstruction_{output}" if several else "reconstruction"
        pictures = draw_reconstructions(wanted / field.highest, given / field.highest, title)
        for form, picture in pictures.items():
            write_plot(run, stem, form, picture)


def as_stored(values: NDArray[np.float64], column: Column) -> NDArray[np.float64]:
    """What a network gives, back on the scale in which the column is stored."""
    stored: NDArray[np.float64] = values * np.array(column.scale.divisor) + np.array(column.scale.shift)
    return stored
