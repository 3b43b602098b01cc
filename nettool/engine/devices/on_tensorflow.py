"""What is done in TensorFlow's own way: its devices, and a pass over batches."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras.src.backend import compute_output_spec
from numpy.typing import NDArray

from nettool.engine.devices.device_choice import DeviceChoice

TestStep = Callable[[Any], tuple[Any, Any]]
"""Takes a batch; gives what Keras's test step gives, and the model's answers."""


def gpus() -> Sequence[Any]:
    """Those of this machine that TensorFlow can use."""
    found: Sequence[Any] = tf.config.list_physical_devices("GPU")
    return found


def use(choice: DeviceChoice, present: Sequence[Any]) -> None:
    """Let TensorFlow see these devices and no others, GPUs being counted anew."""
    wanted = [present[number] for number in choice.numbers] if choice.kind == "gpu" else []
    if wanted != list(present):
        tf.config.set_visible_devices(wanted, "GPU")
    if choice.kind == "cpu" and len(choice.numbers) > 1:
        (processor, *_) = tf.config.list_physical_devices("CPU")
        parts = [tf.config.LogicalDeviceConfiguration() for _ in choice.numbers]
        if tf.config.get_logical_device_configuration(processor) != parts:
            tf.config.set_logical_device_configuration(processor, parts)


@cache
def strategy() -> tf.distribute.Strategy:
    """What keeps a model's weights on all devices that TensorFlow sees.

    Sums are made on one device: with the collective operations that TensorFlow would take, those of a step
    and those of a synchronized BatchNormalization in it get mixed up, and several steps at once fail.
    """
    devices = tf.config.list_logical_devices("GPU") or tf.config.list_logical_devices("CPU")
    sums = tf.distribute.ReductionToOneDevice()
    return tf.distribute.MirroredStrategy([device.name for device in devices], cross_device_ops=sums)


def build_objectives(model: keras.Model, batch: Any) -> None:  # noqa: ANN401 - specs in the batch's structure
    """Give a compiled model's losses and metrics their variables; `batch` are specs of what it is fed.

    Left to the first step they would be made while that is traced, and TensorFlow traces such a step twice.
    """
    unbuilt = [each for each in (model._compile_metrics, model._compile_loss) if each and not each.built]
    _, *specs = batch
    if (
        not unbuilt
        or tf.config.functions_run_eagerly()
        or any(each.shape.rank is None for each in tf.nest.flatten(specs))
    ):
        return
    y, *weights = tf.nest.map_structure(
        lambda spec: keras.KerasTensor(tuple(spec.shape), spec.dtype.name), specs
    )
    weight = weights[0] if weights else None
    for compute in (model.compute_metrics, model.compute_loss):
        compute_output_spec(compute, None, y, model.output, weight)


def view(variable: tf.Variable) -> NDArray[Any]:
    """Its values as they are now, which are copied only where NumPy has no name for their type."""
    values = tf.convert_to_tensor(variable)
    try:
        return np.asarray(memoryview(values))
    except ValueError:
        return np.asarray(values.numpy())


def tested(model: keras.Model, step: TestStep, batches: tf.data.Dataset) -> Iterator[Any]:
    """Put each batch through the step, which moves the metrics on; the answers."""

    def answers(batch: Any) -> Any:  # noqa: ANN401 - whatever structure the batches have
        return step(batch)[1]

    # One trace for batches of all sizes.
    compiled = tf.function(answers, [batches.element_spec], jit_compile=model.jit_compile, autograph=False)
    return map(compiled, batches)
