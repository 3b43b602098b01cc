from typing import Any

import pytest

from nettool.layers.option_kinds import kind_of
from nettool.vocabulary.keras_names import Family

A_SIZE = "must be a positive whole number or a list of 2 of them"
WRAPPED_TWICE = {"layer": "Bidirectional"}
INITIALIZER = "must be the name of an initializer or a mapping {initializer: name, option: value}"

PROBLEMS: list[tuple[Family, str, str, Any, str | None]] = [
    ("layers", "Dense", "units", 3, None),
    ("layers", "Dense", "units", 0, "must be a positive whole number, not 0"),
    ("layers", "Dense", "units", -3, "must be a positive whole number, not -3"),
    ("layers", "Dense", "units", 2.0, "must be a positive whole number, not 2.0"),
    ("layers", "Dense", "units", True, "must be a positive whole number, not true"),
    ("layers", "Dense", "units", "3", "must be a positive whole number, not the text `3`"),
    ("layers", "Dense", "units", None, "must be a positive whole number, not null"),
    ("layers", "Dense", "use_bias", True, None),
    ("layers", "Dense", "use_bias", 1, "must be true or false, not 1"),
    ("layers", "Dense", "activation", "relu", None),
    ("layers", "Dense", "activation", None, None),
    ("layers", "Dense", "activation", "rleu", "must be the name of an activation, not `rleu`"),
    ("layers", "Dropout", "rate", 0, None),
    ("layers", "Dropout", "rate", 1.5, "must be a number from 0 to 1, not 1.5"),
    ("layers", "Dropout", "rate", float("nan"), "must be a number from 0 to 1, not .nan"),
    ("layers", "GaussianDropout", "rate", 1, "must be a number from 0 to below 1, not 1"),
    ("layers", "Conv2D", "kernel_size", 3, None),
    ("layers", "Conv2D", "kernel_size", [3, 5], None),
    ("layers", "Conv2D", "kernel_size", [3], f"{A_SIZE}, not [3]"),
    ("layers", "Conv2D", "kernel_size", [3, 0], f"{A_SIZE}, not [3, 0]"),
    ("layers", "Conv2D", "padding", "same", None),
    ("layers", "Conv2D", "padding", "causal", "must be one of valid, same, not `causal`"),
    ("layers", "Conv1D", "padding", "causal", None),
    ("layers", "MaxPooling2D", "strides", None, None),
    ("layers", "Conv2D", "strides", None, f"{A_SIZE}, not null"),
    ("layers", "ZeroPadding1D", "padding", [1, 2], None),
    ("layers", "ZeroPadding2D", "padding", [[1, 0], 2], None),
    (
        "layers",
        "Cropping2D",
        "cropping",
        [1, 2, 3],
        "must be a whole number of at least 0, a list of 2 of them, or a list of 2 pairs [start, end], "
        "not [1, 2, 3]",
    ),
    ("layers", "UpSampling1D", "size", [2], "must be a positive whole number, not [2]"),
    ("layers", "Reshape", "target_shape", [-1, 4], None),
    (
        "layers",
        "Reshape",
        "target_shape",
        [-1, -1],
        "must be a list of positive whole numbers (one may be -1: whatever is left), not [-1, -1]",
    ),
    (
        "layers",
        "Permute",
        "dims",
        [0, 1],
        "must be a list of the axes in their new order, counted from 1, such as [2, 1], not [0, 1]",
    ),
    ("layers", "LayerNormalization", "axis", [1, 2], None),
    ("layers", "BatchNormalization", "axis", [1, 2], "must be a whole number, not [1, 2]"),
    ("layers", "GroupNormalization", "groups", -1, None),
    ("layers", "GroupNormalization", "groups", -2, "must be a positive whole number or -1, not -2"),
    ("layers", "Dense", "dtype", "float23", "must be the name of a data type, not `float23`"),
    ("layers", "Dense", "kernel_initializer", "he_normal", None),
    ("layers", "Dense", "kernel_initializer", None, None),
    ("layers", "Dense", "kernel_initializer", {"initializer": "HeNormal", "seed": 3}, None),
    ("layers", "Dense", "kernel_initializer", 0.1, f"{INITIALIZER}, not 0.1"),
    (
        "layers",
        "Dense",
        "kernel_initializer",
        "he_norml",
        "must name an initializer; Keras has none called `he_norml`",
    ),
    (
        "layers",
        "Dense",
        "kernel_initializer",
        {"HeNormal": {"seed": 1}},
        "must say its name under `initializer`: {initializer: name, option: value}",
    ),
    (
        "layers",
        "Dense",
        "kernel_initializer",
        {"initializer": "he_normal", "sed": 3},
        "gives `sed`, which is no option of HeNormal",
    ),
    (
        "layers",
        "Dense",
        "kernel_regularizer",
        {"regularizer": "l2", "l2": -1},
        "cannot be made: its `l2` must be a number of at least 0, not -1",
    ),
    ("layers", "RandomContrast", "factor", [0.2, 0.5], None),
    (
        "layers",
        "RandomContrast",
        "factor",
        -0.5,
        "must be a number from 0 to 1 or a list of 2 such numbers, not -0.5",
    ),
    ("layers", "RandomBrightness", "factor", -0.5, None),
    (
        "layers",
        "RandomZoom",
        "height_factor",
        -1,
        "must be a number above -1 to 1 or a list of 2 such numbers, not -1",
    ),
    (
        "layers",
        "RandomPosterization",
        "factor",
        9,
        "must be a whole number from 1 to 8 or a list of 2 such numbers, not 9",
    ),
    ("layers", "MultiHeadAttention", "kernel_initializer", None, f"{INITIALIZER}, not null"),
    ("layers", "Bidirectional", "of", {"layer": "LSTM", "units": 3}, None),
    (
        "layers",
        "TimeDistributed",
        "of",
        "Flatten",
        "must be a mapping {layer: name, option: value}, not `Flatten`",
    ),
    ("layers", "Bidirectional", "of", {"layer": "LSTM"}, "must say `units`, which LSTM needs"),
    ("layers", "TimeDistributed", "of", WRAPPED_TWICE | {"of": {"layer": "LSTM", "units": 3}}, None),
    ("layers", "TimeDistributed", "of", WRAPPED_TWICE, "must say `of`, which Bidirectional needs"),
    (
        "layers",
        "TimeDistributed",
        "of",
        WRAPPED_TWICE | {"of": {"layer": "LSTM", "units": 0}},
        "cannot be made: its `of` cannot be made: its `units` must be a positive whole number, not 0",
    ),
    ("optimizers", "Adam", "learning_rate", 1, None),
    (
        "optimizers",
        "Adam",
        "learning_rate",
        {"schedule": "ExponentialDecay", "decay_steps": 9},
        "must say `initial_learning_rate` and `decay_rate`, which ExponentialDecay needs",
    ),
    (
        "optimizers",
        "Adam",
        "learning_rate",
        0,
        "must be a positive number or a mapping {schedule: name, option: value}, not 0",
    ),
    ("schedules", "CosineDecay", "warmup_steps", "0.5 epochs", None),
    ("schedules", "CosineDecay", "decay_steps", None, None),
    (
        "schedules",
        "CosineDecay",
        "decay_steps",
        "5 epoch's",
        "must be a whole number of steps, at least 1, or of epochs, such as `5 epochs`, not `5 epoch's`",
    ),
    (
        "schedules",
        "CosineDecay",
        "decay_steps",
        "0 epochs",
        "must be a whole number of steps, at least 1, or of epochs, such as `5 epochs`, not `0 epochs`",
    ),
    ("optimizers", "Ftrl", "learning_rate_power", 0.5, "must be a number of at most 0, not 0.5"),
    ("optimizers", "Lion", "beta_1", 0, "must be a number above 0 to 1, not 0"),
    (
        "optimizers",
        "Adam",
        "gradient_accumulation_steps",
        1,
        "must be a whole number of at least 2, not 1",
    ),
    (
        "losses",
        "Huber",
        "reduction",
        "none",
        "must be one of sum_over_batch_size, sum, mean, mean_with_sample_weight, not `none`",
    ),
]


PLACES: list[tuple[Family, str, str, Any, tuple[str | int, ...], bool]] = [
    ("layers", "Dense", "units", 0, (), False),
    ("layers", "Conv2D", "kernel_size", [3, 0], (), False),
    ("layers", "Dense", "kernel_regularizer", "L3", (), False),
    ("layers", "Dense", "kernel_regularizer", {"regularizer": "L3", "l3": 0.1}, ("regularizer",), False),
    ("layers", "Dense", "kernel_regularizer", {"regularizer": "L2", "l3": 0.1}, ("l3",), True),
    ("layers", "Dense", "kernel_regularizer", {"regularizer": "L2", "l2": -1}, ("l2",), False),
    ("layers", "Dense", "kernel_regularizer", {"l2": 0.1}, (), False),
    ("layers", "Bidirectional", "of", {"layer": "LSTM"}, ("layer",), False),
    ("layers", "Bidirectional", "of", {"layer": "LSTM", "units": 0}, ("units",), False),
    (
        "layers",
        "TimeDistributed",
        "of",
        WRAPPED_TWICE | {"of": {"layer": "LSTM", "unit": 3}},
        ("of", "unit"),
        True,
    ),
    (
        "layers",
        "StackedRNNCells",
        "cells",
        [{"layer": "LSTMCell", "units": 3}, {"layer": "LSTMCell", "unit": 3}],
        (1, "unit"),
        True,
    ),
    (
        "optimizers",
        "Adam",
        "learning_rate",
        {"schedule": "PiecewiseConstantDecay", "boundaries": [1, -1], "values": [1, 1, 1]},
        ("boundaries", 1),
        False,
    ),
]


@pytest.mark.parametrize(("family", "name", "option", "value", "path", "at_key"), PLACES)
def test_a_kind_points_at_the_part_that_is_wrong(
    family: Family, name: str, option: str, value: Any, path: tuple[str | int, ...], at_key: bool
) -> None:
    fault = kind_of(family, name, option).fault(value)
    assert fault is not None
    assert (fault.path, fault.at_key) == (path, at_key)


@pytest.mark.parametrize(("family", "name", "option", "value", "problem"), PROBLEMS)
def test_a_kind_says_what_is_wrong_with_a_value(
    family: Family, name: str, option: str, value: Any, problem: str | None
) -> None:
    assert kind_of(family, name, option).problem(value) == problem


def test_kinds_of_names_offer_their_names_for_suggestions() -> None:
    assert {"he_normal", "HeNormal"} <= set(kind_of("layers", "Dense", "kernel_initializer").choices)
    assert "softmax" in kind_of("layers", "Dense", "activation").choices
    assert kind_of("layers", "Conv1D", "padding").choices == ("valid", "same", "causal")
    assert kind_of("layers", "Dense", "units").choices == ()


def test_an_option_that_a_class_does_not_have_has_no_kind() -> None:
    with pytest.raises(KeyError):
        kind_of("layers", "Dense", "filters")
