"""`data:` as it is read: origins, the files of parts and fields, and what is to be done to the data."""

from dataclasses import fields as fields_of
from pathlib import Path

import pytest

from nettool.data.request import DataRequest
from nettool.diagnostics.diagnostic import Findings
from nettool.diagnostics.source import Source
from nettool.spec.data.origins.arrays import ArraysOrigin
from nettool.spec.data.origins.dataset import DatasetOrigin
from nettool.spec.data.origins.folder import FolderOrigin
from nettool.spec.data.origins.random_values import RandomOrigin
from nettool.spec.data.origins.table import TableOrigin
from nettool.spec.data.section import DataSection, read_data
from nettool.spec.keys.key import keys_of
from nettool.spec.yaml.parser import parse

FOLDER = Path("/home/ada/specs")


def read(text: str) -> DataSection:
    findings = Findings()
    tree = parse(Source("spec.yaml", text), findings)
    assert tree is not None
    section = read_data(tree, FOLDER, findings)
    assert findings.in_file_order() == ()
    assert section is not None
    return section


def files(origin: object) -> list[tuple[str, str | None, str]]:
    assert isinstance(origin, ArraysOrigin | TableOrigin)
    return [
        (each.part, each.field and each.field.value, str(each.path.value.relative_to(FOLDER)))
        for each in origin.files
    ]


@pytest.mark.parametrize("text", ["mnist", "{dataset: mnist}"])
def test_a_data_set_is_named(text: str) -> None:
    origin = read(text).origin
    assert isinstance(origin, DatasetOrigin)
    assert origin.name.value == "mnist"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a.npz", [("train", None, "a.npz")]),
        ("{train: a.npz, test: b/c.npz}", [("train", None, "a.npz"), ("test", None, "b/c.npz")]),
        ("{image: i.npy, label: l.npy}", [("train", "image", "i.npy"), ("train", "label", "l.npy")]),
        (
            "{train: {x: a.npy}, validation: {x: b.npy}, test: c.npz}",
            [("train", "x", "a.npy"), ("validation", "x", "b.npy"), ("test", None, "c.npz")],
        ),
    ],
)
def test_arrays_are_one_file_or_files_by_part_by_field_or_by_both(
    written: str, expected: list[tuple[str, str | None, str]]
) -> None:
    assert files(read(f"arrays: {written}").origin) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("pets", FOLDER / "pets"),
        ("/data/pets", Path("/data/pets")),
        ("~/pets", Path.home() / "pets"),
        ("pets.tar.gz", FOLDER / "pets.tar.gz"),
    ],
)
def test_a_relative_path_starts_at_the_folder_of_the_spec(written: str, expected: Path) -> None:
    origin = read(f"folder: {written}").origin
    assert isinstance(origin, FolderOrigin)
    assert origin.path.value == expected


@pytest.mark.parametrize("key", ["table", "arrays", "folder"])
def test_no_path_holds_a_zero_character(key: str) -> None:
    findings = Findings()
    tree = parse(Source("spec.yaml", f'{{{key}: "a\\0.csv"}}'), findings)
    assert tree is not None
    assert read_data(tree, FOLDER, findings) is None
    assert f"NT205: `{key}` must be a path" in "\n".join(map(str, findings.in_file_order()))


def test_a_table_has_columns_of_every_kind() -> None:
    text = """
table: {train: a.csv, test: b.csv}
columns:
  features: [rooms, 2020]
  price: price
  kind: {column: kind, as: label}
  photo: {column: file, as: image}
  text: {column: tokens, as: sequence}
  pair: {column: [a, b]}
"""
    origin = read(text).origin
    assert isinstance(origin, TableOrigin)
    assert files(origin) == [("train", None, "a.csv"), ("test", None, "b.csv")]
    columns = [
        (each.field.value, tuple(name.value for name in each.columns), each.kind) for each in origin.columns
    ]
    assert columns == [
        ("features", ("rooms", "2020"), "number"),
        ("price", ("price",), "number"),
        ("kind", ("kind",), "label"),
        ("photo", ("file",), "image"),
        ("text", ("tokens",), "sequence"),
        ("pair", ("a", "b"), "number"),
    ]


def test_random_fields_and_how_many_samples() -> None:
    origin = read(
        "{random: {image: {shape: [8, 8, 1], highest: 16}, label: {classes: [a, 7]}}, samples: 50}"
    ).origin
    assert isinstance(origin, RandomOrigin)
    assert origin.samples == 50
    image, label = origin.fields
    assert image.shape is not None
    assert image.highest is not None
    assert label.classes is not None
    assert (image.shape.value, image.highest.value, label.classes.value) == ((8, 8, 1), 16.0, ("a", "7"))


def test_what_is_done_to_the_data() -> None:
    text = """
dataset: mnist
test_split: 0.25
crop: 20
pairs_per_sample: 3
derive:
  parity: {from: label, values: [even, odd]}
  weight: {from: label, values: {0: 1.5, 1: 2}}
normalize: {image: standard, left: none}
augment: [RandomFlip, {layer: RandomZoom, height_factor: 0.1}]
"""
    section = read(text)
    assert (section.test_split, section.crop, section.pairs_per_sample) == (0.25, (20, 20), 3)
    parity, weight = section.derive
    assert [each.value for each in parity.values] == ["even", "odd"]
    assert parity.classes is None
    assert [each.value for each in weight.values] == [1.5, 2.0]
    assert weight.classes is not None
    assert [name.value for name in weight.classes] == ["0", "1"]
    ways = [(each.field and each.field.value, each.mode.value) for each in section.normalize]
    assert ways == [("image", "standard"), ("left", "none")]
    assert [(each.layer.value, list(each.options)) for each in section.augment] == [
        ("RandomFlip", []),
        ("RandomZoom", ["height_factor"]),
    ]


def test_one_word_normalizes_everything_and_one_layer_needs_no_list() -> None:
    section = read("{dataset: mnist, normalize: unit, augment: RandomFlip}")
    assert [(each.field, each.mode.value) for each in section.normalize] == [(None, "unit")]
    assert [each.layer.value for each in section.augment] == ["RandomFlip"]


def test_the_defaults_are_those_of_the_data_package() -> None:
    by_field = {each.name: each.default for each in fields_of(DataRequest)}
    for name, key in keys_of(DataSection).items():
        if isinstance(key.default, bool | int | float):
            assert key.default == by_field[name], name
