import pytest

from nettool.kinds.kind import Anything
from nettool.layers.catalogue import (
    MANY_INPUTS,
    RULES,
    SEVERAL_ARGUMENTS,
    TWO_INPUTS,
    WITHOUT_RULE,
    catalogue,
    merge_names,
)
from nettool.layers.meanings import MEANINGS
from nettool.vocabulary.keras_names import layers
from nettool.vocabulary.options import kind_of

LEFT_TO_KERAS = {
    "IntegerLookup": {"mask_token", "oov_token", "vocabulary", "idf_weights", "salt"},
    "StringLookup": {"mask_token", "oov_token", "vocabulary", "idf_weights", "salt"},
    "TextVectorization": {"ngrams", "vocabulary", "idf_weights"},
    "Normalization": {"mean", "variance"},
    "Hashing": {"mask_value", "salt"},
    "BatchNormalization": {"renorm_clipping"},
}


def test_every_layer_of_keras_is_described_once() -> None:
    described = [name for texts in MEANINGS.values() for name in texts]
    assert sorted(described) == sorted(layers()) == list(catalogue())


@pytest.mark.parametrize("name", catalogue())
def test_a_meaning_is_a_short_phrase(name: str) -> None:
    meaning = catalogue()[name].meaning
    assert 0 < len(meaning) <= 90
    assert meaning[0].islower() or meaning.startswith("RNN")
    assert not meaning.endswith(".")


@pytest.mark.parametrize("name", catalogue())
def test_every_option_has_a_kind_that_takes_its_default(name: str) -> None:
    anything = set()
    for option in catalogue()[name].options.values():
        kind = kind_of("layers", name, option.name)
        assert option.required or kind.problem(option.default) is None
        if isinstance(kind, Anything):
            anything.add(option.name)
    assert anything == LEFT_TO_KERAS.get(name, set())


def test_rules_and_counts_of_inputs_are_about_layers_that_exist() -> None:
    assert {*RULES, *TWO_INPUTS, *MANY_INPUTS, *SEVERAL_ARGUMENTS} <= set(catalogue())


def test_every_layer_has_a_rule_or_a_reason_why_not() -> None:
    assert sorted([*RULES, *WITHOUT_RULE]) == list(catalogue())


def test_the_merges_are_keras_s_eight_and_each_has_a_rule() -> None:
    assert merge_names() == (
        *("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot"),
    )
    assert all(catalogue()[name].rule is not None for name in merge_names())
