"""A part of the data → batches for Keras; samples keep the type they are stored in until then."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tensorflow as tf

from nettool.data.column import Part
from nettool.data.field import Field
from nettool.data.scale import Scale
from nettool.engine.epoch_order import EpochOrder
from nettool.engine.samples import Gather, gather
from nettool.engine.targets import target_of
from nettool.graph.binding import Binding, InputBinding, TargetBinding
from nettool.graph.plan import Plan
from nettool.layers.outcome import Shape


@dataclass(frozen=True, slots=True, eq=False)
class Feed:
    """A dataset of `steps` batches (inputs, targets), the last one as small as it comes out.

    Inputs are a tensor, or a tuple in the order of the graph's inputs; targets a tensor, or a dictionary by
    output.
    """

    dataset: Any
    steps: int


def evaluation_batch_size(training_batch_size: int) -> int:
    """Larger than in training, for speed, but within what the network's memory for training suggests."""
    return max(training_batch_size, min(256, 4 * training_batch_size))


def training_feed(plan: Plan, part: Part, batch_size: int, order: EpochOrder) -> Feed:
    """Batches in the order that is in force when the dataset is iterated; one dataset serves all epochs."""
    return _feed(plan, part, batch_size, order, _targets(plan, part))


def evaluation_feed(plan: Plan, part: Part, batch_size: int) -> Feed:
    """Batches in the order in which the samples are stored."""
    return _feed(plan, part, batch_size, None, _targets(plan, part))


def input_feed(plan: Plan, part: Part, batch_size: int) -> Feed:
    """Batches of inputs alone, as `keras.Model.predict` takes them."""
    return _feed(plan, part, batch_size, None, None)


def _feed(
    plan: Plan, part: Part, batch_size: int, order: EpochOrder | None, targets: Mapping[str, Gather] | None
) -> Feed:
    samples = len(part)
    fixed = plan.graph.batch_size
    if fixed is not None:
        # A network that is built for batches of one size cannot take the rest, so the rest is left out.
        batch_size = fixed
        samples -= samples % fixed
    steps = -(-samples // batch_size)
    inputs = _inputs(plan, part)
    single_output = len(plan.graph.outputs) == 1

    def batch(step: tf.Tensor) -> tuple[Any, ...]:
        first = step * batch_size
        last = tf.minimum(first + batch_size, samples)
        positions = tf.range(first, last) if order is None else order.positions[first:last]
        values = tuple(values_at(positions) for values_at in inputs)
        if fixed is not None:
            values = tuple(tf.ensure_shape(value, (fixed, *value.shape[1:])) for value in values)
        x = values[0] if len(values) == 1 else values
        if targets is None:
            return (x,)
        y = {output: values_at(positions) for output, values_at in targets.items()}
        return (x, next(iter(y.values())) if single_output else y)

    # Without a device, variables and constants would go to a GPU and every batch would travel back for them.
    with tf.device("CPU:0"):
        dataset = tf.data.Dataset.range(steps).map(batch, num_parallel_calls=tf.data.AUTOTUNE)
    return Feed(dataset.prefetch(tf.data.AUTOTUNE), steps)


def _inputs(plan: Plan, part: Part) -> list[Gather]:
    binding = _binding(plan)
    bound = {entry.input: entry for entry in binding.inputs}
    nodes = plan.graph.by_name
    return [
        _input(part, binding.field(bound[name].field), bound[name], nodes[name].dtype or "float32")
        for name in plan.graph.inputs
    ]


def _input(part: Part, field: Field, bound: InputBinding, dtype: str) -> Gather:
    column = part.columns[field.name]
    values_at = gather(column)
    return lambda positions: _shaped(_scaled(values_at(positions), column.scale, dtype), bound.shape)


def _targets(plan: Plan, part: Part) -> dict[str, Gather]:
    binding = _binding(plan)
    targets = {output: target_of(plan, output) for output in plan.graph.outputs}
    return {
        output: _nothing if target is None else _target(part, binding.field(target.field), target)
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
    cast = tf.cast(values, dtype)
    if not cast.dtype.is_floating:
        return cast
    if any(scale.shift):
        cast = cast - tf.constant(_one_or_all(scale.shift), cast.dtype)
    return cast if set(scale.divisor) == {1.0} else cast / tf.constant(_one_or_all(scale.divisor), cast.dtype)


def _one_or_all(numbers: tuple[float, ...]) -> float | tuple[float, ...]:
    """One number is for values of any rank, even of none."""
    return numbers[0] if len(numbers) == 1 else numbers


def _shaped(values: tf.Tensor, shape: Shape) -> tf.Tensor:
    if tuple(values.shape[1:]) == shape or shape.count(None) > 1:
        return values
    return tf.reshape(values, [tf.shape(values)[0], *(-1 if length is None else length for length in shape)])


def _binding(plan: Plan) -> Binding:
    if plan.binding is None:
        raise ValueError("a plan without data cannot be fed")
    return plan.binding
