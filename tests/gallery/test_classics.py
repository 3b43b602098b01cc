"""The classics of the gallery against keras.applications, or against the paper written in plain Keras."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from nettool.front_end import load

pytestmark = pytest.mark.keras

CONFIGS = Path(__file__).parents[2] / "configs"
APPLICATIONS = {"vgg16": "VGG16", "resnet50": "ResNet50", "mobilenet_v2": "MobileNetV2"}


def ours(name: str) -> Any:
    from nettool.engine.model.build_model import build_model

    return build_model(load(CONFIGS / f"{name}.yaml")[0].graph)


def facts(model: Any) -> tuple[int, int, int, Counter[tuple[int | None, ...]]]:
    """All, trainable and other parameters, and how often each output shape comes."""
    return (
        model.count_params(),
        sum(weight.shape.num_elements() for weight in model.trainable_weights),
        sum(weight.shape.num_elements() for weight in model.non_trainable_weights),
        Counter(tuple(layer.output.shape) for layer in model.layers),
    )


@pytest.mark.parametrize(("name", "application"), APPLICATIONS.items())
def test_a_classic_is_that_of_keras_applications(
    name: str, application: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keras

    # Which numbers the weights begin with takes long to draw, and is none of the facts.
    zeros = keras.initializers.Zeros()
    monkeypatch.setattr(
        keras.initializers.VarianceScaling, "__call__", lambda _, *given, **more: zeros(*given, **more)
    )
    theirs = getattr(keras.applications, application)(weights=None)
    assert facts(ours(name)) == facts(theirs)


def test_resnet_20_is_that_of_the_paper() -> None:
    """He et al. 2015, 4.2: 6n + 2 layers with n = 3, shortcuts of option A."""
    assert facts(ours("resnet20")) == facts(plain_resnet_20())


def test_resnet_20_computes_what_the_paper_says() -> None:
    """With equal weights both give equal features, so the padded shortcut pads channels and nothing else."""
    import keras
    import numpy as np

    mine, plain = ours("resnet20"), plain_resnet_20()
    mine.set_weights(plain.get_weights())
    images = np.random.default_rng(0).random((2, 32, 32, 3), np.float32)
    features = [keras.Model(model.input, model.layers[-2].output)(images) for model in (mine, plain)]
    assert np.std(features[0]) > 0.01
    np.testing.assert_allclose(*features, rtol=1e-4, atol=1e-5)


def plain_resnet_20() -> Any:
    import keras
    from keras import layers

    def normalized(x: Any, filters: int, strides: int) -> Any:
        x = layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    image = keras.Input((32, 32, 3))
    x = layers.ReLU()(normalized(image, 16, 1))
    for stage in range(3):
        for block in range(3):
            filters, strides = 16 * 2**stage, 2 if stage > 0 and block == 0 else 1
            shortcut = x
            if strides == 2:
                extra = [(0, 0), (0, 0), (0, 0), (filters // 4, filters // 4)]
                shortcut = layers.Lambda(lambda value: value[:, ::2, ::2, :])(shortcut)
                shortcut = layers.Lambda(keras.ops.pad, arguments={"pad_width": extra})(shortcut)
            x = layers.ReLU()(normalized(x, filters, strides))
            x = layers.ReLU()(layers.Add()([normalized(x, filters, 1), shortcut]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(image, layers.Dense(10, activation="softmax")(x))
