"""The schema of a spec: sound specs pass, and mutants that an editor could see do not."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from nettool.diagnostics.diagnostic import Findings
from nettool.diagnostics.source import Source
from nettool.schema.sections import SECTION_FORMS
from nettool.schema.spec_schema import spec_schema
from nettool.spec.sections import SECTIONS
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.tree import plain

CONFIGS = Path(__file__).parents[2] / "configs"
SCHEMA = spec_schema()
VALIDATOR = Draft7Validator(SCHEMA)
SMALL = """
inputs: {image: [8, 8, 1]}
blocks:
  twice:
    options: {filters: 8}
    inputs: [x]
    nodes:
      a: {layer: Conv2D, from: x, filters: $filters, kernel_size: [3, $(1 + 2)]}
    outputs: [a]
nodes:
  conv: {layer: Conv2D, filters: 8, kernel_size: 3, padding: same, activation: relu}
  more: {block: twice, filters: 4, repeat: 2}
  flat: {layer: Flatten}
  digit: {layer: Dense, units: 10, kernel_regularizer: {regularizer: L2, l2: 1e-3}}
merges:
  sum: {merge: Add, from: [digit, digit]}
outputs: [sum]
losses: {sum: {loss: Huber, delta: 2, weight: 0.5}}
metrics: {sum: [mae, {metric: MeanSquaredError, name: squares}]}
data: {dataset: digits, resize: 8}
train:
  optimizer: {optimizer: SGD, learning_rate: {schedule: CosineDecay, initial_learning_rate: 0.1, decay_steps: 9}}
  epochs: 3
expect: {parameters: 10, test_mae: at most 0.5}
meta: {anything: [at, all]}
"""


def read(text: str) -> Any:
    findings = Findings()
    tree = parse(Source("spec.yaml", text.lstrip()), findings)
    assert tree is not None
    assert not findings.has_errors
    return plain(tree)


def marked(text: str) -> list[str]:
    """Where the schema finds something: the paths of the values."""
    return ["/".join(map(str, error.absolute_path)) for error in VALIDATOR.iter_errors(read(text))]


def test_it_is_a_json_schema() -> None:
    Draft7Validator.check_schema(SCHEMA)


def test_every_reference_leads_somewhere() -> None:
    def references(part: Any) -> set[str]:
        if isinstance(part, list):
            return set().union(*map(references, part)) if part else set()
        if not isinstance(part, dict):
            return set()
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*map(references, part.values()))

    known = {f"#/definitions/{name}" for name in SCHEMA["definitions"]} | {"#/properties/inputs"}
    assert references(SCHEMA) - known == set()


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_gallery_passes(path: Path) -> None:
    assert marked(path.read_text(encoding="utf-8")) == []


def test_a_spec_with_a_bit_of_everything_passes() -> None:
    assert marked(SMALL) == []


@pytest.mark.parametrize(
    ("right", "wrong", "place"),
    [
        ("kernel_size: 3, padding", "kernal_size: 3, padding", "nodes/conv"),
        ("units: 10", "unit: 10", "nodes/digit"),
        ("units: 10", "units: ten", "nodes/digit/units"),
        ("units: 10", "units: 0", "nodes/digit/units"),
        ("units: 10", "units: $filters", "nodes/digit/units"),
        ("units: 10, ", "", "nodes/digit"),
        ("padding: same", "padding: some", "nodes/conv/padding"),
        ("activation: relu", "activation: rellu", "nodes/conv/activation"),
        ("kernel_size: 3,", "kernel_size: [3],", "nodes/conv/kernel_size"),
        ("layer: Flatten", "layer: Flaten", "nodes/flat/layer"),
        ("layer: Flatten", "lair: Flatten", "nodes/flat"),
        ("layer: Flatten", "layer: Flatten, merge: Add", "nodes/flat"),
        ("layer: Flatten", "block: twice, layer: Flatten", "nodes/flat"),
        ("layer: Flatten", "reuse: conv, filters: 3", "nodes/flat"),
        ("layer: Flatten", "layer: Flatten, repeat: 0", "nodes/flat/repeat"),
        ("layer: Flatten", "layer: Flatten, from: []", "nodes/flat/from"),
        ("{layer: Flatten}", "Flatten", "nodes/flat"),
        ("merge: Add", "merge: Dense", "merges/sum/merge"),
        ("regularizer: L2", "regularizer: L3", "nodes/digit/kernel_regularizer"),
        ("l2: 1e-3", "l3: 1e-3", "nodes/digit/kernel_regularizer"),
        ("filters: $filters", "filters: filters", "blocks/twice/nodes/a/filters"),
        ("filters: $filters", "filtres: $filters", "blocks/twice/nodes/a"),
        ("inputs: [x]", "input: [x]", "blocks/twice"),
        ("loss: Huber", "loss: Hubert", "losses/sum"),
        ("delta: 2", "dleta: 2", "losses/sum"),
        ("delta: 2", "delta: two", "losses/sum"),
        ("weight: 0.5", "weight: -1", "losses/sum"),
        ("metric: MeanSquaredError", "metric: MeanSquareError", "metrics/sum"),
        ("[mae,", "[mea,", "metrics/sum"),
        ("dataset: digits", "dataset: digit", "data"),
        ("dataset: digits", "data_set: digits", "data"),
        ("resize: 8", "resize: [8]", "data"),
        ("optimizer: SGD", "optimizer: SDG", "train/optimizer"),
        ("learning_rate:", "learn_rate:", "train/optimizer"),
        ("decay_steps: 9", "decay_step: 9", "train/optimizer"),
        ("epochs: 3", "epochs: 0", "train/epochs"),
        ("epochs: 3", "epoch: 3", "train"),
        ("test_mae: at most 0.5", "test_mae: below 0.5", "expect/test_mae"),
        ("losses:", "loses:", ""),
        ("outputs: [sum]", "outputs: []", "outputs"),
        ("inputs: {image: [8, 8, 1]}", "inputs: {image: [8, eight, 1]}", "inputs/image"),
        ("inputs: {image: [8, 8, 1]}", "inputs: {image: {shape: [8], type: int32}}", "inputs/image"),
        ("inputs: {image: [8, 8, 1]}", "inputs: {1st: [8, 8, 1]}", "inputs"),
        ("inputs: {image: [8, 8, 1]}\n", "", ""),
    ],
)
def test_a_mutant_is_marked_where_it_is_wrong(right: str, wrong: str, place: str) -> None:
    assert SMALL.count(right) >= 1
    found = marked(SMALL.replace(right, wrong, 1))
    assert found != []
    assert set(found) == {place}


def test_every_misspelt_option_in_the_graph_of_a_gallery_file_is_marked() -> None:
    spec = read((CONFIGS / "digits_cnn.yaml").read_text(encoding="utf-8"))
    graphs = [spec["nodes"], spec["blocks"]["residual"]["nodes"], spec["blocks"]["residual"]["merges"]]
    entries = [entry for graph in graphs for entry in graph.values() if "block" not in entry]
    for entry in entries:
        for key in list(entry):
            entry[f"{key}x"] = entry.pop(key)
            assert not VALIDATOR.is_valid(spec), f"{key}x in {entry}"
            entry[key] = entry.pop(f"{key}x")
    assert VALIDATOR.is_valid(spec)


@pytest.mark.parametrize("name", ["sgd", "SGD", "Sgd", "RMSProp", "adamw"])
def test_optimizers_are_known_in_upper_and_lower_case(name: str) -> None:
    assert marked(SMALL.replace("optimizer: SGD", f"optimizer: {name}")) == []
    assert (
        marked(
            SMALL.replace(
                "optimizer: {optimizer: SGD, learning_rate:", f"optimizer: {{optimizer: {name}, rate:"
            )
        )
        != []
    )


@pytest.mark.parametrize(
    ("entry", "places"),
    [
        ("application: VGG19, weights: null", []),
        ("application: VGG19, weights: imagenet, include_top: false, pooling: avg, trainable: false", []),
        ("application: VGG18, weights: null", ["nodes/flat/application"]),
        ("application: VGG19", ["nodes/flat"]),
        ("application: VGG19, weights: cifar", ["nodes/flat/weights"]),
        ("application: VGG19, weights: null, includetop: false", ["nodes/flat"]),
    ],
)
def test_ready_made_networks_have_options_too(entry: str, places: list[str]) -> None:
    assert marked(SMALL.replace("layer: Flatten", entry)) == places


@pytest.mark.parametrize(
    ("entry", "places"),
    [
        ("layer: Bidirectional, of: {layer: LSTM, units: 3}, merge_mode: sum", []),
        ("layer: Bidirectional", ["nodes/flat"]),
        ("layer: Bidirectional, of: {layer: LSTM, unit: 3}", ["nodes/flat/of", "nodes/flat/of"]),
        ("layer: Bidirectional, of: LSTM", ["nodes/flat/of"]),
        ("layer: Flatten, of: {layer: LSTM, units: 3}", ["nodes/flat"]),
        ("layer: TimeDistributed, of: {layer: Bidirectional, of: {layer: LSTM, units: 3}}", []),
        ("layer: TimeDistributed, of: {layer: Bidirectional}", ["nodes/flat/of"]),
        (
            "layer: TimeDistributed, of: {layer: Bidirectional, of: {layer: LSTM, units: x}}",
            ["nodes/flat/of/of"],
        ),
    ],
)
def test_a_wrapper_says_what_it_wraps(entry: str, places: list[str]) -> None:
    assert marked(SMALL.replace("layer: Flatten", entry)) == places


def test_a_file_that_others_include_needs_no_graph_of_its_own() -> None:
    assert marked("blocks: {b: {inputs: [x], nodes: {a: {layer: Flatten, from: x}}, outputs: [a]}}\n") == []


def test_a_spec_with_code_of_its_own_may_name_layers_of_its_own() -> None:
    own = SMALL.replace("layer: Flatten", "layer: MyFlatten, any_option: 3")
    assert marked(own) == ["nodes/flat/layer"]
    assert marked(f"{own}python: my_layers.py\n") == []
    assert marked(SMALL.replace("unit", "unti") + "python: my_layers.py\n") == ["nodes/digit", "nodes/digit"]


def test_every_section_and_every_key_is_described_and_has_a_form() -> None:
    assert SECTION_FORMS.keys() == SECTIONS.keys()
