"""A run's saved model, asked: what its outputs, or any of its nodes, give for new samples."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nettool.data.failure import DataError
from nettool.data.prediction.inputs import PredictionInputs
from nettool.data.prediction.preparation import Preparation
from nettool.diagnostics.caller import argument
from nettool.engine.evaluate.load_model import load_model
from nettool.engine.evaluate.measurement import usual_batch_size
from nettool.engine.evaluate.predictions import answers, node_reader
from nettool.engine.model.keras_check import completed
from nettool.engine.model.model_type import Model
from nettool.engine.model.user_layers import blaming_user_code
from nettool.graph.complete_plan import complete_plan
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.predict.answer_forms import answer_forms
from nettool.jobs.predict.picture_folder import PictureFolder
from nettool.record.disk.growing_arrays import growing_arrays
from nettool.views.predictions.prediction import Answer, AnswerForm, ImageAnswer, Prediction
from nettool.views.predictions.understood import understood

Advance = Callable[[int], None]
"""Is called with how many further samples have been answered."""


@dataclass(frozen=True, slots=True, eq=False)
class LoadedModel:
    """A run's model in memory, its plan without gaps, and how its outputs are to be understood."""

    model: Model
    plan: TrainablePlan
    forms: tuple[AnswerForm, ...]
    batch_size: int


def open_model(
    model: Path, plan: TrainablePlan, preparation: Preparation, batch_size: int | None
) -> LoadedModel:
    """Read the model of a plan. Raises what `load_model` does, and SpecError where the plan does not fit."""
    with blaming_user_code(plan.python):
        opened = load_model(model, plan.graph, plan.precision)
        whole = complete_plan(plan, completed(plan.graph, opened))
    forms = answer_forms(whole, preparation)
    return LoadedModel(opened, whole, forms, batch_size or usual_batch_size(whole))


def predictions(
    loaded: LoadedModel,
    groups: tuple[PredictionInputs, ...],
    top: int,
    pictures: PictureFolder | None,
    advance: Advance,
) -> Iterator[Prediction]:
    """What the outputs answer for each sample, in their order; images go to `pictures`, if there is one.

    Raises DataError.
    """
    outputs = loaded.plan.graph.outputs
    reader = node_reader(loaded.model, loaded.plan.graph, outputs)
    for given in groups:
        done = 0
        for batch in answers(reader, loaded.plan, given.part, loaded.batch_size):
            by_output = [understood(batch[form.output], form, top) for form in loaded.forms]
            count = len(batch[outputs[0]])
            for place, found in zip(range(done, done + count), zip(*by_output, strict=True), strict=True):
                name = given.name(place)
                kept = (
                    _kept(answer, form, str(name), pictures)
                    for answer, form in zip(found, loaded.forms, strict=True)
                )
                yield Prediction(name, tuple(kept))
            done += count
            advance(count)


def _kept(answer: Answer, form: AnswerForm, sample: str, pictures: PictureFolder | None) -> Answer:
    if pictures is None or not isinstance(answer, ImageAnswer):
        return answer
    return replace(answer, path=pictures.keep(answer.pixels, sample, form.output))


def write_nodes(
    loaded: LoadedModel,
    groups: tuple[PredictionInputs, ...],
    nodes: tuple[str, ...],
    path: Path,
    advance: Advance,
) -> dict[str, tuple[int, ...]]:
    """What these nodes give for all samples, as arrays in an .npz by their addresses; their shapes.

    `files` holds the name of each sample's file, and `samples` its number in that file (0 in a file of one).
    Raises DataError, and ValueError for an address that no layer has.
    """
    reader = node_reader(loaded.model, loaded.plan.graph, nodes)
    names = [given.name(place) for given in groups for place in range(len(given))]
    names_of_samples = {
        _free("files", nodes): np.array([name.file for name in names]),
        _free("samples", nodes): np.array([name.number or 0 for name in names], np.int64),
    }
    with growing_arrays(path, names_of_samples) as arrays:
        for given in groups:
            for batch in answers(reader, loaded.plan, given.part, loaded.batch_size):
                try:
                    arrays.add(batch)
                except ValueError as error:
                    raise DataError(
                        str(error),
                        (f"expected: all samples in one batch: {argument('batch_size', len(names))}",),
                    ) from error
                advance(len(next(iter(batch.values()))))
        return dict(arrays.shapes)


def _free(name: str, nodes: tuple[str, ...]) -> str:
    return f"{name}_" if name in nodes else name
