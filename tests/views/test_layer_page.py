"""The pages of the layers: whole texts, and claims that hold for every layer."""

import pytest
from golden_files import assert_golden

from nettool.layers.catalogue import catalogue, example_entry, merge_names
from nettool.layers.infer import infer
from nettool.layers.option_kinds import kind_of
from nettool.layers.outcome import Outcome, Shape
from nettool.views.terminal.layer_page import (
    layer_list_facts,
    layer_list_text,
    layer_page_facts,
    layer_page_text,
)
from nettool.views.terminal.table import PAGE_WIDTH


@pytest.mark.parametrize("name", ["Add", "AveragePooling2D", "Conv2D", "StringLookup"])
def test_a_page_says_all_about_a_layer(name: str) -> None:
    assert_golden(f"layer_{name}.txt", layer_page_text(name) + "\n")


def test_the_list_names_every_layer_once_below_its_family() -> None:
    assert_golden("layers.txt", layer_list_text() + "\n")
    assert sorted(str(each["name"]) for each in layer_list_facts()) == sorted(catalogue())


@pytest.mark.parametrize("name", catalogue())
def test_no_line_of_a_page_is_too_long(name: str) -> None:
    examples = [line for line in layer_page_text(name).splitlines() if line.startswith("example")]
    long = [line for line in layer_page_text(name).splitlines() if len(line) > PAGE_WIDTH]
    assert [line for line in long if line not in examples] == []


@pytest.mark.parametrize("name", catalogue())
def test_an_example_says_all_that_the_layer_needs_and_nothing_wrong(name: str) -> None:
    definition = catalogue()[name]
    entry = example_entry(name)
    if entry["layer" if "layer" in entry else "merge"] == "RNN":
        cell = entry.get("cell")
        assert kind_of("layers", "RNN", "cell").problem(cell) is None
        assert isinstance(cell, dict)
        assert name == "RNN" or cell["layer"] == name
        return
    kind = "merge" if name in merge_names() else "layer"
    assert entry.pop(kind) == name
    entry.pop("from", None)
    assert {each.name for each in definition.options.values() if each.required} <= entry.keys()
    problems = {option: kind_of("layers", name, option).problem(value) for option, value in entry.items()}
    assert set(problems.values()) <= {None}


SHAPES: list[Shape] = [
    *((1,), (64,), (3136,), (16_000,), (16_000, 1), (10, 32), (28, 28, 3), (8, 8, 8, 3), (10, 28, 28, 3)),
    (10, 8, 8, 8, 3),
]


@pytest.mark.parametrize(
    "name", [name for name, each in catalogue().items() if each.has_rule and name != "Equalization"]
)
def test_some_input_fits_the_example(name: str) -> None:
    entry = example_entry(name)
    layer = str(entry.pop("layer", None) or entry.pop("merge", None))
    count = 2 if entry.pop("from", None) else 1
    assert any(isinstance(infer(layer, (shape,) * count, entry), Outcome) for shape in SHAPES)


def test_only_keras_knows_the_shape_of_a_layer_without_a_rule() -> None:
    assert layer_page_facts("TFSMLayer")["shape"] is None
    assert "shape    known once Keras builds it" in layer_page_text("TFSMLayer").splitlines()
