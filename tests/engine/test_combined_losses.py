"""Losses between two nodes, and several at one output: equal to what is computed by hand."""

from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.keras

SPEC = """
data: digits
inputs: {image: [64]}
nodes:
  one: {layer: Dense, units: 8}
  other: {layer: Dense, from: image, units: 8}
  digit: {layer: Dense, from: sum, units: 10, activation: softmax}
merges:
  sum: {merge: Add, from: [one, other]}
outputs: [digit]
losses: LOSSES
"""


def test_a_loss_between_two_nodes_compares_the_halves() -> None:
    import keras

    from nettool.engine.compile.combined_losses import LossBetween

    random = np.random.default_rng(0)
    left, right = random.random((8, 5), dtype=np.float32), random.random((8, 5), dtype=np.float32)
    loss = LossBetween(keras.losses.MeanAbsoluteError())(
        np.zeros((8, 1)), np.concatenate([left, right], axis=-1)
    )
    np.testing.assert_allclose(float(loss), np.abs(left - right).mean(), rtol=1e-6)


def test_several_losses_are_weighted_and_added() -> None:
    import keras

    from nettool.engine.compile.combined_losses import SumOfLosses

    random = np.random.default_rng(0)
    true, given = random.random((8, 5), dtype=np.float32), random.random((8, 5), dtype=np.float32)
    loss = SumOfLosses([keras.losses.MeanAbsoluteError(), keras.losses.MeanSquaredError()], [1.0, 0.5])
    expected = np.abs(true - given).mean() + 0.5 * ((true - given) ** 2).mean()
    np.testing.assert_allclose(float(loss(true, given)), expected, rtol=1e-6)


@pytest.mark.parametrize(
    "losses",
    [
        "{digit: [categorical_crossentropy, {loss: MeanSquaredError, weight: 0.5}]}",
        "{digit: categorical_crossentropy, alike: {loss: MeanSquaredError, between: [one, other]}}",
    ],
)
def test_a_model_trained_with_them_opens_in_plain_keras(losses: str, tmp_path: Path) -> None:
    import keras

    from nettool.diagnostics.source import Source
    from nettool.engine.compile.compile_model import compile_model
    from nettool.engine.model.build_model import build_model
    from nettool.front_end import load_source
    from nettool.graph.synthetic_data import with_synthetic_data
    from nettool.spec.train.training import Training

    plan, _ = load_source(Source("two.yaml", SPEC.replace("LOSSES", losses)), "two")
    model = build_model(plan.graph)
    compile_model(model, with_synthetic_data(plan, Training()), 32)
    path = tmp_path / "model.keras"
    model.save(path)
    opened = keras.models.load_model(path)
    images = np.random.default_rng(0).random((4, 64), dtype=np.float32)
    assert not opened.compiled
    for given, expected in zip(opened(images), model(images), strict=True):
        np.testing.assert_array_equal(given, expected)
