"""`nettool data preview`: the data as the network will see them, as a picture and as text."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from command_goldens import assert_printed
from command_line import run

DIGITS = """
name: small
data: {dataset: digits, classes: [3, 8], %s}
inputs: {image: [8, 8, 1]}
nodes:
  flat: {layer: Flatten}
  digit: {layer: Dense, units: 2, activation: softmax}
outputs: [digit]
losses: {digit: categorical_crossentropy}
train: {epochs: 1, validation_split: 0.1}
"""

PAIRS = """
name: pairs
data: {dataset: digits, task: pairs}
inputs: {left: [8, 8, 1], right: [8, 8, 1]}
nodes:
  both: {layer: Concatenate, from: [left, right]}
  flat: {layer: Flatten}
  same: {layer: Dense, units: 1, activation: sigmoid}
outputs: [same]
losses: {same: binary_crossentropy}
train: {epochs: 1}
"""

HOUSES = """
name: houses
data:
  table: houses.csv
  columns:
    features: [rooms, area]
    words: {column: words, as: sequence}
    kind: {column: kind, as: label}
  normalize: {features: standard}
inputs: {features: [2], words: {shape: [null], dtype: int32}}
nodes:
  embedded: {layer: Embedding, from: words, input_dim: 40, output_dim: 4}
  mean: {layer: GlobalAveragePooling1D}
  all: {layer: Concatenate, from: [mean, features]}
  kind: {layer: Dense, units: 2, activation: softmax}
outputs: [kind]
losses: {kind: categorical_crossentropy}
train: {epochs: 1}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(DIGITS % "normalize: standard")
    Path("pairs.yaml").write_text(PAIRS)
    Path("houses.yaml").write_text(HOUSES)
    rows = [
        f"{1 + row % 5},{20.5 + 3 * row},{' '.join(str(1 + (row * word) % 37) for word in range(row % 9 + 1))},"
        f"{('flat', 'house')[row % 3 == 0]}"
        for row in range(60)
    ]
    Path("houses.csv").write_text("\n".join(["rooms,area,words,kind", *rows]) + "\n")


def drawn(*arguments: str) -> str:
    """The picture as SVG."""
    ended = run("data", "preview", *arguments, "-o", "seen.svg")
    assert ended.code == 0, ended.err
    return Path("seen.svg").read_text()


def words_of(picture: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", picture)


@pytest.mark.parametrize("name", ["small", "pairs", "houses"])
def test_what_is_printed(name: str) -> None:
    assert_printed(f"data_preview_{name}.txt", run("data", "preview", f"{name}.yaml").out)
    assert Path(f"{name}-data.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("count", [1, 7, 23])
def test_every_sample_is_a_cell_with_its_label(count: int) -> None:
    ended = run("data", "preview", "small.yaml", "--json", "--count", str(count), "-o", "seen.svg")
    picture = Path("seen.svg").read_text()
    assert picture.count("<image") == count
    assert len(json.loads(ended.out)["samples"]) == count
    classes = [word for word in words_of(picture) if word in ("3", "8")]
    assert len(classes) == count + 2, "one for each cell, and two below the bars"


def test_there_are_no_more_cells_than_samples() -> None:
    assert drawn("small.yaml", "--part", "validation", "--count", "200").count("<image") == 29


def test_the_two_images_of_a_pair_share_a_cell() -> None:
    picture = drawn("pairs.yaml", "--count", "6")
    assert picture.count("<image") == 6
    words = words_of(picture)
    assert words.count("same") + words.count("different") == 6 + 3, "cells, bars and the title of the bars"
    assert sum(word.startswith("difference ") for word in words) == 6


def test_vectors_and_sequences_are_drawn_as_histograms() -> None:
    picture = drawn("houses.yaml")
    assert "<image" not in picture
    words = words_of(picture)
    for title in ("rooms", "area", "words: lengths", "kind: share of each class", "samples of train"):
        assert title in words


def test_the_bars_are_those_of_all_parts() -> None:
    words = words_of(drawn("small.yaml", "--count", "1"))
    assert [word for word in words if word in ("train", "validation", "test")] == [
        "train",
        "validation",
        "test",
    ]


def test_another_seed_shows_other_samples_and_the_same_seed_the_same_picture() -> None:
    few = ("small.yaml", "--count", "6", "--seed")
    first = drawn(*few, "1")
    assert drawn(*few, "1") == first
    assert drawn(*few, "2") != first


def test_the_facts_are_right() -> None:
    facts = json.loads(run("data", "preview", "houses.yaml", "--json", "--part", "train").out)
    assert facts["parts"] == {"train": 43, "validation": 5, "test": 12}
    assert sum(facts["classes"]["kind"]["train"].values()) == 43
    columns = facts["values"]["features"]["columns"]
    assert [column["name"] for column in columns] == ["rooms", "area"]
    for column in columns:
        assert column["given"]["mean"] == pytest.approx(0, abs=1e-9)
        assert column["given"]["deviation"] == pytest.approx(1)
    assert facts["lengths"]["words"]["longest"] == 9
    assert facts["picture"] == "houses-data.png"
    assert len(facts["notes"]) == 1


@pytest.mark.parametrize(
    ("name", "beginning"), [("a.pdf", b"%PDF"), ("a.SVG", b"<?xml"), ("a.png", b"\x89PNG")]
)
def test_the_ending_says_the_form(name: str, beginning: bytes) -> None:
    assert run("data", "preview", "small.yaml", "--count", "3", "-o", name).out.endswith(f"\ndrew {name}\n")
    assert Path(name).read_bytes().startswith(beginning)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["small.yaml", "-o", "a.bmp"], "cannot draw `a.bmp`: the name must end in .png, .svg, .pdf"),
        (
            ["small.yaml", "--part", "validation", "--set", "train.validation_split=0"],
            "the validation set is empty",
        ),
        (["small.yaml", "--count", "0"], "0 is not in the range"),
    ],
)
def test_a_wrong_call_ends_with_2_and_draws_nothing(arguments: list[str], complaint: str) -> None:
    ended = run("data", "preview", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert complaint in ended.err
    assert not [path for path in Path.cwd().iterdir() if path.suffix not in (".yaml", ".csv")]


def test_keras_is_not_loaded_where_nothing_is_augmented() -> None:
    program = (
        "import sys\n"
        "from nettool.cli.output.error_handler import guarded\n"
        "from nettool.cli.main import cli\n"
        "code = guarded(lambda: cli.main(['data', 'preview', 'small.yaml'], standalone_mode=False))\n"
        "heavy = {'tensorflow', 'keras'} & sys.modules.keys()\n"
        "sys.exit(f'loaded {heavy}' if heavy else code)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.keras
class TestAugmented:
    @pytest.fixture(autouse=True)
    def flipped(self) -> None:
        spec = DIGITS % "normalize: standard, augment: [{layer: RandomFlip, mode: horizontal}]"
        Path("flipped.yaml").write_text(spec)

    def test_each_augmented_image_stands_where_its_sample_stands(self) -> None:
        from nettool.data.place import Place
        from nettool.front_end import load
        from nettool.jobs.spec.preview_data import load_data, preview_data

        plan, _ = load(Path("flipped.yaml"))
        loaded = load_data(plan.data, plan.training, Place(), lambda _: None, progress=False)
        seen = preview_data(plan, plan.data, loaded, "train", 40, seed=3)
        stored, augmented = seen.samples["image"], np.round(seen.augmented["image"])
        assert stored.shape == augmented.shape == (40, 8, 8, 1)
        as_it_was = (augmented == stored).all(axis=(1, 2, 3))
        mirrored = (augmented == stored[:, :, ::-1]).all(axis=(1, 2, 3))
        assert (as_it_was | mirrored).all()
        assert 5 < mirrored.sum() < 35

    def test_the_augmented_samples_are_a_second_grid_of_the_training_part_alone(self) -> None:
        picture = drawn("flipped.yaml", "--count", "5")
        assert picture.count("<image") == 10
        assert "the same, augmented, anew in each epoch: RandomFlip" in words_of(picture)
        assert drawn("flipped.yaml", "--count", "5", "--part", "test").count("<image") == 5

    def test_a_network_for_batches_of_one_size_is_no_obstacle(self) -> None:
        spec = (
            Path("flipped.yaml")
            .read_text()
            .replace("{image: [8, 8, 1]}", "{image: {shape: [8, 8, 1], batch_size: 32}}")
        )
        Path("fixed.yaml").write_text(spec)
        assert drawn("fixed.yaml", "--count", "5").count("<image") == 10
