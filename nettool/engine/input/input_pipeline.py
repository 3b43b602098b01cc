"""A part of the data → batches for Keras; samples keep the type they are stored in until then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import tensorflow as tf

from nettool.data.column import Part
from nettool.data.field import Field
from nettool.data.scale import WIDE, Scale
from nettool.engine.input.augmentation import Augment, augmenting
from nettool.engine.input.class_weights import sample_weights
from nettool.engine.input.epoch_order import EpochOrder
from nettool.engine.input.prefetch import pipeline
from nettool.engine.input.samples import Gather, check_input, gather
from nettool.engine.input.targets import target_of
from nettool.graph.bind.binding import InputBinding, TargetBinding
from nettool.graph.trainable_plan import TrainablePlan
from nettool.layers.outcome import Shape

InputValues = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]
"""Takes the positions of samples and the moment of the batch, and gives what an input gets."""


@dataclass(frozen=True, slots=True, eq=False)
class InputPipeline:
    """A dataset of batches (inputs, targets), the last one as small as it comes out; `steps` make an epoch.

    Inputs are a tensor, or a tuple in the order of the graph's inputs; targets a tensor, or a dictionary by
    output.
    """

    dataset: Any
    steps: int


def evaluation_batch_size(training_batch_size: int) -> int:
    """Larger than in training, for speed, but within what the network's memory for training suggests."""
    return max(training_batch_size, min(256, 4 * training_batch_size))


def training_pipeline(
    plan: TrainablePlan,
    part: Part,
    batch_size: int,
    order: EpochOrder,
    *,
    first_step: int = 0,
    most_steps: int | None = None,
) -> InputPipeline:
    """Batches in the order that is in force when the dataset is iterated; one dataset serves all epochs.

    With a `first_step` other than 0 the dataset is the rest of an epoch: the very batches that a whole one
    has from there on; `most_steps` end an epoch early. Images go through the plan's augmentation on their way
    to an input, not on their way to a target. Where classes are weighed, what its samples count is a third
    part of a batch.
    """
    return _pipeline(
        plan,
        part,
        batch_size,
        order,
        _targets(plan, part),
        first_step,
        most_steps,
        sample_weights(plan, part),
    )


def evaluation_pipeline(plan: TrainablePlan, part: Part, batch_size: int) -> InputPipeline:
    """Batches in the order in which the samples are stored."""
    return _pipeline(plan, part, batch_size, None, _targets(plan, part))


def inference_pipeline(plan: TrainablePlan, part: Part, batch_size: int) -> InputPipeline:
    """Batches of inputs alone, as `keras.Model.predict` takes them."""
    return _pipeline(plan, part, batch_size, None, None)


def _pipeline(
    plan: TrainablePlan,
    part: Part,
    batch_size: int,
    order: EpochOrder | None,
    targets: Mapping[str, Gather] | None,
    first_step: int = 0,
    most_steps: int | None = None,
    weights: Mapping[str, Gather] | None = None,
) -> InputPipeline:
    samples = len(part)
    fixed = plan.graph.batch_size
    if fixed is not None:
        # A network that is built for batches of one size cannot take the rest, so the rest is left out.
        batch_size = fixed
        samples -= samples % fixed
    steps = -(-samples // batch_size)
    inputs = _inputs(plan, part, is_training=order is not None)
    single_output = len(plan.graph.outputs) == 1

    # Nothing here depends on tensors' values; rewriting all of this code for them would take half a second.
    @tf.autograph.experimental.do_not_convert  # type: ignore[untyped-decorator]
    def batch(step: tf.Tensor) -> tuple[Any, ...]:
        first = step * batch_size
        last = tf.minimum(first + batch_size, samples)
        positions = tf.range(first, last) if order is None else order.positions[first:last]
        moment = step if order is None else order.epoch * steps + step
        values = tuple(values_at(positions, moment) for values_at in inputs)
        if fixed is not None:
            values = tuple(tf.ensure_shape(value, (fixed, *value.shape[1:])) for value in values)
        x = values[0] if len(values) == 1 else values
        if targets is None:
            return (x,)
        y = {output: values_at(positions) for output, values_at in targets.items()}
        if weights is None:
            return (x, _alone(y) if single_output else y)
        w = {output: weights_at(positions) for output, weights_at in weights.items()}
        return (x, _alone(y), _alone(w)) if single_output else (x, y, w)

    # Without a device, variables and constants would go to a GPU and every batch would travel back for them.
    with tf.device("CPU:0"):
        end = steps if most_steps is None else min(steps, most_steps)
        return InputPipeline(pipeline(batch, first_step, end, batch_size), end)


def _alone(by_output: Mapping[str, tf.Tensor]) -> tf.Tensor:
    return next(iter(by_output.values()))


def _inputs(plan: TrainablePlan, part: Part, *, is_training: bool) -> list[InputValues]:
    binding = plan.binding
    bound = {entry.input: entry for entry in binding.inputs}
    nodes = plan.graph.by_name
    found = []
    for place, name in enumerate(plan.graph.inputs):
        field = binding.field(bound[name].field)
        augment = _augment(plan, field, place) if is_training else None
        dtype = nodes[name].dtype or "float32"
        check_input(plan.graph, name, dtype, field, part)
        found.append(_input(part, field, bound[name], dtype, augment))
    return found


def _augment(plan: TrainablePlan, field: Field, place: int) -> Augment | None:
    layers = plan.data.augment
    if not layers or field.kind != "image":
        return None
    return augmenting(layers, field.highest, plan.training.seed, place)


def _input(part: Part, field: Field, bound: InputBinding, dtype: str, augment: Augment | None) -> InputValues:
    column = part.columns[field.name]
    stored_at = gather(column)

    def values_at(positions: tf.Tensor, moment: tf.Tensor) -> tf.Tensor:
        values = stored_at(positions)
        if augment is not None:
            values = augment(values, moment)
        return _shaped(_scaled(values, column.scale, dtype), bound.shape)

    return values_at


def _targets(plan: TrainablePlan, part: Part) -> dict[str, Gather]:
    targets = {output: target_of(plan, output) for output in plan.graph.outputs}
    return {
        output: _nothing if target is None else _target(part, plan.binding.field(target.field), target)
        for output, target in targets.items()
    }


def _target(part: Part, field: Field, target: TargetBinding) -> Gather:
    column = part.columns[field.name]
    values_at = gather(column)

    def encoded(positions: tf.Tensor) -> tf.Tensor:
        values = values_at(positions)
        if target.encoding == "one_hot":
            return _shaped(tf.one_hot(values, target.classes), target.shape)
        if target.encoding == "index":
            return _shaped(tf.cast(values, "int32"), target.shape)
        return _shaped(_scaled(values, column.scale, "float32"), target.shape)

    return encoded


def _nothing(positions: tf.Tensor) -> tf.Tensor:
    """Stands for the target of an output that has neither loss nor metric: Keras wants the same structure."""
    return tf.zeros([tf.shape(positions)[0], 1])


def _scaled(values: tf.Tensor, scale: Scale, dtype: str) -> tf.Tensor:
    """As the scale says; an input of whole numbers takes the values as they are."""
    if tf.as_dtype(dtype).is_integer and values.dtype.is_floating:
        # Augmented values lie between whole numbers.
        return tf.saturate_cast(tf.round(values), dtype)
    if not tf.as_dtype(dtype).is_floating or scale.changes_nothing:
        return tf.cast(values, dtype)
    # Scaled before it is rounded: what float32 cannot tell apart (a time in seconds), or float16 cannot hold.
    is_wide = dtype == "float64" or values.dtype.name in WIDE
    scaled = tf.cast(values, "float64" if is_wide else "float32")
    if any(scale.shift):
        scaled = scaled - tf.constant(_one_or_all(scale.shift), scaled.dtype)
    if set(scale.divisor) != {1.0}:
        scaled = scaled / tf.constant(_one_or_all(scale.divisor), scaled.dtype)
    return tf.cast(scaled, dtype)


def _one_or_all(numbers: tuple[float, ...]) -> float | tuple[float, ...]:
    """One number is for values of any rank, even of none."""
    return numbers[0] if len(numbers) == 1 else numbers


def _shaped(values: tf.Tensor, shape: Shape) -> tf.Tensor:
    if tuple(values.shape[1:]) == shape or shape.count(None) > 1:
        return values
    return tf.reshape(values, [tf.shape(values)[0], *(-1 if length is None else length for length in shape)])
