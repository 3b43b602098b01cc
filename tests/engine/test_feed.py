"""Batches against plain NumPy."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from engine_plans import (
    IMAGE,
    LABEL,
    classify,
    convolution_graph,
    dense_graph,
    graph,
    images,
    input_node,
    loss,
    node,
    plan,
)

from nettool.data.column import Column, Part
from nettool.data.failure import DataError
from nettool.data.field import Field
from nettool.data.scale import fraction_of
from nettool.data.transforms.normalize import scales
from nettool.graph.bind.binding import Binding, InputBinding, TargetBinding
from nettool.graph.trainable_plan import TrainablePlan

pytestmark = pytest.mark.keras


def batches(made: TrainablePlan, part: Part, batch_size: int) -> list[Any]:
    from nettool.engine.input.input_pipeline import evaluation_pipeline

    return list(evaluation_pipeline(made, part, batch_size).dataset.as_numpy_iterator())


def epoch(made: TrainablePlan, part: Part, epochs: Sequence[int]) -> list[np.ndarray]:
    from nettool.engine.input.epoch_order import EpochOrder
    from nettool.engine.input.input_pipeline import training_pipeline

    order = EpochOrder(7, len(part))
    dataset = training_pipeline(made, part, 4, order).dataset
    found = []
    for number in epochs:
        order.begin(number)
        found.append(np.concatenate([y for _, y in dataset.as_numpy_iterator()]))
    return found


def test_images_become_fractions_in_the_shape_of_the_input() -> None:
    part = images(10)
    x = np.concatenate([x for x, _ in batches(classify(convolution_graph()), part, 4)])
    expected = part.columns["image"].values.reshape(10, 8, 8, 1).astype(np.float32) / 255
    assert x.dtype == np.float32
    assert np.array_equal(x, expected)


def test_the_last_batch_is_as_small_as_it_comes_out() -> None:
    sizes = [len(x) for x, _ in batches(classify(dense_graph()), images(10), 4)]
    assert sizes == [4, 4, 2]


@pytest.mark.parametrize("sparse", [False, True])
def test_labels_come_as_their_loss_wants_them(sparse: bool) -> None:
    part = images(10)
    y = np.concatenate([y for _, y in batches(classify(dense_graph(), sparse=sparse), part, 4)])
    labels = part.columns["label"].values
    expected = labels.astype(np.int32) if sparse else np.eye(10, dtype=np.float32)[labels]
    assert (y.dtype, y.tolist()) == (expected.dtype, expected.tolist())


def test_chosen_rows_are_taken_without_copying_the_values() -> None:
    part = images(50)
    rows = np.array([40, 3, 3, 17])
    chosen = part.take(rows).take(np.array([3, 0, 1]))
    ((x, y),) = batches(classify(dense_graph(), sparse=True), chosen, 8)
    expected = part.columns["image"].values[[17, 40, 3]].reshape(3, 64).astype(np.float32) / 255
    assert np.array_equal(x, expected)
    assert y.tolist() == part.columns["label"].values[[17, 40, 3]].tolist()


def test_each_epoch_has_the_order_that_its_seed_and_number_give() -> None:
    labels = np.arange(10)
    part = Part({"image": images(10).columns["image"], "label": Column(labels)})
    found = epoch(classify(dense_graph(), sparse=True), part, [0, 1, 5, 1])
    expected = [np.random.default_rng([7, number]).permutation(10) for number in (0, 1, 5, 1)]
    assert [each.tolist() for each in found] == [each.tolist() for each in expected]
    assert found[0].tolist() != found[1].tolist()


def test_arrays_that_columns_and_parts_share_are_held_once_and_as_they_are() -> None:
    from nettool.engine.input.samples import _in_use, gather

    values = np.zeros((1000, 8), np.uint8)
    gathers = [gather(Column(values)), gather(Column(values, np.array([3, 2])))]
    assert [held.tensor.dtype.name for held in _in_use.values() if held.array is values] == ["uint8"]
    del gathers
    assert not [held for held in _in_use.values() if held.array is values]


def aligned(size: int) -> np.ndarray:
    room = np.zeros(size + 64, np.uint8)
    start = -room.ctypes.data % 64
    return room[start : start + size]


def test_memory_that_tensorflow_can_use_is_not_copied() -> None:
    from nettool.engine.input.samples import gather

    values = aligned(6).reshape(3, 2)
    for rows in (None, np.array([2, 1, 0])):
        values_at = gather(Column(values, rows))
        for value in (7, 8):  # the first gathering could still make a copy
            values[1] = value
            assert values_at([1]).numpy().tolist() == [[value, value]]


def test_a_pipeline_reads_the_memory_itself_from_the_first_batch_to_the_last() -> None:
    import tensorflow as tf

    from nettool.engine.input.samples import gather

    values = aligned(6).reshape(3, 2)
    values_at = gather(Column(values))
    dataset = tf.data.Dataset.range(3).map(lambda step: values_at(step[None]))
    for value in (7, 8):
        values[...] = value
        assert [batch.tolist() for batch in dataset.as_numpy_iterator()] == [[[value, value]]] * 3


@pytest.mark.parametrize(
    "values",
    [
        aligned(100)[1:].reshape(9, 11),
        np.asfortranarray(np.arange(99).reshape(9, 11)),
        np.arange(198)[::2].reshape(9, 11),
        np.broadcast_to(np.arange(11, dtype=np.float64), (9, 11)),
    ],
    ids=["unaligned", "columns first", "strided", "read-only"],
)
def test_any_other_memory_is_read_all_the_same(values: np.ndarray) -> None:
    from nettool.engine.input.samples import gather

    assert np.array_equal(gather(Column(values))([8, 0, 3]).numpy(), values[[8, 0, 3]])


def pairs() -> TrainablePlan:
    """Two inputs from one set of images; an autoencoder's target, a number, and an output without target."""
    network = graph(
        input_node("one", (8, 8, 1)),
        input_node("number", (4,), "int32"),
        node("flat", "Flatten", "one"),
        node("same", "Dense", "flat", units=1),
        node("again", "Dense", "flat", units=64),
        node("code", "Flatten", "number"),
        outputs=["same", "again", "code"],
    )
    same = Field("same", "label", (), "int64", 1.0, ("no", "yes"))
    counts = Field("counts", "vector", (4,), "uint8", 255.0)
    return plan(
        network,
        losses=[loss("same", "BinaryCrossentropy"), loss("again", "MeanSquaredError")],
        metrics=[],
        binding=Binding(
            (IMAGE, LABEL, same, counts),
            (InputBinding("number", "counts", (4,)), InputBinding("one", "image", (8, 8, 1))),
            (
                TargetBinding("same", "same", "value", (1,), 1),
                TargetBinding("again", "image", "value", (64,)),
            ),
        ),
    )


def test_inputs_keep_the_order_of_the_graph_and_targets_the_names_of_the_outputs() -> None:
    part = images(5)
    same, counts = np.array([0, 1, 1, 0, 1]), np.arange(20, dtype=np.uint8).reshape(5, 4)
    whole = Part({**part.columns, "same": Column(same), "counts": Column(counts)})
    ((x, y),) = batches(pairs(), whole, 8)
    pixels = part.columns["image"].values.astype(np.float32) / 255
    assert np.array_equal(x[0], pixels.reshape(5, 8, 8, 1))
    assert (x[1].dtype, x[1].tolist()) == (np.int32, counts.tolist())
    assert set(y) == {"again", "code", "same"}
    assert np.array_equal(y["again"], pixels.reshape(5, 64))
    assert (y["same"].dtype, y["same"].tolist()) == (np.float32, [[0.0], [1.0], [1.0], [0.0], [1.0]])
    assert y["code"].shape == (5, 1)


@pytest.mark.parametrize("mean", [0.0, 1.7e9, -3e12])
def test_numbers_far_from_zero_are_scaled_before_they_are_rounded(mean: float) -> None:
    rows = np.random.default_rng(2).normal(mean, 1.0, (40, 2))
    field = Field("x", "vector", (2,), "float64")
    (scale,) = scales((field,), {"x": "standard"}, {"x": Column(rows)}).values()
    column = Column(rows, scale=scale)
    network = graph(input_node("x", (2,)), node("y", "Dense", "x", units=2), outputs=["y"])
    binding = Binding((field,), (InputBinding("x", "x", (2,)),), (TargetBinding("y", "x", "value", (2,)),))
    made = plan(network, losses=[loss("y", "MeanSquaredError")], metrics=[], binding=binding)
    ((x, y),) = batches(made, Part({"x": column}), 64)
    expected = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    assert x.dtype == y.dtype == np.float32
    np.testing.assert_allclose(x, expected, atol=1e-3)
    np.testing.assert_allclose(y, expected, atol=1e-3)


def test_an_input_of_float16_gets_fractions_of_numbers_that_float16_cannot_hold() -> None:
    pixels = np.array([[0, 30_000, 65_535]], np.uint16)
    field = Field("x", "vector", (3,), "uint16")
    network = graph(input_node("x", (3,), "float16"), node("y", "Dense", "x", units=3), outputs=["y"])
    binding = Binding((field,), (InputBinding("x", "x", (3,)),), (TargetBinding("y", "x", "value", (3,)),))
    made = plan(network, losses=[loss("y", "MeanSquaredError")], metrics=[], binding=binding)
    ((x, _),) = batches(made, Part({"x": Column(pixels, scale=fraction_of(65_535.0))}), 4)
    np.testing.assert_array_equal(x, (pixels / 65_535).astype(np.float16))


@pytest.mark.parametrize(("dtype", "highest"), [("uint8", 256), ("int32", 2**32)])
def test_numbers_that_would_wrap_around_are_refused(dtype: str, highest: int) -> None:
    field = Field("x", "vector", (2,), "int64")
    network = graph(input_node("x", (2,), dtype), node("y", "Dense", "x", units=2), outputs=["y"])
    binding = Binding((field,), (InputBinding("x", "x", (2,)),), (TargetBinding("y", "x", "value", (2,)),))
    made = plan(network, losses=[loss("y", "MeanSquaredError")], metrics=[], binding=binding)
    with pytest.raises(DataError, match=f"`x` holds {highest:,}, but the input `x` of {dtype} takes"):
        batches(made, Part({"x": Column(np.array([[1, highest]]))}), 4)
