"""A model's steps on several devices, so that they come to what the whole batch comes to on one."""

from functools import partial
from typing import Any

import keras
import tensorflow as tf


def share_batches(model: keras.Model) -> None:
    """Let a compiled model that is on several devices divide each batch among them.

    Keras would count each device's part of a batch alike, however many samples it has, and clip gradients
    before it adds them up. Here a part counts by its samples, and the whole batch's gradients are clipped.
    """
    model.train_step = partial(_train_step, model)
    model.test_step = partial(_test_step, model)
    model._maybe_symbolic_build = partial(_make_metrics, model)
    # The gradients are added up by the step itself.
    optimizer = getattr(model.optimizer, "inner_optimizer", model.optimizer)
    optimizer._all_reduce_sum_gradients = _as_they_are


def _as_they_are(gradients: Any) -> Any:  # noqa: ANN401 - pairs of gradients and variables
    return gradients


def _train_step(model: keras.Model, batch: Any) -> Any:  # noqa: ANN401 - any structure
    x, y, weights = keras.utils.unpack_x_y_sample_weight(batch)
    samples, share = _share(x)
    with tf.GradientTape() as tape:
        answers = model(x, training=True)
        loss = _loss(model, x, y, answers, weights, training=True)
        scaled = model.optimizer.scale_loss(loss * share)
    model._loss_tracker.update_state(loss, sample_weight=samples)
    variables = model.trainable_variables
    gradients = _summed(tape.gradient(scaled, variables))
    model.optimizer.apply_gradients(zip(gradients, variables, strict=True))
    return model.compute_metrics(x, y, answers, sample_weight=weights)


def _test_step(model: keras.Model, batch: Any) -> Any:  # noqa: ANN401 - any structure
    x, y, weights = keras.utils.unpack_x_y_sample_weight(batch)
    samples, _ = _share(x)
    answers = model(x, training=False)
    loss = _loss(model, x, y, answers, weights, training=False)
    model._loss_tracker.update_state(loss, sample_weight=samples)
    return model.compute_metrics(x, y, answers, sample_weight=weights)


def _share(x: Any) -> tuple[tf.Tensor, tf.Tensor]:  # noqa: ANN401 - a tensor or several
    """The samples of this device, and which share of the batch they are."""
    samples = tf.cast(tf.shape(tf.nest.flatten(x)[0])[0], tf.float32)
    return samples, samples / tf.distribute.get_replica_context().all_reduce("SUM", samples)


def _summed(gradients: list[Any]) -> list[Any]:
    """Over all devices; a variable that the loss does not depend on has none."""
    present = [gradient for gradient in gradients if gradient is not None]
    total = iter(tf.distribute.get_replica_context().all_reduce("SUM", present) if present else ())
    return [None if gradient is None else next(total) for gradient in gradients]


def _loss(
    model: keras.Model,
    x: Any,  # noqa: ANN401 - these are tensors, or structures of them
    y: Any,  # noqa: ANN401
    answers: Any,  # noqa: ANN401
    weights: Any,  # noqa: ANN401
    *,
    training: bool,
) -> tf.Tensor:
    """The loss of this device's samples, regularization included."""
    devices = tf.distribute.get_replica_context().num_replicas_in_sync
    loss = model.compute_loss(x=x, y=y, y_pred=answers, sample_weight=weights, training=training)
    # Keras has divided it by the number of devices.
    return loss * devices


def _make_metrics(model: keras.Model, iterator: Any = None, data_batch: Any = None) -> None:  # noqa: ANN401
    """Make the variables of metrics. Keras would average a batch's parts for it, as if they were equal."""
    makers = (model._compile_metrics, model._compile_loss)
    if iterator is None or all(each is None or each.built for each in makers):
        return
    strategy = model.distribute_strategy
    _, _, batches = next(iter(iterator))
    part = tf.nest.map_structure(lambda each: strategy.experimental_local_results(each)[0], next(batches))
    with strategy.scope():
        model._symbolic_build(data_batch=part)
