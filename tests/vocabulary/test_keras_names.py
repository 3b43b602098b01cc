from typing import get_args

import pytest

from nettool.kinds.kind import Anything
from nettool.layers.option_kinds import kind_of
from nettool.vocabulary import keras_names
from nettool.vocabulary.keras_names import Family, OptionDefinition, canonical

FAMILIES: tuple[Family, ...] = get_args(Family)


@pytest.mark.keras
def test_the_vocabulary_is_what_keras_says_now() -> None:
    from nettool.engine.harvest import TARGET, harvest, render

    assert TARGET.read_text(encoding="utf-8") == render(harvest()), "run python -m nettool.engine.harvest"


def test_a_definition_has_its_options_in_keras_s_order_with_their_defaults() -> None:
    assert list(keras_names.layers()["MaxPooling2D"].options.values()) == [
        OptionDefinition("pool_size", required=False, default=[2, 2]),
        OptionDefinition("strides", required=False, default=None),
        OptionDefinition("padding", required=False, default="valid"),
        OptionDefinition("data_format", required=False, default=None),
        OptionDefinition("activity_regularizer", required=False, default=None),
        OptionDefinition("trainable", required=False, default=True),
        OptionDefinition("dtype", required=False, default=None),
    ]
    assert keras_names.layers()["Dense"].options["units"] == OptionDefinition(
        "units", required=True, default=None
    )


@pytest.mark.parametrize(
    ("family", "written", "name"),
    [
        ("layers", "Conv2D", "Conv2D"),
        ("layers", "AvgPool2D", "AveragePooling2D"),
        ("layers", "conv2d", None),
        ("layers", "Layer", None),
        ("losses", "mse", "MeanSquaredError"),
        ("losses", "categorical_crossentropy", "CategoricalCrossentropy"),
        ("losses", "acc", None),
        ("metrics", "acc", "Accuracy"),
        ("metrics", "mae", "MeanAbsoluteError"),
        ("optimizers", "rmsprop", "RMSprop"),
        ("optimizers", "RMSProp", "RMSprop"),
        ("schedules", "CosineDecay", "CosineDecay"),
        ("initializers", "glorot_uniform", "GlorotUniform"),
        ("regularizers", "l2", "L2"),
        ("constraints", "max_norm", "MaxNorm"),
    ],
)
def test_a_name_stands_for_a_class(family: Family, written: str, name: str | None) -> None:
    assert canonical(family, written) == name


@pytest.mark.parametrize("family", FAMILIES)
def test_every_alias_stands_for_a_class_that_is_known(family: Family) -> None:
    assert set(keras_names.aliases(family).values()) <= set(keras_names.definitions(family))


@pytest.mark.parametrize("family", FAMILIES)
def test_every_option_has_a_kind_that_takes_its_default(family: Family) -> None:
    left_to_keras = set()
    for definition in keras_names.definitions(family).values():
        for option in definition.options.values():
            kind = kind_of(family, definition.name, option.name)
            assert option.required or kind.problem(option.default) is None, (definition.name, option.name)
            if isinstance(kind, Anything) and family != "layers":
                left_to_keras.add((definition.name, option.name))
    assert left_to_keras == ({("STFT", "window")} if family == "initializers" else set())


def test_activations_are_known_by_name() -> None:
    assert {"relu", "softmax", "swish", "linear"} <= set(keras_names.activations())
