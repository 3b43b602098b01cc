"""Open a saved model."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import keras

from nettool.engine.compile.supported import require_computable
from nettool.engine.devices.process_setup import use_precision
from nettool.engine.evaluate.same_network import difference
from nettool.engine.model.build_model import build_model
from nettool.graph.network import Graph, Node
from nettool.record.checkpoints.model_file import model_config, require_sound_weights
from nettool.record.run_damaged import RunDamaged
from nettool.spec.train.training import Precision


def load_model(path: Path, graph: Graph, precision: Precision = "float32") -> keras.Model:
    """The graph's network with the weights of a `.keras` file, not compiled: the plan says what is measured.

    Nothing that the file says is made or run: it must describe the very network of the graph.
    Raises FileNotFoundError when there is no such file, RunDamaged when it is not a Keras model, a damaged
    one, or one of another network, NotPossible when it is one of a graph that the backend cannot compute,
    and what `build_model` raises.
    """
    require_computable(graph)
    if not path.exists():
        raise FileNotFoundError(f"there is no model at {path}")
    facts = model_config(path)
    require_sound_weights(path)
    with _built_in(precision):
        model = build_model(_without_published_weights(graph))
    applications = frozenset(node.name for node in graph.nodes if node.application)
    found_difference = difference(model, facts, applications)
    if found_difference is not None:
        raise RunDamaged(path, f"it holds another network than its run: {found_difference}")
    try:
        if applications or _keeps_files(model):
            return keras.models.load_model(path, compile=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is missing is an error in the end, in our words
            model.load_weights(path)
    except MemoryError:
        raise
    except Exception as error:  # Keras says with whatever exception it likes what does not fit
        raise RunDamaged(path, "its weights are not those of the network in resolved.yaml") from error
    return model


@contextmanager
def _built_in(precision: Precision) -> Iterator[None]:
    before = keras.config.dtype_policy()
    use_precision(precision)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


def _without_published_weights(graph: Graph) -> Graph:
    """The graph whose ready-made networks are not downloaded: their weights are in the file."""
    return replace(graph, nodes=tuple(map(_bare, graph.nodes)))


def _bare(node: Node) -> Node:
    if not node.application or node.options.get("weights") is None:
        return node
    return replace(node, options={**node.options, "weights": None})


def _keeps_files(model: keras.Model) -> bool:
    """Whether a layer of the user's keeps more than variables; Keras's own have it from their options."""
    return any(
        hasattr(layer, "load_assets") and not type(layer).__module__.startswith("keras.")
        for layer in model.layers
    )
