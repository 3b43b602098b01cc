"""What TensorFlow cannot train without a GPU is said before a run begins, and nothing else is."""

from typing import Any

import pytest
from engine_plans import graph, input_node, node

pytestmark = pytest.mark.keras

FIRST = {"data_format": "channels_first"}
KERNEL = {"filters": 2, "kernel_size": 2}
A_CONV = {"layer": "Conv2D", **KERNEL, **FIRST}

TRIED: list[tuple[str, tuple[int, ...], dict[str, Any], str | None]] = [
    ("Conv1D", (6, 2), KERNEL | FIRST, "Conv1D with `data_format: channels_first`"),
    ("Conv2D", (6, 6, 2), KERNEL | FIRST, "Conv2D with `data_format: channels_first`"),
    ("Conv3D", (4, 4, 4, 2), KERNEL | FIRST, None),
    ("Conv3DTranspose", (4, 4, 4, 2), KERNEL | FIRST, "Conv3DTranspose with `data_format: channels_first`"),
    ("Conv2DTranspose", (6, 6, 2), KERNEL | FIRST, "Conv2DTranspose with `data_format: channels_first`"),
    ("Conv1DTranspose", (6, 2), KERNEL | {"dilation_rate": 2}, "Conv1DTranspose with `dilation_rate: 2`"),
    (
        "Conv2DTranspose",
        (6, 6, 2),
        KERNEL | {"dilation_rate": [1, 2]},
        "Conv2DTranspose with `dilation_rate: [1, 2]`",
    ),
    (
        "Conv3DTranspose",
        (4, 4, 4, 2),
        KERNEL | {"dilation_rate": 2},
        "Conv3DTranspose with `dilation_rate: 2`",
    ),
    ("TimeDistributed", (2, 6, 6, 2), {"of": A_CONV}, "Conv2D with `data_format: channels_first`"),
    ("Conv3D", (4, 4, 4, 2), KERNEL | {"dilation_rate": 2}, None),
    ("Conv2D", (6, 6, 2), KERNEL | {"groups": 2}, None),
    ("DepthwiseConv2D", (6, 6, 2), FIRST | {"kernel_size": 2}, None),
    ("SeparableConv1D", (6, 2), KERNEL | FIRST, None),
    ("MaxPooling2D", (6, 6, 2), FIRST, None),
    ("AveragePooling3D", (6, 6, 6, 2), FIRST | {"pool_size": 2}, None),
    ("UpSampling2D", (6, 6, 2), FIRST, None),
    ("ConvLSTM1D", (2, 6, 2), KERNEL | FIRST, "ConvLSTM1D with `data_format: channels_first`"),
    ("ConvLSTM2D", (2, 6, 6, 2), KERNEL | FIRST, "ConvLSTM2D with `data_format: channels_first`"),
    ("ConvLSTM3D", (2, 4, 4, 4, 2), KERNEL | FIRST, None),
    ("ConvLSTM2D", (2, 6, 6, 2), KERNEL | {"dilation_rate": 2}, None),
    (
        "STFTSpectrogram",
        (6, 20),
        FIRST | {"frame_length": 4},
        "STFTSpectrogram with `data_format: channels_first`",
    ),
]


@pytest.mark.parametrize(("layer", "shape", "options", "reason"), TRIED)
def test_what_a_cpu_cannot_train_is_said(
    layer: str, shape: tuple[int, ...], options: dict[str, Any], reason: str | None
) -> None:
    from nettool.engine.compile.supported import require_computable
    from nettool.engine.failures import NotPossible

    network = graph(input_node("x", shape), node("y", layer, "x", **options), outputs=["y"])
    assert (reason is None) == is_trained_by_keras(layer, shape, options)
    if reason is None:
        require_computable(network)
    else:
        with pytest.raises(NotPossible) as refusal:
            require_computable(network)
        assert str(refusal.value).startswith(
            f"tensorflow cannot compute `y`, {reason}, on a CPU; it needs a GPU"
        )


def is_trained_by_keras(layer: str, shape: tuple[int, ...], options: dict[str, Any]) -> bool:
    """Whether a step of training on ones ends well, not compiled by XLA, which runs on GPUs only."""
    import keras
    import tensorflow as tf

    arguments = dict(options)
    if "of" in arguments:
        inner = dict(arguments.pop("of"))
        arguments["layer"] = getattr(keras.layers, inner.pop("layer"))(**inner)
    made = getattr(keras.layers, layer)(**arguments)

    @tf.function(autograph=False)
    def step(given: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(given)
            made_of_it = made(given, training=True)
        return tape.gradient(made_of_it, [given, *(weight.value for weight in made.trainable_variables)])

    try:
        made.build((None, *shape))
        step(tf.ones((3, *shape)))
    except (tf.errors.InvalidArgumentError, tf.errors.UnimplementedError):
        return False
    return True
