"""A spec with data of one's own: which request it makes, what feeds what, and that resolved.yaml says the same."""

from pathlib import Path

import pytest

from nettool.data.request import Augmentation, DataRequest, Derived
from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.source import Source
from nettool.front_end import load, load_source
from nettool.graph.bind.binding import InputBinding, TargetBinding
from nettool.graph.plan import Plan

CLASSIFIER = """
inputs: {image: [8, 8, 1]}
nodes:
  flat: {layer: Flatten}
  label: {layer: Dense, units: 3, activation: softmax}
outputs: [label]
losses: {label: categorical_crossentropy}
"""
REGRESSION = """
inputs: {features: [2]}
nodes: {price: {layer: Dense, units: 1}}
outputs: [price]
losses: {price: mse}
"""
RANDOM = "random: {image: {shape: [8, 8, 1]}, label: {classes: 3}}"


def planned(
    data: str, rest: str, folder: Path | None = None, *overrides: str, swap: str | None = None
) -> Plan:
    """The plan of a spec in `folder`, which must give no warnings."""
    text = f"data:\n  {data}\n{rest}"
    plan, warnings = load_source(Source("spec.yaml", text), "spec", overrides, swap, folder=folder)
    assert warnings == ()
    return plan


def request_of(plan: Plan) -> DataRequest:
    assert plan.data is not None
    return plan.data


@pytest.mark.parametrize(
    ("data", "rest"),
    [
        (RANDOM, CLASSIFIER),
        (f"{RANDOM}\n  samples: 7\n  test_split: 0.5", CLASSIFIER),
        ("arrays: shapes.npz\n  fields: {label: {classes: [circle, square, star]}}", CLASSIFIER),
        ("arrays: {train: shapes.npz, test: shapes.npz}\n  normalize: standard", CLASSIFIER),
        ("folder: pets\n  resize: 8\n  channels: 1", CLASSIFIER.replace("units: 3", "units: 2")),
        ("table: houses.csv\n  columns: {features: [rooms, area], price: price}", REGRESSION),
        (
            "table: houses.csv\n  columns: {features: [rooms, area], kind: {column: kind, as: label}}\n"
            "  derive: {price: {from: kind, values: {villa: 900, flat: 200, house: 300}}}\n  normalize: unit",
            REGRESSION,
        ),
        (
            f"{RANDOM}\n  task: pairs\n  pairs_per_sample: 3\n  augment: [{{layer: RandomFlip, mode: vertical}}]",
            CLASSIFIER.replace("image:", "left:").replace("label", "difference"),
        ),
        (
            "dataset: cifar10\n  classes: [cat, dog, 0]\n  resize: [20, 20]\n  crop: 16\n  pad: 8\n"
            "  channels: 1\n  limit: 5".replace("pad: 8", "pad: 16"),
            CLASSIFIER.replace("[8, 8, 1]", "[16, 16, 1]"),
        ),
    ],
)
def test_a_resolved_spec_makes_the_same_request_wherever_it_lies(
    data: str, rest: str, own_files: Path, tmp_path: Path
) -> None:
    plan = planned(data, rest, own_files)
    elsewhere = tmp_path / "runs"
    elsewhere.mkdir()
    (elsewhere / "resolved.yaml").write_text(plan.resolved)
    again, warnings = load(elsewhere / "resolved.yaml")
    assert warnings == ()
    assert again.data == plan.data
    assert again.resolved == plan.resolved
    assert again.binding == plan.binding


def test_a_word_normalizes_what_feeds_the_network_and_leaves_targets_alone(own_files: Path) -> None:
    data = "table: houses.csv\n  columns: {features: [rooms, area], price: price}\n  normalize: standard"
    assert request_of(planned(data, REGRESSION, own_files)).normalize == {"features": "standard"}
    named = data.replace("standard", "{price: unit}")
    assert request_of(planned(named, REGRESSION, own_files)).normalize == {"price": "unit"}


def test_values_by_class_name_are_put_in_the_order_of_the_classes(own_files: Path) -> None:
    data = "table: houses.csv\n  columns: {features: [rooms, area], kind: {column: kind, as: label}}\n"
    data += "  derive: {price: {from: kind, values: {villa: 9, flat: 2, house: 4}}}"
    assert request_of(planned(data, REGRESSION, own_files)).derive == (
        Derived("price", "kind", (2.0, 4.0, 9.0)),
    )


def test_a_derived_label_is_a_target_and_its_classes_are_counted() -> None:
    data = "dataset: digits\n  derive: {parity: {from: label, values: [even, odd, even, odd, even, odd, even, odd, even, odd]}}"
    rest = CLASSIFIER.replace("label", "parity")
    with pytest.raises(SpecError, match="`parity` has 3 units, but `parity` of digits has 2 classes"):
        planned(data, rest)
    binding = planned(data, rest.replace("units: 3", "units: 2")).binding
    assert binding is not None
    assert binding.targets == (TargetBinding("parity", "parity", "one_hot", (2,), 2),)


def test_augmentation_is_kept_as_it_was_written() -> None:
    data = f"{RANDOM}\n  augment: [RandomInvert, {{layer: RandomTranslation, height_factor: 0.1, width_factor: [0, 0.1]}}]"
    assert request_of(planned(data, CLASSIFIER)).augment == (
        Augmentation("RandomInvert", {}),
        Augmentation("RandomTranslation", {"height_factor": 0.1, "width_factor": [0, 0.1]}),
    )


def test_sequences_feed_an_input_of_any_length_and_vectors_do_too() -> None:
    rest = """
inputs: {words: {shape: [null], dtype: int32}}
nodes:
  sense: {layer: Embedding, input_dim: 10, output_dim: 4}
  mean: {layer: GlobalAveragePooling1D}
  label: {layer: Dense, units: 2, activation: softmax}
outputs: [label]
losses: {label: categorical_crossentropy}
"""
    sequence = planned("random: {words: {shape: [null], highest: 9}, label: {classes: 2}}", rest)
    vector = planned("random: {words: {shape: [6], dtype: int32, highest: 9}, label: {classes: 2}}", rest)
    assert sequence.binding is not None
    assert vector.binding is not None
    assert sequence.binding.inputs == (InputBinding("words", "words", (None,)),)
    assert vector.binding.inputs == (InputBinding("words", "words", (6,)),)
    with pytest.raises(SpecError, match="takes"):
        planned(
            "random: {words: {shape: [null], highest: 9}, label: {classes: 2}}",
            rest.replace("shape: [null]", "shape: [6]"),
        )


def test_the_only_field_that_feeds_no_input_is_what_an_output_aims_at(own_files: Path) -> None:
    rest = REGRESSION.replace("price", "answer")
    plan = planned("table: houses.csv\n  columns: {features: [rooms, area], price: price}", rest, own_files)
    assert plan.binding is not None
    assert plan.binding.targets == (TargetBinding("answer", "price", "value", (1,)),)


def test_an_override_puts_one_value_into_the_section(own_files: Path) -> None:
    plan = planned(
        "folder: pets\n  resize: 16\n  channels: 1",
        CLASSIFIER.replace("units: 3", "units: 2"),
        own_files,
        "data.resize=[8, 8]",
        "data.normalize=standard",
    )
    assert request_of(plan).resize == (8, 8)
    assert request_of(plan).normalize == {"image": "standard"}


def test_another_data_set_takes_the_place_of_the_origin_and_keeps_what_is_asked_of_it(
    own_files: Path,
) -> None:
    data = "folder: pets\n  resize: 8\n  channels: 1\n  classes: 2\n  normalize: standard\n"
    data += "  derive: {wild: {from: label, values: [no, yes]}}\n  augment: [RandomInvert]"
    rest = CLASSIFIER.replace("label", "wild").replace("units: 3", "units: 2")
    request = request_of(planned(data, rest, own_files, swap="mnist"))
    assert (request.source.name, request.classes, request.resize, request.fit) == ("mnist", 2, (8, 8), True)
    assert request.derive == (Derived("wild", "label", ("no", "yes")),)
    assert request.normalize == {"image": "standard"}
    assert request.augment == (Augmentation("RandomInvert"),)


def test_data_that_are_not_here_leave_a_doubt_and_a_plan_without_binding(tmp_path: Path) -> None:
    text = f"data: {{arrays: shapes.npz, normalize: unit}}\n{CLASSIFIER}"
    plan, warnings = load_source(Source("spec.yaml", text), "spec", folder=tmp_path)
    assert [found.code for found in warnings] == ["NT509"]
    assert plan.data is not None
    assert plan.data.source.name == "shapes.npz"
    assert (plan.declaration, plan.binding) == (None, None)
