"""The `data:` section in the schema: what the reader takes passes, what an editor can see does not."""

import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from nettool.data.sources.source import PARTS
from nettool.diagnostics.diagnostic import Findings
from nettool.diagnostics.source import Source
from nettool.schema import words
from nettool.schema.spec_schema import spec_schema
from nettool.spec.data.section import read_data
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.tree import Mapping, plain

SCHEMA = spec_schema()
VALIDATOR = Draft7Validator({**SCHEMA["properties"]["data"], "definitions": SCHEMA["definitions"]})
CHAPTER = (
    (Path(__file__).parents[2] / "docs" / "spec.md").read_text(encoding="utf-8").partition("## Data\n")[2]
)
EXAMPLES = re.findall(r"```yaml\n(data:.*?)```", CHAPTER, re.DOTALL)

SOUND = [
    "digits",
    "{dataset: mnist, crop: 20, normalize: {image: standard}, augment: RandomInvert}",
    "{arrays: {train: {image: a.npy}, test: b.npz}, fields: {image: {kind: image, highest: 16}}}",
    "{table: a.csv, columns: {x: [a, 2], y: {column: b}, z: 7}}",
    "{random: {x: {shape: [null], highest: 9, dtype: int32}, y: {kind: label, classes: [a, b]}}, samples: 9}",
    "{folder: a.zip, derive: {p: {from: label, values: {cat: 1, dog: 0.5}}}, task: pairs, pairs_per_sample: 2}",
    "{folder: a, augment: [{layer: RandomZoom, height_factor: [-0.1, 0.1]}, RandomInvert], test_split: 0.3}",
]
BROKEN = [
    "digit",
    "{classes: 3}",
    "{dataset: mnist, folder: pets}",
    "{folder: pets, columns: {x: y}}",
    "{table: a.csv}",
    "{table: a.csv, columns: {x: {column: a, as: word}}}",
    "{table: a.csv, columns: {x: []}}",
    "{arrays: {test: a.npz}}",
    "{arrays: {image: 3}}",
    "{arrays: a.npz, fields: {image: {kind: picture}}}",
    "{arrays: a.npz, fields: {label: {classes: [one]}}}",
    "{random: {x: {shapes: [3]}}}",
    "{random: {x: {highest: 0}}}",
    "{dataset: mnist, crop: [8]}",
    "{dataset: mnist, test_split: 1.5}",
    "{dataset: mnist, normalize: standrad}",
    "{dataset: mnist, derive: {p: {from: label}}}",
    "{dataset: mnist, derive: {p: {form: label, values: [a, b]}}}",
    "{dataset: mnist, augment: Dense}",
    "{dataset: mnist, augment: [{layer: RandomFlip, mode: sideways}]}",
    "{dataset: mnist, augment: [{layer: RandomRotation}]}",
    "{dataset: mnist, augment: [{layer: RandomRotation, facter: 1}]}",
]


def read(text: str) -> tuple[Any, bool]:
    """The plain value of a section, and whether the reader finds nothing wrong with its form."""
    findings = Findings()
    tree = parse(Source("spec.yaml", text), findings)
    assert tree is not None
    if isinstance(tree, Mapping) and (inner := tree.get("data")) is not None:
        tree = inner
    read_data(tree, Path("/"), findings)
    return plain(tree), not findings.has_errors


def test_the_documents_show_an_example_of_each_origin() -> None:
    assert {
        next(iter(value), "") if isinstance(value := read(text)[0], dict) else "dataset" for text in EXAMPLES
    } == {
        "dataset",
        "arrays",
        "folder",
        "table",
        "random",
    }


@pytest.mark.parametrize("text", [*EXAMPLES, *SOUND])
def test_what_can_be_read_passes(text: str) -> None:
    value, is_sound = read(text)
    assert is_sound
    assert VALIDATOR.is_valid(value)


@pytest.mark.parametrize("text", BROKEN)
def test_a_mistake_that_can_be_seen_is_marked(text: str) -> None:
    assert not VALIDATOR.is_valid(read(text)[0])


def test_every_inner_key_is_described() -> None:
    assert words.PART_MEANINGS.keys() == set(PARTS)
