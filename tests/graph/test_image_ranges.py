"""What ready-made networks and layers take images for, against Keras's own preparation of images."""

import os
import re

import numpy as np
import pytest

from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.graph.network import Graph
from nettool.layers.ready_made import PREPARATIONS, trained_on
from nettool.vocabulary.keras_names import applications

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

MODULES = {
    "ConvNeXt": "convnext",
    "DenseNet": "densenet",
    "EfficientNetV2": "efficientnet_v2",
    "EfficientNetB": "efficientnet",
    "InceptionResNetV2": "inception_resnet_v2",
    "InceptionV3": "inception_v3",
    "MobileNetV2": "mobilenet_v2",
    "MobileNetV3": "mobilenet_v3",
    "MobileNet": "mobilenet",
    "NASNet": "nasnet",
    "ResNet50V2": "resnet_v2",
    "ResNet101V2": "resnet_v2",
    "ResNet152V2": "resnet_v2",
    "ResNet": "resnet",
    "VGG16": "vgg16",
    "VGG19": "vgg19",
    "Xception": "xception",
}
"""Keras's modules with `preprocess_input`, by how the networks' names begin, the longer ones first."""

IMAGES = np.random.default_rng(0).integers(0, 256, (2, 4, 4, 3)).astype("float32")
DATA = "data:\n  random: {image: {shape: [64, 64, 3], highest: 255}, kind: {classes: 2}}\n"


def spec(nodes: str, normalize: str = "") -> Source:
    return Source(
        "spec.yaml",
        f"{DATA}{normalize}inputs: {{image: [64, 64, 3]}}\nnodes:\n{nodes}"
        "  mean: {layer: GlobalAveragePooling2D}\n  kind: {layer: Dense, units: 2, activation: softmax}\n"
        "outputs: [kind]\nlosses: {kind: categorical_crossentropy}\n",
    )


def codes(nodes: str, normalize: str = "") -> list[str]:
    return [found.code for found in load_source(spec(nodes, normalize), "spec")[1]]


def graph(nodes: str) -> Graph:
    return load_source(spec(nodes), "spec")[0].graph


@pytest.mark.keras
@pytest.mark.parametrize("network", applications())
def test_a_network_has_learnt_on_what_keras_prepares(network: str) -> None:
    import keras

    module = next(module for start, module in MODULES.items() if network.startswith(start))
    expected = getattr(keras.applications, module).preprocess_input(IMAGES.copy())
    means, deviations = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
    by_hand = {
        "0 to 255": IMAGES,
        "-1 to 1": IMAGES / 127.5 - 1,
        "standardized": (IMAGES / 255 - means) / deviations,
        "BGR": IMAGES[..., ::-1] - np.array([103.939, 116.779, 123.68]),
    }
    found = trained_on(network, {})
    assert found is not None
    assert np.allclose(expected, by_hand[found], atol=1e-3)


@pytest.mark.keras
@pytest.mark.parametrize("network", ["MobileNetV2", "DenseNet121", "VGG16"])
def test_the_layer_that_is_advised_prepares_as_keras_does(network: str) -> None:
    import keras

    from nettool.engine.model.build_model import build_model

    words = spec(f"  net: {{application: {network}, include_top: false, weights: imagenet}}\n")
    (found,) = load_source(words, "spec")[1]
    advised = re.fullmatch(r"put `(prepared: \{.*\})` before it", found.help or "")
    assert advised is not None
    prepared = graph(f"  {advised[1]}\n")
    only = Graph("prepared", prepared.nodes[:2], prepared.inputs, ("prepared",))
    module = getattr(keras.applications, {**MODULES, "DenseNet121": "densenet"}[network])
    given = build_model(only)(np.tile(IMAGES / 255, (1, 16, 16, 1))).numpy()[:, :4, :4]
    assert np.allclose(given, module.preprocess_input(IMAGES.copy()), atol=1e-3)
    network_line = f"  net: {{application: {network}, include_top: false, weights: imagenet}}\n"
    assert codes(f"  {advised[1]}\n{network_line}") == []


@pytest.mark.parametrize("network", applications())
def test_every_network_with_published_weights_is_warned_of(network: str) -> None:
    line = f"  net: {{application: {network}, include_top: false, weights: imagenet}}\n"
    assert codes(line) == ["NT335"]
    assert codes(line.replace("imagenet", "null")) == []
    wanted = trained_on(network, {})
    assert wanted is not None
    as_stored = codes(line, "  normalize: {image: none}\n")
    assert as_stored == ([] if PREPARATIONS[wanted].layer is None else ["NT335"])


@pytest.mark.parametrize(
    ("nodes", "normalize", "expected"),
    [
        ("  r: {layer: Rescaling, scale: 0.00392156862745098}\n", "", ["NT336"]),
        ("  r: {layer: Rescaling, scale: 0.00784313725, offset: -1}\n", "", ["NT336"]),
        ("  r: {layer: Rescaling, scale: 0.00392156862745098}\n", "  normalize: none\n", []),
        ("  r: {layer: Rescaling, scale: 0.00392156862745098}\n", "  normalize: standard\n", ["NT336"]),
        ("  r: {layer: Rescaling, scale: 2, offset: -1}\n", "", []),
        ("  r: {layer: Rescaling, scale: 255}\n  b: {layer: RandomBrightness, factor: 0.2}\n", "", []),
        ("  b: {layer: RandomBrightness, factor: 0.2}\n", "", ["NT337"]),
        ("  b: {layer: RandomBrightness, factor: 0.2, value_range: [0, 1]}\n", "", []),
        (
            "  b: {layer: RandomBrightness, factor: 0.2, value_range: [0, 1]}\n",
            "  normalize: none\n",
            ["NT337"],
        ),
        ("  f: {layer: RandomFlip}\n  b: {layer: AutoContrast}\n", "", ["NT337"]),
        ("  c: {layer: Conv2D, filters: 3, kernel_size: 1}\n  b: {layer: AutoContrast}\n", "", []),
    ],
)
def test_what_is_said_of_the_values_of_images(nodes: str, normalize: str, expected: list[str]) -> None:
    assert codes(nodes, normalize) == expected


@pytest.mark.keras
def test_an_idle_normalization_changes_nothing() -> None:
    from nettool.engine.model.build_model import build_model

    nodes = "  even: {layer: Normalization}\n"
    assert codes(nodes) == ["NT334"]
    whole = graph(nodes)
    model = build_model(Graph("even", whole.nodes[:2], whole.inputs, ("even",)))
    values = np.tile(IMAGES, (1, 16, 16, 1))
    assert np.array_equal(model(values).numpy(), values)
    assert codes("  even: {layer: Normalization, mean: 0.5, variance: 0.1}\n") == []
    assert codes("  even: {layer: Normalization, weights: {mean: [1, 1, 1], variance: [2, 2, 2]}}\n") == []
