"""The weights in figures: NumPy's own figures, written so that a dead layer and a lost number are seen."""

import json

import numpy as np
from golden_files import assert_golden

from nettool.graph.trained_weights import LayerWeights
from nettool.record.disk.json_form import plain
from nettool.views.inspect.weight_table import weight_facts, weight_statistics, weight_table

KERNEL = np.linspace(-0.5, 0.75, 72, dtype=np.float32).reshape(3, 3, 1, 8)
WEIGHTS = (
    LayerWeights("res.1.conv_a", "Conv2D", {"kernel": KERNEL, "bias": np.zeros(8, np.float32)}),
    LayerWeights(
        "norm",
        "BatchNormalization",
        {"gamma": np.ones(8), "moving_variance": np.array([1.0, np.nan, 2.0, np.inf, 0, 0, 0, 1e-9])},
    ),
    LayerWeights("lost", "Dense", {"kernel": np.full((2, 1), np.nan), "scale": np.array(3.0)}),
    LayerWeights("sparse", "Dense", {"kernel": np.concatenate([[[1.0]], np.zeros((4999, 1))])}),
)


def test_the_table() -> None:
    text = weight_table("net: weights of the last model", weight_statistics(WEIGHTS))
    assert_golden("weights.txt", text + "\n")


def test_the_same_as_plain_data() -> None:
    assert_golden(
        "weights.json", json.dumps(plain(weight_facts(weight_statistics(WEIGHTS))), indent=1) + "\n"
    )


def test_the_figures_are_numpys() -> None:
    first, *_ = weight_statistics(WEIGHTS)
    assert (first.mean, first.spread) == (
        float(KERNEL.astype(np.float64).mean()),
        float(KERNEL.astype(np.float64).std()),
    )
    assert (first.lowest, first.highest, first.count) == (-0.5, 0.75, 72)


def test_a_network_without_weights_says_so() -> None:
    assert weight_table("net", weight_statistics(())) == "net\n\nno layer has weights"
