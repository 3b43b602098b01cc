"""What the nodes of a model give for samples, batch by batch: nothing but a few batches is in memory."""

import re
from collections.abc import Iterator, Mapping

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.data.failure import DataError
from nettool.diagnostics.caller import argument
from nettool.diagnostics.suggest import did_you_mean
from nettool.engine.devices.out_of_memory import memory_for_batches
from nettool.engine.input.input_pipeline import inference_pipeline
from nettool.engine.input.unread_samples import noted_errors_raised
from nettool.engine.model.stateful import begin_anew
from nettool.engine.model.tensors import node_tensors
from nettool.graph.network import Graph
from nettool.graph.trainable_plan import TrainablePlan

Answers = Mapping[str, NDArray[np.generic]]
"""By node, arrays of (samples, …)."""


def node_reader(model: keras.Model, graph: Graph, nodes: tuple[str, ...]) -> keras.Model:
    """The part of a model that gives these nodes, as a dictionary by address.

    The model is one that `build_model` made, or one read from a file. An address inside a ready-made network
    is that of any of its layers; ValueError when it has none of that name.
    """
    known = node_tensors(graph, model)
    tensors = {name: known[name] if name in known else _inner(model, graph, known, name) for name in nodes}
    inputs = model.inputs[0] if len(model.inputs) == 1 else model.inputs
    return keras.Model(inputs, tensors)


def _inner(
    model: keras.Model, graph: Graph, tensors: Mapping[str, keras.KerasTensor], address: str
) -> keras.KerasTensor:
    node = next(
        each for each in graph.nodes if each.application and f"{address}.".startswith(f"{each.name}.")
    )
    application = model.get_layer(node.owner or node.name)
    layers = {layer.name: layer for layer in application.layers}
    name = address.removeprefix(node.name).removeprefix(".")
    if not name:
        raise ValueError(f"of `{node.name}` only layers inside it are used, its own output is not there")
    if name not in layers:
        advice = did_you_mean(name, layers)
        raise ValueError(
            f"{node.operation} has no layer `{name}` here" + ("" if advice is None else f"; {advice}")
        )
    return keras.Model(application.inputs, layers[name].output)(*(tensors[each] for each in node.inputs))


def answers(reader: keras.Model, plan: TrainablePlan, part: Part, batch_size: int) -> Iterator[Answers]:
    """What the reader gives for the samples of a part, in their order; as from `keras.Model.predict`.

    A network that is built for batches of one size gets its last batch filled up. Raises DataError when
    samples cannot be read, or hold numbers that a layer cannot take.
    """
    samples = len(part)
    fixed = plan.graph.batch_size
    if fixed is not None:
        filled = np.minimum(np.arange(-(-samples // fixed) * fixed), samples - 1)
        part, batch_size = part.take(filled), fixed
    batches = inference_pipeline(plan, part, batch_size)
    begin_anew(reader)
    done = 0
    try:
        smaller = f"ask about fewer at a time: {argument('batch_size', max(1, batch_size // 2))}"
        with memory_for_batches(batch_size, smaller), noted_errors_raised():
            for (batch,) in batches.dataset.as_numpy_iterator():
                found = reader.predict_on_batch(batch)
                count = min(samples - done, batch_size)
                done += count
                yield {name: values[:count] for name, values in found.items()}
    except tf.errors.InvalidArgumentError as error:
        raise _refused(str(error.message)) from error


def _refused(message: str) -> DataError:
    """What TensorFlow says, in plain words where it is the one thing that samples can do wrong on the way."""
    found = re.search(r"= (-?\d+) is not in \[0, (\d+)\)", message)
    if found is None:
        message = " ".join(message.split("(most recent call last)")[0].split())
        return DataError(f"the network cannot take these samples: {message}")
    number, count = int(found[1]), int(found[2])
    message = f"the samples hold the number {number:,}, for which the network has learned nothing"
    return DataError(
        message, (f"expected: whole numbers from 0 to {count - 1:,}, as an Embedding takes them",)
    )
