from typing import Any

import numpy as np
import pytest
from engine_plans import SPAN, graph, input_node, node

from nettool.graph.network import Graph, Node
from nettool.layers.infer import infer
from nettool.layers.outcome import Outcome

pytestmark = pytest.mark.keras


def build(network: Graph) -> Any:
    from nettool.engine.model.build_model import build_model

    return build_model(network)


def one_layer(operation: str, shape: tuple[int | None, ...] = (8,), **options: object) -> Any:
    network = graph(input_node("x", shape), Node("it", operation, options, ("x",), SPAN), outputs=["it"])
    return build(network).get_layer("it")


def test_layers_bear_their_addresses() -> None:
    network = graph(
        input_node("img", (8,)),
        node("res.1.fc", "Dense", "img", units=8),
        node("res.1.sum", "Add", ["res.1.fc", "img"]),
        outputs=["res.1.sum"],
        name="toy.net",
    )
    model = build(network)
    assert [layer.name for layer in model.layers] == ["img", "res.1.fc", "res.1.sum"]
    assert model.name == "toy.net"


def test_a_mapping_becomes_a_regularizer_an_initializer_or_a_constraint() -> None:
    layer = one_layer(
        "Dense",
        units=3,
        kernel_regularizer={"regularizer": "L2", "l2": 0.5},
        kernel_initializer={"initializer": "Constant", "value": 2.0},
        bias_initializer="ones",
        kernel_constraint={"constraint": "MaxNorm", "max_value": 4},
    )
    assert float(layer.kernel_regularizer.l2) == 0.5
    assert layer.kernel.numpy().tolist() == [[2.0] * 3] * 8
    assert layer.bias.numpy().tolist() == [1.0] * 3
    assert layer.kernel_constraint.max_value == 4


def test_an_activation_may_be_a_layer_with_options() -> None:
    layer = one_layer("Dense", units=3, activation={"layer": "LeakyReLU", "negative_slope": 0.3})
    assert layer.activation.negative_slope == 0.3


def test_a_wrapped_layer_is_a_mapping_too() -> None:
    layer = one_layer("Bidirectional", (5, 4), of={"layer": "LSTM", "units": 3})
    assert tuple(layer.output.shape) == (None, 6)


def test_a_wrapper_may_wrap_a_wrapper() -> None:
    inner = {"layer": "Bidirectional", "of": {"layer": "LSTM", "units": 3}}
    layer = one_layer("TimeDistributed", (4, 5, 2), of=inner)
    assert tuple(layer.output.shape) == (None, 4, 6)
    assert layer.layer.forward_layer.units == 3


@pytest.mark.parametrize("trainable", [True, False])
def test_query_and_value_are_arguments_of_their_own(trainable: bool) -> None:
    from nettool.engine.model.keras_check import differences

    outcome = infer(
        "MultiHeadAttention", ((4, 3), (5, 2)), {"num_heads": 2, "key_dim": 8, "trainable": trainable}
    )
    assert isinstance(outcome, Outcome)
    network = graph(
        input_node("query", (4, 3)),
        input_node("value", (5, 2)),
        node(
            "seen",
            "MultiHeadAttention",
            ["query", "value"],
            outcome.shape,
            outcome.weights,
            num_heads=2,
            key_dim=8,
            trainable=trainable,
        ),
        outputs=["seen"],
    )
    model = build(network)
    assert differences(network, model) == ()
    assert len(model.trainable_weights) == (8 if trainable else 0)


def test_self_attention_takes_the_same_input_twice() -> None:
    network = graph(
        input_node("x", (4, 3)),
        node("seen", "MultiHeadAttention", ["x", "x"], num_heads=2, key_dim=8),
        node("sum", "Attention", ["seen", "x", "x"]),
        outputs=["sum"],
    )
    assert build(network).output_shape == (None, 4, 3)


def test_a_merge_of_one_input_gets_a_list() -> None:
    network = graph(input_node("x", (4,)), node("sum", "Add", ["x"]), outputs=["sum"])
    assert build(network).output_shape == (None, 4)


@pytest.mark.parametrize(
    ("operation", "options"),
    [
        ("Bidirectional", {"of": {"layer": "LSTM", "units": 3}}),
        ("RNN", {"cell": {"layer": "GRUCell", "units": 3}}),
        ("TimeDistributed", {"of": {"layer": "Dense", "units": 3, "trainable": False}}),
    ],
)
def test_a_layer_of_several_parts_is_frozen_as_a_whole(operation: str, options: dict[str, Any]) -> None:
    frozen = graph(
        input_node("x", (5, 4)),
        node(
            "it",
            operation,
            "x",
            **options,
            **({} if operation == "TimeDistributed" else {"trainable": False}),
        ),
        outputs=["it"],
    )
    assert build(frozen).trainable_weights == []


def test_lists_become_tuples() -> None:
    layer = one_layer("Conv2D", (8, 8, 1), filters=2, kernel_size=[3, 1])
    assert layer.kernel_size == (3, 1)
    assert one_layer("Reshape", target_shape=[2, 4]).target_shape == (2, 4)


def test_a_layer_that_does_not_train_stays_as_it_is() -> None:
    layer = one_layer("Dense", units=3, trainable=False)
    assert layer.trainable_weights == []


def test_inputs_have_their_type_and_shape() -> None:
    network = graph(
        input_node("tokens", (None,), "int32"),
        node("embed", "Embedding", "tokens", input_dim=20, output_dim=4),
        outputs=["embed"],
    )
    (tensor,) = build(network).inputs
    assert (tensor.name, tensor.dtype, tuple(tensor.shape)) == ("tokens", "int32", (None, None))


def test_several_inputs_are_a_list_in_the_order_of_the_graph() -> None:
    network = graph(
        input_node("b", (2,)),
        input_node("a", (3,)),
        node("joined", "Concatenate", ["a", "b"]),
        outputs=["joined"],
    )
    model = build(network)
    assert [tensor.name for tensor in model.inputs] == ["b", "a"]
    assert tuple(model.output.shape) == (None, 5)


def test_one_output_is_a_tensor_and_several_are_named_by_address() -> None:
    nodes = (
        input_node("x", (8,)),
        node("code", "Dense", "x", units=2),
        node("back", "Dense", "code", units=8),
    )
    assert tuple(build(graph(*nodes, outputs=["back"])).output.shape) == (None, 8)
    both = build(graph(*nodes, outputs=["code", "back"])).output
    assert {name: tuple(tensor.shape) for name, tensor in both.items()} == {
        "code": (None, 2),
        "back": (None, 8),
    }


def shared_tower() -> Graph:
    return graph(
        input_node("left", (8,)),
        input_node("right", (8,)),
        node("right_code", "Dense", "right", owner="code"),
        node("code", "Dense", "left", units=4),
        node("apart", "Subtract", ["code", "right_code"]),
        outputs=["apart", "right_code", "code"],
    )


def test_a_node_with_an_owner_calls_the_owners_layer_even_before_the_owner() -> None:
    model = build(shared_tower())
    assert [layer.name for layer in model.layers].count("code") == 1
    assert len(model.weights) == 2
    same = np.arange(8.0).reshape(1, 8)
    assert model([same, same])["apart"].numpy().tolist() == [[0.0] * 4]
    other = model([same, same + 1])
    assert np.array_equal(other["apart"], other["code"] - other["right_code"])


def test_a_layer_with_several_arguments_gets_them_one_by_one() -> None:
    network = graph(
        input_node("query", (3, 8)),
        input_node("memory", (5, 8)),
        node("look", "MultiHeadAttention", ["query", "memory"], num_heads=2, key_dim=4),
        outputs=["look"],
    )
    assert tuple(build(network).output.shape) == (None, 3, 8)


@pytest.mark.parametrize(
    ("operation", "options", "message"),
    [
        ("Dense", {"units": -1}, "Keras cannot build `it` (Dense): "),
        ("Dense", {"unit": 3}, "Keras cannot build `it` (Dense): "),
        ("Conv2D", {"filters": 3, "kernel_size": 3}, "Keras cannot build `it` (Conv2D): "),
        ("Dence", {}, "Keras cannot build `it` (Dence): Keras has no layer called Dence"),
        (
            "Dense",
            {"units": 3, "kernel_regularizer": {"regularizer": "L3"}},
            "Keras cannot build `it` (Dense): Keras has no regularizer called L3",
        ),
    ],
)
def test_what_keras_refuses_names_the_node(operation: str, options: dict[str, object], message: str) -> None:
    from nettool.engine.failures import BuildFailed

    with pytest.raises(BuildFailed) as failure:
        one_layer(operation, (8,), **options)
    assert str(failure.value).startswith(message)
    assert "\n" not in str(failure.value)
    assert (failure.value.node, failure.value.span) == ("it", SPAN)


def test_a_layer_that_gives_several_tensors_is_refused() -> None:
    from nettool.engine.failures import BuildFailed

    with pytest.raises(BuildFailed, match="it gives 3 tensors, and a node stands for one"):
        one_layer("LSTM", (5, 4), units=3, return_state=True)
