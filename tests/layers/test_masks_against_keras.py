"""What becomes of a mask: the table of all layers against Keras's own, and the warning against what is computed."""

import inspect
import os
import warnings
from typing import Any

import pytest
from layer_calls import IMAGE_LAYERS, WITH_RULE

from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.layers.catalogue import LAYERS_BY_FAMILY, catalogue, family_of
from nettool.layers.masks import treatment

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

pytestmark = pytest.mark.keras

SHAPES = {
    "1D": (6, 4),
    **dict.fromkeys(("2D", "Conv2DTranspose", "ConvLSTM1D"), (6, 5, 4)),
    **dict.fromkeys(("3D", "Conv3DTranspose", "ConvLSTM2D"), (6, 5, 5, 4)),
    "ConvLSTM3D": (6, 5, 5, 5, 4),
    "RepeatVector": (4,),
    "MelSpectrogram": (2048,),
    "STFTSpectrogram": (600, 2),
    "HashedCrossing": (1,),
}
"""By a layer's name, or how it ends; (6, 4) for the others."""
OPTIONS: dict[str, dict[str, Any]] = {
    "Reshape": {"target_shape": [4, 6]},
    "GroupNormalization": {"groups": 2},
    "Embedding": {"input_dim": 9, "output_dim": 4, "mask_zero": True},
    "ReversibleEmbedding": {"input_dim": 9, "output_dim": 4, "mask_zero": True},
    "CategoryEncoding": {"num_tokens": 9, "output_mode": "one_hot"},
    "EinsumDense": {"equation": "abc,cd->abd", "output_shape": [6, 4]},
    "AdaptiveMaxPooling3D": {"output_size": 2},
    "AdaptiveAveragePooling3D": {"output_size": 2},
}
READ_NO_MASK_OF_STEPS = {"BatchNormalization", "Softmax", "TimeDistributed", "Pipeline"}
"""They take a mask as well, but leave no step out of what they give."""
CELLS = {name for name in WITH_RULE if name.endswith(("Cell", "Cells"))}


@pytest.mark.parametrize("layer", sorted({*WITH_RULE} - {*IMAGE_LAYERS} - CELLS - {"ReversibleEmbedding"}))
def test_a_mask_goes_on_as_the_table_says(layer: str) -> None:
    options = OPTIONS.get(layer) or dict(catalogue()[layer].example)
    found, reads = with_keras(layer, options)
    expected = treatment(layer, options)
    assert found == (expected in ("makes", "passes", "merges", "reads"))
    assert (reads and layer not in READ_NO_MASK_OF_STEPS) == (expected in ("reads", "ends"))


@pytest.mark.parametrize("layer", ["SimpleRNN", "LSTM", "GRU", "ConvLSTM1D", "RNN", "Bidirectional"])
def test_a_recurrent_layer_that_gives_every_step_hands_the_mask_on(layer: str) -> None:
    options = dict(catalogue()[layer].example)
    if layer == "Bidirectional":
        options["of"] = {**options["of"], "return_sequences": True}
    else:
        options["return_sequences"] = True
    assert with_keras(layer, options) == (True, True)
    assert treatment(layer, options) == "reads"


@pytest.mark.parametrize("layer", ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"])
def test_a_merge_with_an_input_without_a_mask_has_none(layer: str) -> None:
    assert treatment(layer, {}) == "merges"
    assert with_keras(layer, {}, masked=(True, False)) == (False, False)


@pytest.mark.parametrize("layer", [layer.name for layer in LAYERS_BY_FAMILY["attention"]])
def test_the_mask_of_the_query_goes_on(layer: str) -> None:
    options = dict(catalogue()[layer].example)
    assert with_keras(layer, options, masked=(True, False)) == (True, True)
    assert with_keras(layer, options, masked=(False, True)) == (False, True)


def with_keras(
    layer: str, options: dict[str, Any], masked: tuple[bool, ...] = (True, True)
) -> tuple[bool, bool]:
    """Whether what the layer gives has a mask, and whether its call takes one."""
    import keras
    from keras.src.backend import get_keras_mask, set_keras_mask

    from nettool.engine.model.objects import keras_class, keras_options

    shape = next((each for name, each in SHAPES.items() if layer == name), None) or next(
        (each for ending, each in SHAPES.items() if layer.endswith(ending)), (6, 4)
    )
    if layer.endswith("Embedding"):
        shape = (6,)
    definition = catalogue()[layer]
    dtype = (
        "int32"
        if family_of(layer) == "embedding" or layer in ("CategoryEncoding", "HashedCrossing", "Hashing")
        else "float32"
    )
    inputs = [keras.Input(shape, dtype=dtype) for _ in range(1 if definition.inputs == "one" else 2)]
    for each, has_mask in zip(inputs, masked, strict=False):
        if has_mask:
            set_keras_mask(each, keras.Input(shape[:1], dtype="bool"))
    made = keras_class("layer", layer)(**keras_options(options))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        given = made(*inputs) if definition.inputs in ("one", "arguments") else made(inputs)
    takes = {"mask", "query_mask"} & inspect.signature(made.call).parameters.keys()
    return get_keras_mask(given) is not None, bool(takes)


# ReversibleEmbedding makes its mask only when it computes, so it is tried with numbers.
EMBEDDINGS = ("Embedding", "ReversibleEmbedding")
WORDS = [[1, 5, 3], [2, 2, 7]]


@pytest.mark.parametrize(
    ("between", "is_warned"),
    [
        ("{layer: Dense, units: 8, activation: tanh}", False),
        ("{layer: LayerNormalization}", False),
        ("{layer: LSTM, units: 8, return_sequences: true}", False),
        ("{layer: RMSNormalization}", True),
        ("{layer: UpSampling1D, size: 2}", True),
        ("{layer: Conv1D, filters: 8, kernel_size: 3, padding: same}", True),
        ("{layer: EinsumDense, equation: 'abc,cd->abd', output_shape: [null, 8], bias_axes: d}", True),
    ],
)
@pytest.mark.parametrize(
    "last",
    [
        "{layer: LSTM, units: 4}",
        "{layer: GlobalAveragePooling1D}",
        "{layer: Bidirectional, of: {layer: GRU, units: 4}}",
        "{layer: GlobalMaxPooling1D}",
    ],
)
@pytest.mark.parametrize("first", EMBEDDINGS)
def test_there_is_a_warning_where_filling_changes_the_answer(
    between: str, is_warned: bool, last: str, first: str
) -> None:
    import numpy as np

    from nettool.engine.model.build_model import build_model

    text = (
        "inputs: {words: {shape: [null], dtype: int32}}\nnodes:\n"
        f"  word: {{layer: {first}, input_dim: 9, output_dim: 8, mask_zero: true}}\n"
        f"  between: {between}\n  last: {last}\noutputs: [last]\n"
    )
    plan, found = load_source(Source("spec.yaml", text), "spec")
    is_warned = is_warned or "GlobalMax" in last
    assert [each.code for each in found] == (["NT333"] if is_warned else [])
    model = build_model(plan.graph)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        alone = model(np.array(WORDS)).numpy()
        filled = model(np.pad(WORDS, ((0, 0), (0, 5)))).numpy()
    if is_warned and "GlobalMax" not in last:
        assert not np.allclose(alone, filled, atol=1e-5)
    if not is_warned:
        assert np.allclose(alone, filled, atol=1e-5)
