import os
from typing import Any

import pytest
from layer_calls import IMAGE_LAYERS, WITH_RULE, distinct_calls

from nettool.layers.catalogue import catalogue, layers_with
from nettool.layers.infer import infer
from nettool.layers.option_kinds import kind_of
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight
from nettool.layers.reading import listed
from nettool.vocabulary.keras_names import canonical

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

pytestmark = pytest.mark.keras

RECURRENT = ("SimpleRNN", "LSTM", "GRU", "RNN", "Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")
SLOW = (*RECURRENT, "MultiHeadAttention", "GroupQueryAttention", "TimeDistributed", "Pipeline")
LONG_GRAPHS = ("AugMix", "MelSpectrogram", "RandAugment")
INPUT_TYPES = dict.fromkeys(("CategoryEncoding", "Hashing", "HashedCrossing"), "int64")

HEADS = {"num_heads": 2, "key_dim": 3}
GROUPED = {"head_dim": 3, "num_key_value_heads": 2}
A_CROP = {"layer": "CenterCrop", "height": 2, "width": 3}
A_DENSE = {"layer": "Dense", "units": 2}
DEEP = {
    "layer": "Bidirectional",
    "of": {"layer": "RNN", "cell": {"layer": "GRUCell", "units": 2}},
    "backward_layer": {"layer": "LSTM", "units": 2, "go_backwards": True},
}
"""A wrapper that holds two layers, one of which holds a cell."""

TRICKY: list[tuple[str, list[Shape], dict[str, Any]]] = [
    ("AdaptiveAveragePooling1D", [(4, 3)], {"output_size": 1}),
    ("AdaptiveAveragePooling2D", [(2, 5, 3)], {"output_size": [3, 1]}),
    ("AdaptiveAveragePooling2D", [(2, 5, 3)], {"output_size": [3, 2]}),
    ("AdaptiveAveragePooling2D", [(None, 5, 3)], {"output_size": 2}),
    ("AdaptiveMaxPooling1D", [(7, 3)], {"output_size": 9}),
    ("Add", [(None, 3), (5, 3)], {}),
    ("AdditiveAttention", [(2, 2), (2,)], {}),
    ("AdditiveAttention", [(4, 1), (5, 3)], {}),
    ("Attention", [(2, 2, 2), (1, 2, 2)], {}),
    ("Attention", [(1, 2, 2), (2, 2, 2)], {}),
    ("Attention", [(2, 4, 3), (2, 5, 6), (2, 5, 3)], {"use_scale": True, "score_mode": "concat"}),
    ("Attention", [(4, 3), (5, 3), (6, 3)], {}),
    ("Attention", [(4, 3)], {}),
    ("Bidirectional", [(4, 5, 3)], {"of": {"layer": "ConvLSTM1D", "filters": 2, "kernel_size": 2}}),
    (
        "Bidirectional",
        [(None, 3)],
        {
            "of": {"layer": "LSTM", "units": 2, "return_sequences": True},
            "backward_layer": {"layer": "GRU", "units": 2, "go_backwards": True, "return_sequences": True},
            "merge_mode": "sum",
        },
    ),
    ("Bidirectional", [(4, 3)], {"of": {"layer": "LSTM", "units": 2}, "trainable": False}),
    ("Bidirectional", [(4, 3)], {"of": {"layer": "LSTM", "units": 2}, "merge_mode": None}),
    ("Bidirectional", [(4, 3)], {"of": {"layer": "Dense", "units": 2}}),
    ("Bidirectional", [(4, 3)], {"of": {"layer": "Bidirectional", "of": {"layer": "LSTM", "units": 2}}}),
    (
        "Bidirectional",
        [(1, 1)],
        {
            "of": {"layer": "LSTM", "units": 2},
            "backward_layer": {"layer": "LSTM", "units": 1, "go_backwards": True},
            "merge_mode": "sum",
        },
    ),
    ("CategoryEncoding", [(1, 1)], {"num_tokens": 1}),
    ("CategoryEncoding", [(4,)], {"num_tokens": 3, "output_mode": "one_hot", "sparse": True}),
    ("CategoryEncoding", [(4,)], {"num_tokens": 3, "sparse": True}),
    ("Discretization", [(4,)], {"bin_boundaries": [0.5], "output_mode": "one_hot", "sparse": True}),
    ("Discretization", [(4,)], {"bin_boundaries": [0.5], "output_mode": "count", "sparse": True}),
    ("Discretization", [(4, 5)], {"bin_boundaries": [0.5], "output_mode": "count", "sparse": True}),
    ("HashedCrossing", [(1,), (1,)], {"num_bins": 3, "output_mode": "one_hot", "sparse": True}),
    ("Hashing", [(1,)], {"num_bins": 3, "output_mode": "one_hot", "sparse": True}),
    ("Hashing", [(4,)], {"num_bins": 3, "output_mode": "count", "sparse": True}),
    ("CategoryEncoding", [(2, 1)], {"num_tokens": 3, "output_mode": "one_hot"}),
    ("Add", [(1, 3), (None, 1), (4, 1, 1)], {}),
    ("Concatenate", [(3,)], {"axis": 3}),
    ("Concatenate", [(None, 3), (4, 2)], {}),
    ("Concatenate", [(4, 3), (None, 3)], {"axis": 1}),
    ("Conv1D", [(7, 2)], {"filters": 2, "kernel_size": 2, "padding": "causal", "strides": 2}),
    ("Conv2D", [(4, 4, 2)], {"filters": 2, "kernel_size": 2, "kernel_initializer": "identity"}),
    ("Conv2D", [(4, 5, 2)], {"filters": 2, "kernel_size": [4, 1], "strides": [1, 5]}),
    ("Conv1DTranspose", [(4, 2)], {"filters": 2, "kernel_size": 1, "strides": 3}),
    (
        "Conv1DTranspose",
        [(4, 2)],
        {"filters": 2, "kernel_size": 2, "strides": 2, "padding": "same", "output_padding": 0},
    ),
    ("Conv1DTranspose", [(4, 2)], {"filters": 2, "kernel_size": 3, "strides": 3, "output_padding": 2}),
    ("ConvLSTM2D", [(None, 5, 5, 3)], {"filters": 2, "kernel_size": 3, "return_sequences": True}),
    ("ConvLSTM2D", [(4, 5, None, 3)], {"filters": 2, "kernel_size": 3}),
    ("ConvLSTM2D", [(4, 5, 5, 3)], {"filters": 2, "kernel_size": 3, "trainable": False}),
    *[
        (layer, [shape], options)
        for layer, options in {
            "ContrastLimitedAdaptiveHistogramEqualization": {},
            "CutMix": {},
            "RandomCrop": {"height": 4, "width": 4},
            "RandomElasticTransform": {},
            "RandomErasing": {},
            "RandomFlip": {},
            "RandomPerspective": {},
        }.items()
        for shape in ((None, 8, 3), (8, None, 3))
    ],
    ("Cropping2D", [(3, 5, 1)], {"cropping": [1, [2, 0]]}),
    ("Dense", [(4,)], {"units": 4, "activation": "glu"}),
    ("DepthwiseConv2D", [(4, 4, 1)], {"kernel_size": 1, "strides": [1, 2]}),
    ("DepthwiseConv2D", [(5, 5, 2)], {"kernel_size": 2, "strides": [1, 2], "dilation_rate": [2, 1]}),
    ("Dot", [(3, 4, 2), (4, 5, 6)], {"axes": [2, 1]}),
    ("Dropout", [(4, 2)], {"rate": 0.5, "noise_shape": [None, 1, 2]}),
    ("EinsumDense", [(1, 1)], {"equation": "abc,cd->abd", "output_shape": [None, 2]}),
    ("EinsumDense", [(4, 3)], {"equation": "abc,cd->abd", "output_shape": [None, 2], "bias_axes": "bd"}),
    ("EinsumDense", [(4, 3)], {"equation": "abc,bcd->abd", "output_shape": [4, 2], "bias_axes": "bd"}),
    ("EinsumDense", [(4, 5, 3)], {"equation": "...bc,cd->...bd", "output_shape": [5, 2], "bias_axes": "d"}),
    ("EinsumDense", [(5, 5, 3)], {"equation": "...d,de->...e", "output_shape": 4}),
    ("EinsumDense", [(None, None, 3)], {"equation": "...d,de->...e", "output_shape": 4}),
    ("EinsumDense", [(5, 4, 3)], {"equation": "...d,de->...e", "output_shape": 4}),
    ("EinsumDense", [(5, None, 3)], {"equation": "...d,de->...e", "output_shape": 4}),
    ("EinsumDense", [(3, 4, 5)], {"equation": "ab...,bc->ac...", "output_shape": 2, "bias_axes": "c"}),
    ("EinsumDense", [(3,)], {"equation": "ab,bcd->acd", "output_shape": [2, 3], "bias_axes": "d"}),
    ("GroupQueryAttention", [(4, 6), (5, 6)], GROUPED | {"num_query_heads": 4, "use_gate": True}),
    ("GroupQueryAttention", [(4, 6), (5, 6)], GROUPED | {"num_query_heads": 3}),
    ("Hashing", [(1, 1)], {"num_bins": 1, "output_mode": "multi_hot"}),
    ("LayerNormalization", [(4, 3)], {"axis": [2, 1]}),
    ("LayerNormalization", [(4, 3)], {"axis": [1, -1]}),
    ("LayerNormalization", [(None,)], {"scale": False, "center": False}),
    ("LayerNormalization", [(4,)], {"axis": 0, "scale": False, "center": False}),
    ("LayerNormalization", [(4,)], {"axis": 3, "scale": False, "center": False}),
    ("MaxPooling2D", [(3, 3, 1)], {"pool_size": 2, "strides": 3, "padding": "same"}),
    ("MelSpectrogram", [(19,)], {"fft_length": 8, "sequence_stride": 4}),
    (
        "MultiHeadAttention",
        [(4, 3), (5, 2), (5, 6)],
        HEADS | {"output_shape": 2, "value_dim": 5, "use_gate": True},
    ),
    ("MultiHeadAttention", [(4, 3), (4, 3)], HEADS | {"trainable": False, "flash_attention": True}),
    ("MultiHeadAttention", [(4, 3), (4, 3)], HEADS | {"trainable": False}),
    ("MultiHeadAttention", [(4, 3)], HEADS),
    ("MultiHeadAttention", [(2, 2, 2), (2, 2, 2)], HEADS | {"sliding_window": 1}),
    ("MultiHeadAttention", [(2, 2, 2), (2, 2, 2)], HEADS | {"sliding_window": 1, "attention_axes": 1}),
    ("MultiHeadAttention", [(3, 2, 2), (3, 2, 2)], HEADS | {"sliding_window": 1, "attention_axes": 2}),
    ("MultiHeadAttention", [(2, 2), (2, 2)], HEADS | {"attention_axes": [1, 2]}),
    ("MultiHeadAttention", [(4, 5, 3), (4, 6, 3)], HEADS | {"attention_axes": 2}),
    ("MultiHeadAttention", [(4, 5, 3), (4, 6, 3)], HEADS | {"attention_axes": 1}),
    ("Normalization", [(4, 3)], {"axis": [1, 2], "mean": [[1], [2]], "variance": [[1], [2]]}),
    ("Normalization", [(4, 3)], {"axis": [2, 1]}),
    ("Normalization", [(1,)], {"axis": [-1, -1]}),
    ("Permute", [(2, 3, 4)], {"dims": [2, 3, 1]}),
    ("Pipeline", [(1, 1)], {"layers": [A_CROP, A_DENSE]}),
    ("Pipeline", [(4, 5, 1)], {"layers": [A_CROP, A_DENSE]}),
    ("Pipeline", [(None, 3, 3)], {"layers": [A_CROP, A_DENSE]}),
    ("RNN", [(4, 5, 3)], {"cell": {"layer": "GRUCell", "units": 2}}),
    ("RandomColorDegeneration", [(5, 7, None)], {"factor": 0.5}),
    ("RandomColorJitter", [(4, 3, 3)], {"saturation_factor": -0.5, "data_format": "channels_first"}),
    ("RandomColorJitter", [(3, 4, 5)], {"contrast_factor": 0.5, "data_format": "channels_first"}),
    ("RandomColorJitter", [(3, 4, 5)], {"brightness_factor": 0.5, "data_format": "channels_first"}),
    ("RandomElasticTransform", [(8, 9, None)], {}),
    ("RandomGrayscale", [(8, 9, None)], {}),
    ("RandomHue", [(4, 4, 1)], {"factor": 0.5}),
    ("RMSNormalization", [(3, 4)], {"axis": 1}),
    ("Rescaling", [(4, 1)], {"scale": [1, 2, 3]}),
    ("Reshape", [(None, 3)], {"target_shape": [-1, 6]}),
    ("SeparableConv2D", [(4, 4, 1)], {"filters": 2, "kernel_size": 1, "strides": [1, 2]}),
    (
        "SeparableConv2D",
        [(5, 5, 2)],
        {"filters": 2, "kernel_size": 2, "strides": [1, 2], "dilation_rate": [2, 1]},
    ),
    ("Softmax", [(4,)], {"axis": 2}),
    ("SpectralNormalization", [(4, 3)], {"of": {"layer": "TimeDistributed", "of": A_DENSE}}),
    ("SpectralNormalization", [(4, 3)], {"of": {"layer": "LSTM", "units": 2}}),
    ("SpectralNormalization", [(5, 5, 3)], {"of": {"layer": "Conv2D", "filters": 2, "kernel_size": 2}}),
    ("TimeDistributed", [(4, 5, 3)], {"of": {"layer": "Bidirectional", "of": {"layer": "LSTM", "units": 3}}}),
    ("TimeDistributed", [(4, 3)], {"of": {"layer": "Bidirectional", "of": {"layer": "LSTM", "units": 3}}}),
    ("TimeDistributed", [(4, 3)], {"of": {"layer": "SpectralNormalization", "of": A_DENSE}}),
    ("TimeDistributed", [(2, 4, 5, 3)], {"of": {"layer": "TimeDistributed", "of": DEEP}}),
    ("TimeDistributed", [(2, 4, 5, 3)], {"of": {"layer": "TimeDistributed", "of": DEEP}, "trainable": False}),
]


@pytest.mark.parametrize("layer", WITH_RULE)
def test_a_rule_says_what_keras_does(layer: str) -> None:
    few = 3 if layer in LONG_GRAPHS else 10 if layer in (*IMAGE_LAYERS, *SLOW) else 20
    for shapes, options in distinct_calls(layer, few):
        for option, value in options.items():
            assert kind_of("layers", layer, option).problem(value) is None
        assert difference(layer, shapes, options) is None, f"{layer}, {list(shapes)}, {options}"


@pytest.mark.parametrize(("layer", "shapes", "options"), TRICKY)
def test_a_rule_says_what_keras_does_in_tricky_cases(
    layer: str, shapes: list[Shape], options: dict[str, Any]
) -> None:
    assert difference(layer, tuple(shapes), options) is None


def difference(layer: str, shapes: tuple[Shape, ...], options: dict[str, Any]) -> str | None:
    """What a rule says of a call against what Keras does; None if they agree."""
    ours = infer(layer, shapes, options)
    if ours is None:
        return None if why_unknown(shapes, options) else "no rule knows it"
    if isinstance(ours, Refusal):
        stricter = why_stricter(layer, shapes, options) or refused_by_keras(layer, shapes, options)
        return None if stricter else f"Keras takes what is refused: it {ours.message}"
    try:
        made, theirs = built_by_keras(layer, shapes, options)
        if ours != theirs:
            return f"Keras gives {theirs}, not {ours}"
        traced = any(None in shape for shape in shapes)
        if not can_be_run(layer, shapes, options):
            return None
        real = shape_of_values(made, layer, shapes, traced=traced)
    except Exception as refusal:  # Keras raises ValueError, TypeError, IndexError, TensorFlow's own ...
        return f"Keras refuses it: {refusal}"
    return None if fits(ours.shape, real) else f"Keras makes {real} of values, not {ours.shape}"


def why_unknown(shapes: tuple[Shape, ...], options: dict[str, Any]) -> str | None:
    """Why a rule may know no outcome."""
    if options.get("stateful"):
        return "a stateful layer needs a fixed batch size, which shapes here leave out"
    if options.get("lora_rank"):
        return "adapters come with weights of their own"
    if "layers" in options and None in shapes[0]:
        return "Keras tries out what becomes of lengths that vary, and does not always know"
    return None


def why_stricter(layer: str, shapes: tuple[Shape, ...], options: dict[str, Any]) -> str | None:
    """Why a call is refused that Keras itself lets pass, symbolically and with values."""
    ranks = [len(shape) + 1 for shape in shapes]
    if layer.startswith("AdaptiveMax"):
        return "TensorFlow ends the whole process"
    if layer.endswith("Attention") and min(ranks) < 3:
        return "Keras takes the batch for steps"
    if layer == "Attention" and len(shapes) == 3 and shapes[1][:-2] != shapes[2][:-2]:
        return "keys that serve several values happen to spread over them"
    if layer == "MultiHeadAttention" and {0, ranks[0] - 1} & {
        axis % ranks[0] for axis in listed(options.get("attention_axes") or ())
    }:
        return "Keras lets samples attend to each other, or features, if their numbers happen to fit"
    if layer == "MultiHeadAttention" and options.get("sliding_window") and ranks[0] > 3:
        return "Keras measures the window along the first axis, and says nothing if the others are as long"
    if layer in ("CategoryEncoding", "Hashing") and ranks[0] > 2 and options.get("output_mode") != "int":
        return "Keras counts along the first axis and promises the last, and says nothing if they are as long"
    if layer == "RandomElasticTransform" and options.get("scale") == 0:
        return "Keras does not look at the image when nothing is to be moved"
    if layer == "RandomColorJitter" and options.get("data_format") == "channels_first":
        return "Keras looks for the channels on the last axis"
    if layer == "Bidirectional" and options.get("backward_layer") and options.get("merge_mode") != "concat":
        return "one unit backwards happens to spread over all units forwards"
    if options.get("output_mode") == "one_hot" and shapes[0][-1:] == (None,):
        return "Keras stops where the last length is still unknown, in a graph of TensorFlow's"
    if layer == "Equalization":
        return "Keras gives its input for its output, which no network can hold"
    if layer in (*IMAGE_LAYERS, "Pipeline") and ranks[0] == 3:
        return "Keras takes the whole batch for one image"
    if layer in ("CategoryEncoding", "Discretization", "Hashing", "MelSpectrogram") and ranks[0] == 1:
        return "Keras takes the whole batch for one sample"
    if layer in ("AugMix", "RandAugment", "RandomGrayscale", "RandomSharpness"):
        return "an image is changed in ways drawn at random, of which not all will do"
    if layer == "Concatenate" and len(shapes) == 1:
        return "Keras does not look at the axis of a single input"
    if layer == "Normalization" and isinstance(axes := options.get("axis"), list) and len(axes) > 1:
        return "Keras takes an axis twice if its numbers happen to fit"
    if layer == "Concatenate" and options.get("axis", -1) % ranks[0] == 0:
        return "samples must not be joined along the batch: there would be more of them than targets"
    if layer == "EinsumDense" and options["equation"].startswith("..."):
        return "Keras turns round the axes that its dots stand for"
    if layer == "Dot" and isinstance(options["axes"], int) and options["axes"] < -min(ranks):
        return "Keras counts an axis that is out of range round and round"
    if options.get("return_state"):
        return "a node has one output"
    if layer in RECURRENT and options.get("activation") == "glu":
        return "half of two units is one, which happens to spread over both"
    if "TimeDistributed" in (layer, options.get("of", {}).get("layer")) and None in shapes[0][:2]:
        return "Keras takes as many steps as there are samples, and says nothing if there are enough"
    if options.get("unroll") and shapes[0][:1] == (None,):
        return "Keras says so only when values come, if their number of steps varies"
    if options.get("noise_shape") is not None and len(options["noise_shape"]) != ranks[0]:
        return "a noise_shape of another rank fits by chance, since Keras counts its axes from the wrong end"
    if options.get("noise_shape") is not None and options["rate"] == 0:
        return "Keras does not look at the noise_shape when nothing is dropped"
    return None


def built_by_keras(layer: str, shapes: tuple[Shape, ...], options: dict[str, Any]) -> tuple[Any, Outcome]:
    import keras

    from nettool.engine.model.build_model import freeze_parts

    made = make(layer, options)
    dtype = INPUT_TYPES.get(layer, "float32")
    output = made(*as_given(layer, [keras.KerasTensor((None, *shape), dtype) for shape in shapes]))
    freeze_parts(made)
    weights = [Weight(each.name, tuple(each.shape), each.trainable) for each in made.weights]
    assert made.count_params() == sum(weight.parameter_count for weight in weights)
    return made, Outcome(tuple(output.shape[1:]), tuple(weights))


def shape_of_values(made: Any, layer: str, shapes: tuple[Shape, ...], *, traced: bool = False) -> Shape:
    """The shape that comes out of a layer in a step of training, in a graph that knows these shapes alone.

    11 samples of zeros go in, 13 for a length that varies; none where the step is only `traced`. Recurrent
    layers at each of several steps are run without a graph, which would be long.
    """
    import tensorflow as tf

    dtype = INPUT_TYPES.get(layer, "float32")

    def step(*given: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch([each for each in given if each.dtype.is_floating])
            output = made(*as_given(layer, list(given)), training=True)
        if not isinstance(output, tf.SparseTensor) and output.dtype.is_floating:
            tape.gradient(output, [*given, *(weight.value for weight in made.trainable_variables)])
        return output

    signature = [tf.TensorSpec((None, *shape), dtype) for shape in shapes]
    in_graph = tf.function(step, input_signature=signature, autograph=False)
    if traced:
        return tuple(in_graph.get_concrete_function().structured_outputs.shape[1:])
    zeros = [tf.zeros((11, *(length or 13 for length in shape)), dtype) for shape in shapes]
    is_long = layer == "TimeDistributed" and any(name in repr(made.get_config()) for name in RECURRENT)
    return tuple((step if is_long else in_graph)(*zeros).shape[1:])


def refused_by_keras(layer: str, shapes: tuple[Shape, ...], options: dict[str, Any]) -> str | None:
    """What Keras says against a call, when it is built or when values come."""
    try:
        _, outcome = built_by_keras(layer, shapes, options)
        promised, real = outcome.shape, shape_of_values(make(layer, options), layer, shapes)
    except Exception as refusal:  # Keras raises ValueError, TypeError, IndexError, TensorFlow's own ...
        return str(refusal) or type(refusal).__name__
    if 0 in promised:
        return "nothing comes out"
    return None if fits(promised, real) else f"the shape is said to be {promised}, but is {real}"


def fits(promised: Shape, real: Shape) -> bool:
    """Whether a promise holds; a length that varies may be any."""
    return len(real) == len(promised) and all(
        asked == got or None in (asked, got) for asked, got in zip(promised, real, strict=True)
    )


def can_be_run(layer: str, shapes: tuple[Shape, ...], options: dict[str, Any]) -> bool:
    """Whether to hold the rule against real values too; not where that is slow and tells nothing more."""
    compiled_anew = options.get("groups", 1) > 1 or options.get("data_format") == "channels_first"
    not_on_every_processor = options.get("dtype") not in (None, "float32")
    penalty_on_sparse = options.get("sparse") and options.get("activity_regularizer")
    if layer in layers_with("no dilation on a CPU") and max(listed(options.get("dilation_rate", 1))) > 1:
        return False
    return not (compiled_anew or not_on_every_processor or penalty_on_sparse or layer in RECURRENT)


def make(layer: str, options: dict[str, Any]) -> Any:
    import keras

    arguments = {"layer" if name == "of" else name: as_keras(value) for name, value in options.items()}
    return getattr(keras.layers, layer)(**arguments)


def as_keras(value: Any) -> Any:
    import keras

    if isinstance(value, list):
        return [as_keras(each) for each in value]
    if isinstance(value, dict) and "layer" in value:
        return make(value["layer"], {name: each for name, each in value.items() if name != "layer"})
    for word in ("initializer", "regularizer", "constraint"):
        if isinstance(value, dict) and word in value:
            details = {key: inner for key, inner in value.items() if key != word}
            family = f"{word}s"
            return getattr(getattr(keras, family), canonical(family, value[word]))(**details)  # type: ignore[arg-type]
    return value


def as_given(layer: str, tensors: list[Any]) -> list[Any]:
    """The arguments of the call."""
    return tensors if catalogue()[layer].inputs in ("one", "arguments") else [tensors]
