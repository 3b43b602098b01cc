"""Losses between two nodes, and several at one output: equal to what is computed by hand."""

import numpy as np
import pytest

pytestmark = pytest.mark.keras


def test_a_loss_between_two_nodes_compares_the_halves() -> None:
    import keras

    from nettool.engine.combined_losses import LossBetween

    random = np.random.default_rng(0)
    left, right = random.random((8, 5), dtype=np.float32), random.random((8, 5), dtype=np.float32)
    loss = LossBetween(keras.losses.MeanAbsoluteError())(
        np.zeros((8, 1)), np.concatenate([left, right], axis=-1)
    )
    np.testing.assert_allclose(float(loss), np.abs(left - right).mean(), rtol=1e-6)


def test_several_losses_are_weighted_and_added() -> None:
    import keras

    from nettool.engine.combined_losses import SumOfLosses

    random = np.random.default_rng(0)
    true, given = random.random((8, 5), dtype=np.float32), random.random((8, 5), dtype=np.float32)
    loss = SumOfLosses([keras.losses.MeanAbsoluteError(), keras.losses.MeanSquaredError()], [1.0, 0.5])
    expected = np.abs(true - given).mean() + 0.5 * ((true - given) ** 2).mean()
    np.testing.assert_allclose(float(loss(true, given)), expected, rtol=1e-6)
