"""Ready-made networks as nodes: the very networks of keras.applications, and any layer inside them."""

import re
from pathlib import Path

import numpy as np
import pytest

from nettool.diagnostics.source import Source
from nettool.front_end import load, load_source
from nettool.graph.costs import Cost, node_costs, total_multiply_adds, total_output_bytes
from nettool.graph.network import Graph

pytestmark = pytest.mark.keras

CONFIGS = Path(__file__).parents[2] / "configs"
SPEC = """
inputs: {image: [64, 64, 3]}
nodes:
  net: {application: MobileNet, include_top: false, weights: null, alpha: 0.25, trainable: false}
  mean: {layer: GlobalAveragePooling2D}
  label: {layer: Dense, units: 3}
outputs: [label, net.conv_pw_1_relu, net.conv_dw_6]
"""


def graph(text: str) -> Graph:
    return load_source(Source("spec.yaml", text), "spec")[0].graph


def test_a_network_its_inner_layers_and_their_weights_are_kerass() -> None:
    import keras

    from nettool.engine.model.build_model import build_model

    ours = build_model(graph(SPEC))
    theirs = keras.applications.MobileNet(
        input_shape=(64, 64, 3), include_top=False, weights=None, alpha=0.25
    )
    net = ours.get_layer("net")
    theirs.set_weights(net.get_weights())
    image = np.random.default_rng(0).random((2, 64, 64, 3), dtype=np.float32)
    found = ours.predict(image, verbose=0)
    for layer in ("conv_pw_1_relu", "conv_dw_6"):
        expected = keras.Model(theirs.inputs, theirs.get_layer(layer).output).predict(image, verbose=0)
        np.testing.assert_allclose(found[f"net.{layer}"], expected, rtol=1e-5, atol=1e-6)
    assert [tuple(weight.shape) for weight in ours.trainable_weights] == [(256, 3), (3,)]


def test_an_application_of_which_only_the_beginning_is_used_counts_that() -> None:
    from nettool.engine.model.complete import complete_graph

    text = SPEC.replace("[label, net.conv_pw_1_relu, net.conv_dw_6]", "[label]")
    views = "views: {inside: {inputs: [image], outputs: [net.conv1_relu, net.conv_pw_1_relu]}}\n"
    view = load_source(Source("spec.yaml", text + views), "spec")[0].views["inside"]
    whole = complete_graph(view)
    assert {node.name: (node.shape, node.parameter_count) for node in whole.nodes} == {
        "image": ((64, 64, 3), 0),
        "net": (None, 3 * 3 * 3 * 8 + 4 * 8 + 3 * 3 * 8 + 4 * 8 + 8 * 16 + 4 * 16),
        "net.conv1_relu": ((32, 32, 8), 0),
        "net.conv_pw_1_relu": ((32, 32, 16), 0),
    }


def test_keras_counts_what_a_network_holds_once() -> None:
    from nettool.engine.model.complete import complete_graph

    plan, _ = load(CONFIGS / "feature_extraction.yaml")
    whole = complete_graph(plan.graph)
    assert whole.parameter_count == 143_667_240
    assert {node.name: node.shape for node in whole.nodes} == {
        "image": (224, 224, 3),
        "vgg": (1000,),
        "vgg.block1_conv2": (224, 224, 64),
        "vgg.block3_conv4": (56, 56, 256),
        "vgg.block5_pool": (7, 7, 512),
        "vgg.fc2": (4096,),
    }


def test_a_layer_that_is_not_inside_is_told() -> None:
    from nettool.engine.failures import BuildFailed
    from nettool.engine.model.build_model import build_model

    with pytest.raises(BuildFailed, match="No such layer: conv_dw_99"):
        build_model(graph(SPEC.replace("conv_dw_6", "conv_dw_99")))


def test_weights_come_from_a_file_beside_the_spec(tmp_path: Path) -> None:
    import keras

    from nettool.engine.model.build_model import build_model

    theirs = keras.applications.MobileNet(
        input_shape=(64, 64, 3), include_top=False, weights=None, alpha=0.25
    )
    theirs.save_weights(tmp_path / "net.weights.h5")
    path = tmp_path / "spec.yaml"
    path.write_text(SPEC.replace("weights: null", "weights: net.weights.h5"))
    ours = build_model(load(path)[0].graph).get_layer("net")
    for left, right in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_array_equal(left, right)


def test_the_cost_of_a_network_is_that_of_its_layers() -> None:
    from nettool.engine.model.complete import complete_graph

    made = (
        "inputs: {image: [224, 224, 3]}\n"
        "nodes:\n  net: {application: MobileNetV2, weights: null}\noutputs: [net]"
    )
    written_out = node_costs(load(CONFIGS / "mobilenet_v2.yaml")[0].graph)
    assert node_costs(graph(made))["net"] == Cost(None, None)
    costs = node_costs(complete_graph(graph(made)))
    assert total_multiply_adds(costs).exact == total_multiply_adds(written_out).exact == 300_774_272
    assert total_output_bytes(costs).exact == total_output_bytes(written_out).exact


TAPS = SPEC[: SPEC.index("  mean:")]


@pytest.mark.parametrize(
    "outputs", ["net.conv_dw_6", "net.conv_dw_6, net.conv_pw_1_relu", "net, net.conv_dw_6"]
)
def test_a_model_with_layers_of_an_application_can_be_read_from_its_file(
    outputs: str, tmp_path: Path
) -> None:
    from nettool.engine.evaluate.load_model import load_model
    from nettool.engine.evaluate.predictions import node_reader
    from nettool.engine.model.build_model import build_model

    network = graph(f"{TAPS}outputs: [{outputs}]\n")
    built = build_model(network)
    built.save(tmp_path / "model.keras")
    image = np.random.default_rng(0).random((2, 64, 64, 3), dtype=np.float32)
    nodes = (*outputs.split(", "), "net.conv1_relu")
    expected, found = (
        node_reader(model, network, nodes).predict(image, verbose=0)
        for model in (built, load_model(tmp_path / "model.keras", network))
    )
    assert list(found) == list(expected) == list(nodes)
    for node in nodes:
        np.testing.assert_array_equal(found[node], expected[node])
    own = built.get_layer("net").get_layer("conv1_relu")
    assert found["net.conv1_relu"].shape[1:] == own.output.shape[1:]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("net", "of `net` only layers inside it are used, its own output is not there"),
        ("net.conv_dw_7", "MobileNet has no layer `conv_dw_7` here; did you mean `conv_dw_6`?"),
    ],
)
def test_what_is_not_in_the_network_cannot_be_asked(address: str, told: str) -> None:
    from nettool.engine.evaluate.predictions import node_reader
    from nettool.engine.model.build_model import build_model

    network = graph(f"{TAPS}outputs: [net.conv_dw_6]\n")
    with pytest.raises(ValueError, match=re.escape(told)):
        node_reader(build_model(network), network, (address,))
