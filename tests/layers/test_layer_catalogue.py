from collections import Counter

import pytest

from nettool.kinds.kind import Anything
from nettool.layers.catalogue import (
    LAYERS_BY_FAMILY,
    catalogue,
    example_entry,
    layers_with,
    merge_names,
    other_layer,
)
from nettool.layers.infer import infer
from nettool.layers.layer import Layer
from nettool.layers.option_kinds import kind_of
from nettool.layers.outcome import Outcome, Refusal
from nettool.vocabulary.keras_names import activations, layers

LEFT_TO_KERAS = {
    "IntegerLookup": {"mask_token", "oov_token", "vocabulary", "idf_weights", "salt"},
    "StringLookup": {"mask_token", "oov_token", "vocabulary", "idf_weights", "salt"},
    "TextVectorization": {"ngrams", "vocabulary", "idf_weights"},
    "Normalization": {"mean", "variance"},
    "Hashing": {"mask_value", "salt"},
    "BatchNormalization": {"renorm_clipping"},
}
each_layer = pytest.mark.parametrize(
    "layer", [each for family in LAYERS_BY_FAMILY.values() for each in family], ids=lambda layer: layer.name
)


def test_every_layer_of_keras_has_one_record() -> None:
    described = Counter(layer.name for family in LAYERS_BY_FAMILY.values() for layer in family)
    assert described.keys() == layers().keys()
    assert described.most_common(1)[0][1] == 1
    assert list(catalogue()) == sorted(layers())


@each_layer
def test_a_meaning_is_a_short_phrase(layer: Layer) -> None:
    assert 0 < len(layer.meaning) <= 90
    assert layer.meaning[0].islower() or layer.meaning.startswith("RNN")
    assert not layer.meaning.endswith(".")


@each_layer
def test_a_layer_has_a_rule_said_in_words_or_a_reason_why_not(layer: Layer) -> None:
    assert [layer.rule, layer.nested_rule, layer.left_to_keras].count(None) == 2
    assert (layer.shape_words is None) == (layer.left_to_keras is not None)


@each_layer
def test_an_example_has_all_that_is_required_and_each_option_is_of_its_kind(layer: Layer) -> None:
    assert {each.name for each in layer.options.values() if each.required} <= layer.example.keys()
    for name, value in layer.example.items():
        assert kind_of("layers", layer.name, name).fault(value) is None, name


@each_layer
def test_kinds_are_those_of_options_that_the_layer_has(layer: Layer) -> None:
    assert layer.kinds.keys() <= layer.options.keys()


@each_layer
def test_every_option_has_a_kind_that_takes_its_default(layer: Layer) -> None:
    anything = set()
    for option in layer.options.values():
        kind = kind_of("layers", layer.name, option.name)
        assert option.required or kind.problem(option.default) is None
        if isinstance(kind, Anything):
            anything.add(option.name)
    assert anything == LEFT_TO_KERAS.get(layer.name, set())


SHAPES = (
    *((24, 24, 3), (24, 3), (24, 24, 24, 3), (3,), (), (1,), (49, 64), (7, 7, 64), (20_000,)),
    *((3000, 2), (5, 24, 24, 3), (5, 24, 24, 24, 3), (20, 24, 3)),
)


@each_layer
def test_the_rule_takes_the_example(layer: Layer) -> None:
    """For some shape, in a way that the words do not exclude."""
    entry = example_entry(layer.name)
    name = str(entry.pop("layer", None) or entry.pop("merge", None))
    count = 2 if entry.pop("from", None) else 1
    found = [infer(name, (shape,) * count, entry) for shape in SHAPES]
    if layer.left_to_keras is not None:
        assert found == [None] * len(SHAPES)
    elif layer.name == "Equalization":
        assert all(isinstance(each, Refusal) for each in found)
    else:
        assert any(isinstance(each, Outcome) for each in found)


@each_layer
def test_what_a_record_names_exists(layer: Layer) -> None:
    assert layer.masked_by is None or layer.masked_by in layers()
    assert layer.activation is None or layer.activation in {*activations(), "prelu"}
    for word in layer.other_names:
        assert word == word.lower()
        assert word.capitalize() not in layers()
        assert other_layer(word.upper()) == layer.name


def test_the_merges_are_keras_s_eight_and_each_has_a_rule() -> None:
    assert merge_names() == (
        *("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot"),
    )
    assert all(catalogue()[name].has_rule for name in merge_names())


def test_what_changes_images_at_random_may_augment_but_for_what_mixes_samples() -> None:
    random = {name for name in layers() if name.startswith(("Random", "Rand"))}
    assert {*layers_with("augmentation")} == random | {"AugMix", "Solarization"}
    assert layers_with("mixes samples") == ("CutMix", "MixUp")
