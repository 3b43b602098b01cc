from typing import Any

import pytest

from nettool.layers.infer import infer
from nettool.layers.outcome import Outcome, Weight


def test_defaults_are_filled_in() -> None:
    assert infer("MaxPooling2D", ((7, 7, 3),), {}) == Outcome((3, 3, 3))


def test_weights_that_are_not_to_be_trained_come_back_as_such() -> None:
    frozen = infer("Dense", ((3,),), {"units": 2, "trainable": False})
    assert frozen == Outcome((2,), (Weight("kernel", (3, 2), False), Weight("bias", (2,), False)))


@pytest.mark.parametrize(
    ("layer", "options"),
    [
        ("StringLookup", {"vocabulary": ["a", "b"]}),
        ("NoSuchLayer", {}),
        ("Dense", {"units": 2, "lora_rank": 1}),
        ("Dense", {"units": 2, "bias_initializer": {"initializer": "Constant", "value": [1, 2]}}),
        ("Dense", {"units": 2, "kernel_initializer": {"initializer": "HeNormal", "input_axes": 0}}),
    ],
)
def test_what_only_keras_can_say_stays_unknown(layer: str, options: dict[str, Any]) -> None:
    assert infer(layer, ((3,),), options) is None
