"""A run's saved model, opened to be looked into: its weights, and what its nodes give for samples."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.engine.evaluate.load_model import load_model
from nettool.engine.evaluate.predictions import answers, node_reader
from nettool.engine.model.keras_check import completed
from nettool.engine.model.user_layers import blaming_user_code
from nettool.engine.model.weights import layer_weights
from nettool.graph.network import Graph
from nettool.graph.plan import Plan
from nettool.graph.trained_weights import LayerWeights
from nettool.jobs.predict.loaded_model import LoadedModel


def weights_of(model: Path, plan: Plan) -> tuple[Graph, tuple[LayerWeights, ...]]:
    """The weights in the file of a plan's model, and the plan's graph without gaps.

    Raises what `load_model` does.
    """
    with blaming_user_code(plan.python):
        opened = load_model(model, plan.graph, plan.precision)
        graph = completed(plan.graph, opened)
    return graph, layer_weights(opened, graph)


def node_outputs(
    run: LoadedModel, part: Part, nodes: Sequence[str], batch_size: int | None = None
) -> dict[str, NDArray[np.generic]]:
    """What these nodes give for the samples of a part, arrays of (samples, …) by address.

    Raises DataError, and ValueError for an address that no layer has.
    """
    reader = node_reader(run.model, run.plan.graph, tuple(dict.fromkeys(nodes)))
    batches = list(answers(reader, run.plan, part, batch_size or run.batch_size))
    return {name: np.concatenate([batch[name] for batch in batches]) for name in batches[0]}
