"""Tell a Keras model what to learn and how."""

from contextlib import nullcontext
from typing import Any

import keras
from keras import tree

from nettool.engine.compile.combined_losses import LossBetween, SumOfLosses
from nettool.engine.compile.objectives import objectives
from nettool.engine.compile.optimizer import keras_optimizer, with_steps
from nettool.engine.compile.sample_averages import RecordedAsMean, weigh_batches
from nettool.engine.compile.steps_per_execution import steps_per_execution
from nettool.engine.compile.training_length import training_length
from nettool.engine.devices.backend import backend
from nettool.engine.devices.devices import is_on_several, on_all_devices
from nettool.graph.trainable_plan import TrainablePlan


def compile_model(model: keras.Model, plan: TrainablePlan, samples: int) -> None:
    """Compile the model to train on so many samples. What it has learned stays, an optimizer's state goes."""
    training = plan.training
    length = training_length(plan, samples)
    several = is_on_several(model)
    with on_all_devices() if several else nullcontext():
        model.compile(
            optimizer=keras_optimizer(with_steps(training.optimizer, length)),
            steps_per_execution=steps_per_execution(plan.graph, training.batch_size, length.steps),
            **objectives(plan),
        )
    weigh_batches(model)
    if any(isinstance(loss, (SumOfLosses, LossBetween, RecordedAsMean)) for loss in tree.flatten(model.loss)):
        # Plain Keras knows none of them: with them in its file it would refuse to open the model.
        model.get_compile_config = lambda: None
    if several:
        from nettool.engine.compile.replicas import share_batches

        share_batches(model)


def build_objectives(model: keras.Model, batches: Any) -> None:  # noqa: ANN401 - a dataset of TensorFlow's
    """Give the losses and metrics of several outputs their variables, which JAX asks for in any case."""
    if backend() == "tensorflow" and len(model.outputs) > 1 and not is_on_several(model):
        from nettool.engine.devices import on_tensorflow

        on_tensorflow.build_objectives(model, batches.element_spec)


def build_optimizer(model: keras.Model) -> None:
    """Give a compiled model's optimizer its variables, which Keras would do at the first step."""
    with on_all_devices() if is_on_several(model) else nullcontext():
        model.optimizer.build(model.trainable_variables)
