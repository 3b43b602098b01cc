import pytest
from engine_plans import graph, input_node, node

from nettool.engine.compile.steps_per_execution import (
    better_steps_per_execution,
    multiply_adds,
    steps_per_execution,
)
from nettool.graph.network import Graph
from nettool.layers.outcome import Weight


def dense() -> Graph:
    return graph(
        input_node("x", (784,)),
        node("hidden", "Dense", "x", (64,), (Weight("kernel", (784, 64)), Weight("bias", (64,)))),
        node("label", "Dense", "hidden", (10,), (Weight("kernel", (64, 10)), Weight("bias", (10,)))),
        outputs=["label"],
    )


def convolution(filters: int) -> Graph:
    return graph(
        input_node("x", (32, 32, 3)),
        node("conv", "Conv2D", "x", (30, 30, filters), (Weight("kernel", (3, 3, 3, filters)),)),
        node("up", "Conv2DTranspose", "conv", (60, 60, 8), (Weight("kernel", (3, 3, 8, filters)),)),
        node("unknown", "Exotic", "up"),
        outputs=["unknown"],
    )


def test_a_dense_layer_multiplies_each_kernel_number_once() -> None:
    assert multiply_adds(dense()) == 784 * 64 + 64 * 10


def test_a_convolution_multiplies_its_kernel_at_each_position_of_its_output() -> None:
    assert multiply_adds(convolution(4)) == 900 * 27 * 4 + 900 * 72 * 4


def test_a_recurrent_layer_multiplies_at_each_step_and_an_embedding_never() -> None:
    network = graph(
        input_node("x", (20,), "int32"),
        node("embed", "Embedding", "x", (20, 4), (Weight("embeddings", (1000, 4)),)),
        node("read", "LSTM", "embed", (3,), (Weight("kernel", (4, 12)), Weight("recurrent_kernel", (3, 12)))),
        outputs=["read"],
    )
    assert multiply_adds(network) == 20 * (48 + 36)


@pytest.mark.parametrize(
    ("network", "batch_size", "steps", "expected"),
    [
        (dense(), 64, 938, 64),
        (dense(), 64, 7, 7),
        (dense(), 64, 0, 1),
        (dense(), 4096, 938, 8),
        (convolution(8), 64, 938, 36),
        (convolution(512), 64, 938, 1),
    ],
)
def test_an_execution_takes_about_a_tenth_of_a_second(
    network: Graph, batch_size: int, steps: int, expected: int
) -> None:
    assert steps_per_execution(network, batch_size, steps) == expected


@pytest.mark.parametrize(
    ("present", "seconds_per_step", "steps", "left", "expected"),
    [
        # Three minutes for an execution, half a second: progress would not be seen to move.
        (64, 3.0, 900, 9000, 1),
        (64, 0.0085, 900, 900, 11),
        (2, 0.25, 900, 900, 1),
        # A single step cannot be divided.
        (1, 5.0, 900, 9000, None),
        # Well so.
        (64, 0.0005, 900, 90_000, None),
        (10, 0.01, 900, 90_000, None),
        # More at once pay in a long training, not in a short one.
        (1, 0.004, 900, 90_000, 25),
        (1, 0.004, 900, 900, None),
        (1, 0.0001, 7, 90_000, 7),
    ],
)
def test_the_number_of_steps_is_changed_where_it_is_slow_to_answer_or_pays(
    present: int, seconds_per_step: float, steps: int, left: int, expected: int | None
) -> None:
    assert better_steps_per_execution(present, seconds_per_step, steps, left) == expected
