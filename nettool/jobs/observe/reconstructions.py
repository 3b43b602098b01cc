"""Pictures of the images that a trained network should give back, and of what it predicts."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Column, Part
from nettool.data.field import Field
from nettool.data.transforms.samples import evenly_spaced
from nettool.engine.evaluate.evaluation import predict
from nettool.engine.input.targets import target_of
from nettool.engine.model.model_type import Model
from nettool.graph.trainable_plan import TrainablePlan
from nettool.record.files.observations import SeenImages
from nettool.record.files.pictures import output_stem, write_plot
from nettool.record.run_directory import RunDirectory
from nettool.views.charts.reconstruction import draw_reconstructions
from nettool.views.charts.small_png import small_png

_DRAWN, _IN_REPORT = 10, 12


def reconstructing_outputs(plan: TrainablePlan) -> Mapping[str, Field]:
    """The outputs whose target is an image, each with that image's field."""
    found: dict[str, Field] = {}
    for output in plan.graph.outputs:
        target = target_of(plan, output)
        field = None if target is None else plan.binding.field(target.field)
        if field is not None and field.kind == "image":
            found[output] = field
    return found


def write_reconstructions(run: RunDirectory, plan: TrainablePlan, part: Part, model: Model) -> None:
    """A picture for every such output, of samples from the whole length of the part."""
    several = len(reconstructing_outputs(plan)) > 1
    for output, targets, predictions in _reconstructions(plan, part, model, _DRAWN):
        title = f"{plan.graph.name}: test images, given back by {output}"
        stem = output_stem("reconstruction", output if several else None)
        for form, picture in draw_reconstructions(targets, predictions, title).items():
            write_plot(run, stem, form, picture)


def observe_reconstructions(plan: TrainablePlan, part: Part, model: Model) -> tuple[SeenImages, ...]:
    """The same of a few more samples, as a report shows them."""
    return tuple(
        SeenImages(
            output,
            tuple(
                (small_png(one), small_png(other)) for one, other in zip(targets, predictions, strict=True)
            ),
        )
        for output, targets, predictions in _reconstructions(plan, part, model, _IN_REPORT)
    )


def _reconstructions(
    plan: TrainablePlan, part: Part, model: Model, most: int
) -> Iterator[tuple[str, NDArray[np.float64], NDArray[np.float64]]]:
    """Output, target images and predicted ones, from 0 to 1."""
    outputs = reconstructing_outputs(plan)
    if not outputs or not len(part):
        return
    few = part.take(evenly_spaced(len(part), most))
    answers = predict(model, plan, few)
    for output, field in outputs.items():
        column = few.columns[field.name]
        targets = column.array().astype(np.float64)
        predictions = as_stored(answers[output].astype(np.float64).reshape(targets.shape), column)
        yield output, targets / field.highest, predictions / field.highest


def as_stored(values: NDArray[np.float64], column: Column) -> NDArray[np.float64]:
    """What a network gives, back on the scale in which the column is stored."""
    stored: NDArray[np.float64] = values * np.array(column.scale.divisor) + np.array(column.scale.shift)
    return stored
