"""An example of each layer as an entry of a spec, with the options that it cannot do without."""

from collections.abc import Mapping
from typing import Any

from nettool.layers.catalogue import catalogue, merge_names
from nettool.layers.definition import LayerDefinition

_BY_NAME: Mapping[str, Any] = {
    "activation": "relu",
    "axes": -1,
    "cell": {"layer": "LSTMCell", "units": 32},
    "cells": [{"layer": "LSTMCell", "units": 32}, {"layer": "LSTMCell", "units": 16}],
    "dims": [2, 1],
    "equation": "abc,cd->abd",
    "factor": 0.1,
    "filepath": "saved_model",
    "filters": 32,
    "head_dim": 16,
    "height": 24,
    "height_factor": 0.1,
    "input_dim": 10_000,
    "kernel_size": 3,
    "key_dim": 16,
    "layers": [{"layer": "RandomFlip"}, {"layer": "RandomRotation", "factor": 0.1}],
    "max_number": 20,
    "n": 4,
    "num_bins": 64,
    "num_heads": 4,
    "num_key_value_heads": 2,
    "num_query_heads": 4,
    "of": {"layer": "Dense", "units": 32},
    "output_dim": 64,
    "output_shape": [None, 64],
    "output_size": 4,
    "pool_size": 2,
    "rate": 0.5,
    "scale": 0.5,
    "stddev": 0.1,
    "target_shape": [7, 7, 64],
    "units": 64,
    "width": 24,
    "width_factor": 0.1,
}

_BY_CLASS: Mapping[str, Mapping[str, Any]] = {
    "Bidirectional": {"of": {"layer": "LSTM", "units": 32}},
    "CategoryEncoding": {"num_tokens": 10},
    "Conv2D": {"filters": 32, "kernel_size": 3, "padding": "same", "activation": "relu"},
    "Dense": {"units": 64, "activation": "relu"},
    "Discretization": {"bin_boundaries": [0.0, 0.5, 1.0]},
    "IntegerLookup": {"vocabulary": [10, 20, 30]},
    "StringLookup": {"vocabulary": ["cat", "dog"], "invert": True},
    "RandomPosterization": {"factor": 4},
}

_CELLS = frozenset({"SimpleRNNCell", "LSTMCell", "GRUCell", "StackedRNNCells"})
"""What is a part of RNN and no layer by itself."""

_TWO = frozenset(
    {"HashedCrossing", "Attention", "AdditiveAttention", "MultiHeadAttention", "GroupQueryAttention"}
)
"""Layers beside the merges that an example should show with two inputs."""


def example_entry(name: str) -> dict[str, object]:
    """The entry of an example, as a plain mapping: `{layer: Dense, units: 64, activation: relu}`.

    Raises KeyError for a layer that there is not.
    """
    definition = catalogue()[name]
    if name in _CELLS:
        return {"layer": "RNN", "cell": {"layer": name, **example_options(definition)}}
    kind = "merge" if name in merge_names() else "layer"
    entry: dict[str, object] = {kind: name}
    if kind == "merge" or name in _TWO:
        entry["from"] = ["left", "right"]
    return entry | example_options(definition)


def example_options(definition: LayerDefinition) -> dict[str, object]:
    """Values for the options that an example shows: those that are required, at least."""
    if definition.name in _BY_CLASS:
        return dict(_BY_CLASS[definition.name])
    return {option.name: _BY_NAME[option.name] for option in definition.options.values() if option.required}
