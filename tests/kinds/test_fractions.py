"""Whole numbers where fractions may stand, and numbers that are too large for Keras."""

from typing import Any

import pytest

from nettool.layers.option_kinds import kind_of
from nettool.vocabulary.keras_names import Family


@pytest.mark.parametrize(
    ("family", "owner", "option", "value", "expected"),
    [
        ("optimizers", "Adam", "learning_rate", 1, 1.0),
        ("optimizers", "SGD", "momentum", 0, 0.0),
        ("optimizers", "Adam", "clipnorm", 2, 2.0),
        ("optimizers", "Adam", "gradient_accumulation_steps", 2, 2),
        ("optimizers", "ScheduleFreeAdamW", "warmup_steps", 5, 5),
        ("metrics", "AUC", "thresholds", [0, 0.5, 1], [0.0, 0.5, 1.0]),
        ("metrics", "AUC", "num_thresholds", 5, 5),
        ("losses", "BinaryCrossentropy", "axis", -1, -1),
        ("schedules", "PiecewiseConstantDecay", "boundaries", [1, 2], [1, 2]),
        ("initializers", "Constant", "value", 1, 1.0),
        ("initializers", "HeNormal", "seed", 1, 1),
    ],
)
def test_whole_numbers_become_fractions_where_fractions_may_stand(
    family: Family, owner: str, option: str, value: Any, expected: Any
) -> None:
    found = kind_of(family, owner, option).typed(value)
    assert found == expected
    assert repr(found) == repr(expected)


@pytest.mark.parametrize("value", [10**20, -(10**20)])
def test_a_number_too_large_for_keras_is_refused(value: int) -> None:
    problem = kind_of("initializers", "HeNormal", "seed").problem(value)
    assert problem == f"must be a whole number of at most 19 digits, not {value}"


@pytest.mark.parametrize(
    ("family", "owner", "option", "value"),
    [
        ("metrics", "AUC", "num_thresholds", 1),
        ("losses", "CategoricalGeneralizedCrossEntropy", "q", 1),
        ("losses", "CategoricalGeneralizedCrossEntropy", "q", 0),
        ("layers", "Dense", "quantization_config", {"class_name": "Lambda"}),
    ],
)
def test_what_keras_refuses_is_refused(family: Family, owner: str, option: str, value: Any) -> None:
    assert kind_of(family, owner, option).problem(value) is not None
