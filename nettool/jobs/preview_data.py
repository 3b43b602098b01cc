"""Spec → preview of its data: loaded, and augmented by Keras where the spec asks for it."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nettool.data.load import Loaded, load
from nettool.data.place import Place
from nettool.data.preview import Preview, parts_of, preview
from nettool.data.sources.source import PartName, Say
from nettool.data.values.statistics import stored_again
from nettool.graph.plan import Plan
from nettool.spec.training import Training
from nettool.views.terminal.declared_data import augmentation_text


def is_augmented(plan: Plan, part: PartName) -> bool:
    """Whether the samples of this part are augmented, so that Keras is needed to show them."""
    return part == "train" and plan.data is not None and bool(plan.data.augment) and plan.binding is not None


def load_data(plan: Plan, place: Place, say: Say, *, progress: bool) -> Loaded:
    """The data as a training gets them. Raises DataError."""
    if plan.data is None:
        raise ValueError("a plan without data has none to be loaded")
    training = plan.training or Training()
    return load(
        plan.data,
        place,
        say,
        progress,
        validation_split=training.validation_split,
        seed=training.seed,
    )


def preview_data(plan: Plan, loaded: Loaded, part: PartName, count: int, seed: int) -> Preview:
    """What there is to see of `count` samples of a part that is not empty, drawn with the seed.

    Where they are augmented, the engine must have been started. Raises DataError.
    """
    if plan.data is None:
        raise ValueError("a plan without data has none to be seen")
    seen = preview(plan.graph.name, plan.data, loaded, part, count, seed)
    if not is_augmented(plan, part):
        return seen
    words = tuple(augmentation_text(each) for each in plan.data.augment)
    return replace(seen, augmentation=words, augmented=_augmented(plan, loaded, seen, seed))


def _augmented(plan: Plan, loaded: Loaded, seen: Preview, seed: int) -> dict[str, NDArray[np.generic]]:
    """The images of the shown samples as the first epoch's inputs have them, back on the stored scale."""
    from nettool.engine.input.first_batch import first_inputs

    inputs = first_inputs(plan, parts_of(loaded)[seen.part].take(seen.rows), seed)
    fields = {field.name: field for field in seen.fields}
    bound = () if plan.binding is None else plan.binding.inputs
    return {
        each.field: stored_again(
            inputs[each.input].reshape(-1, *(length or -1 for length in fields[each.field].shape)),
            loaded.preparation.scales[each.field],
        )
        for each in bound
        if fields[each.field].kind == "image"
    }
