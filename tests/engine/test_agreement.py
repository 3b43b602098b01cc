from dataclasses import replace

import pytest
from engine_plans import graph, input_node, node

from nettool.graph.network import Graph
from nettool.layers.outcome import Weight

pytestmark = pytest.mark.keras

KERNEL, BIAS = Weight("kernel", (8, 4)), Weight("bias", (4,))


def towers(**changes: object) -> Graph:
    """Two calls of one layer that meet; `changes` go to the owner."""
    owner = node("code", "Dense", "left", (4,), (KERNEL, BIAS), units=4)
    return graph(
        input_node("left", (8,)),
        input_node("right", (8,)),
        replace(owner, **changes),  # type: ignore[arg-type]
        node("again", "Dense", "right", (4,), (KERNEL, BIAS), owner="code"),
        node("norm", "BatchNormalization", "again", (4,), None),
        node("apart", "Subtract", ["code", "norm"], (4,), ()),
        outputs=["apart", "again"],
    )


def test_a_true_description_has_no_differences() -> None:
    from nettool.engine.model.build_model import build_model
    from nettool.engine.model.keras_check import check_agreement, differences

    model = build_model(towers())
    assert differences(towers(), model) == ()
    check_agreement(towers(), model)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"shape": (5,)}, ("`code` has the shape (4,) in Keras, (5,) in nettool",)),
        ({"shape": None, "weights": None}, ()),
        (
            {"weights": (KERNEL,)},
            (
                "`code` has the weights kernel (8, 4), bias (4,) in Keras, kernel (8, 4) in nettool",
                "the network has 52 parameters in Keras, 48 in nettool",
                "the network has 44 trainable parameters in Keras, 40 in nettool",
            ),
        ),
        (
            {"weights": (KERNEL, replace(BIAS, trainable=False))},
            (
                "`code` has the weights kernel (8, 4), bias (4,) in Keras, "
                "kernel (8, 4), bias (4,) not trainable in nettool",
                "the network has 44 trainable parameters in Keras, 40 in nettool",
            ),
        ),
    ],
)
def test_each_difference_is_named(changes: dict[str, object], expected: tuple[str, ...]) -> None:
    from nettool.engine.model.build_model import build_model
    from nettool.engine.model.keras_check import completed, differences

    described = towers(**changes)
    model = build_model(described)
    known = completed(described, model)
    wrong = replace(
        known,
        nodes=tuple(
            replace(each, shape=ours.shape, weights=ours.weights) if each.name == "code" else each
            for each, ours in zip(known.nodes, described.nodes, strict=True)
        ),
    )
    assert differences(wrong, model) == expected


def test_a_difference_is_called_nettools_mistake() -> None:
    from nettool.engine.failures import NettoolBug
    from nettool.engine.model.build_model import build_model
    from nettool.engine.model.keras_check import check_agreement

    described = towers(shape=(5,))
    with pytest.raises(NettoolBug) as failure:
        check_agreement(described, build_model(described))
    assert str(failure.value) == (
        "this is a mistake in nettool, not in your spec: `code` has the shape (4,) in Keras, (5,) in nettool"
    )


def test_what_no_rule_knows_is_taken_from_keras() -> None:
    from nettool.engine.model.build_model import build_model
    from nettool.engine.model.keras_check import completed

    described = graph(
        input_node("x", (6, 8)),
        node("look", "MultiHeadAttention", ["x", "x"], num_heads=1, key_dim=2),
        node("norm", "BatchNormalization", "look"),
        node("flat", "Flatten", "norm"),
        outputs=["flat"],
    )
    known = completed(described, build_model(described)).by_name
    assert [each.shape for each in known.values()] == [(6, 8), (6, 8), (6, 8), (48,)]
    assert [weight.name for weight in known["look"].weights or ()][:2] == ["query/kernel", "query/bias"]
    assert known["norm"].weights == (
        Weight("gamma", (8,)),
        Weight("beta", (8,)),
        Weight("moving_mean", (8,), trainable=False),
        Weight("moving_variance", (8,), trainable=False),
    )


def test_a_node_is_found_in_a_model_from_a_file(tmp_path: object) -> None:
    from pathlib import Path

    from nettool.engine.evaluate.load_model import load_model
    from nettool.engine.model.build_model import build_model
    from nettool.engine.model.keras_check import differences
    from nettool.engine.model.tensors import node_tensors

    path = Path(str(tmp_path)) / "model.keras"
    build_model(towers()).save(path)
    loaded = load_model(path, towers())
    assert differences(towers(), loaded) == ()
    tensors = node_tensors(towers(), loaded)
    assert loaded.output["again"] is tensors["again"]
    assert tensors["code"] is not tensors["again"]
