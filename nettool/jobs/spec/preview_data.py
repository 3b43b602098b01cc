"""Spec → preview of its data: loaded, and augmented by Keras where the spec asks for it."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nettool.data.load import Loaded, load
from nettool.data.place import Place
from nettool.data.preview import Preview, preview
from nettool.data.request import DataRequest
from nettool.data.sources.source import PartName, Say
from nettool.data.values.statistics import stored_again
from nettool.graph.plan import Plan
from nettool.graph.trainable_plan import TrainablePlan, as_trainable
from nettool.spec.train.training import Training
from nettool.views.terminal.declared_data import augmentation_text


def is_augmented(plan: Plan, part: PartName) -> bool:
    """Whether the samples of this part are augmented, so that Keras is needed to show them."""
    return part == "train" and _augmented_plan(plan) is not None


def load_data(
    request: DataRequest, training: Training | None, place: Place, say: Say, *, progress: bool
) -> Loaded:
    """The data as a training gets them, one of the default settings where there are none.

    Raises DataError.
    """
    training = training or Training()
    return load(
        request,
        place,
        say,
        progress,
        validation_split=training.validation_split,
        seed=training.seed,
    )


def preview_data(
    plan: Plan, request: DataRequest, loaded: Loaded, part: PartName, count: int, seed: int
) -> Preview:
    """What there is to see of `count` samples of a part that is not empty, drawn with the seed.

    `request` is the plan's.

    Where they are augmented, the engine must have been started. Raises DataError.
    """
    seen = preview(plan.graph.name, request, loaded, part, count, seed)
    augmented = _augmented_plan(plan) if part == "train" else None
    if augmented is None:
        return seen
    words = tuple(augmentation_text(each) for each in request.augment)
    return replace(seen, augmentation=words, augmented=_augmented(augmented, loaded, seen, seed))


def _augmented_plan(plan: Plan) -> TrainablePlan | None:
    """The plan, with default settings where it has none; None where it augments nothing."""
    data, declaration, binding = plan.data, plan.declaration, plan.binding
    if data is None or declaration is None or binding is None or not data.augment:
        return None
    return as_trainable(plan, data, declaration, binding, plan.training or Training())


def _augmented(
    plan: TrainablePlan, loaded: Loaded, seen: Preview, seed: int
) -> dict[str, NDArray[np.generic]]:
    """The images of the shown samples as the first epoch's inputs have them, back on the stored scale."""
    from nettool.engine.input.first_batch import first_inputs

    inputs = first_inputs(plan, loaded.parts[seen.part].take(seen.rows), seed)
    fields = {field.name: field for field in seen.fields}
    return {
        each.field: stored_again(
            inputs[each.input].reshape(-1, *(length or -1 for length in fields[each.field].shape)),
            loaded.preparation.scales[each.field],
        )
        for each in plan.binding.inputs
        if fields[each.field].kind == "image"
    }
