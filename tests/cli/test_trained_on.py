"""What a run was trained on is known again in whatever is measured, and is counted.

How many samples of a set were trained on is worked out here by Python sets of the rows themselves.
"""

import csv
import json
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from command_line import run
from PIL import Image

from nettool.data.load import Loaded
from nettool.data.place import Place
from nettool.front_end import load
from nettool.graph.trainable_plan import trainable
from nettool.jobs.run.early_data import load_for_training

pytestmark = pytest.mark.keras

TABLE = """
name: g
data: {table: g.csv, columns: {a: [x, y], k: {column: k, as: label}}, test_split: 0.2, normalize: standard}
inputs: {a: [2]}
nodes: {d: {layer: Dense, units: 2, activation: softmax}}
outputs: [d]
losses: {d: {loss: categorical_crossentropy, target: k}}
train: {epochs: 1, batch_size: 16, validation_split: 0.1}
"""
ARRAYS = """
name: g
data: {arrays: own.npz}
inputs: {x: [SIZE]}
nodes: {y: {layer: Dense, units: 2, activation: softmax}}
outputs: [y]
losses: {y: sparse_categorical_crossentropy}
train: {epochs: 1, batch_size: 50, validation_split: 0.2}
"""
IMAGES = """
name: pets
data: {folder: pets, test_split: 0.25, resize: [8, 8]}
inputs: {image: [8, 8, 3]}
nodes: {flat: {layer: Flatten}, label: {layer: Dense, units: 2, activation: softmax}}
outputs: [label]
losses: {label: sparse_categorical_crossentropy}
train: {epochs: 1, batch_size: 8, validation_split: 0.25}
"""
PAIRS = """
name: twins
data: {arrays: own.npz, task: pairs, pairs_per_sample: 2, test_split: 0.25}
inputs: {left: [4, 4, 1], right: [4, 4, 1]}
nodes:
  a: {layer: Flatten, from: left}
  b: {layer: Flatten, from: right}
  both: {merge: Concatenate, from: [a, b]}
  same: {layer: Dense, units: 1, activation: sigmoid}
outputs: [same]
losses: {same: binary_crossentropy}
train: {epochs: 1, batch_size: 16, validation_split: 0}
"""

Row = tuple[str, str, str]


def made(count: int, seed: int) -> list[Row]:
    drawn = random.Random(seed)
    return [
        (f"{drawn.gauss(0, 1):.3f}", f"{drawn.gauss(0, 1):.3f}", drawn.choice("ab")) for _ in range(count)
    ]


def write_table(path: str, rows: list[Row], columns: tuple[str, ...] = ("x", "y", "k")) -> None:
    with Path(path).open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([dict(zip("xyk", row, strict=True))[name] for name in columns] for row in rows)


def parts(spec: str = "g.yaml", *overrides: str) -> Loaded:
    return load_for_training(trainable(load(Path(spec), overrides)[0]), Place(), progress=False)


def rows_of(part: object) -> list[tuple[float, ...]]:
    columns = part.columns  # type: ignore[attr-defined]
    values = [columns["a"].array().astype(np.float32), columns["k"].array()]
    return [(*map(float, a), float(k)) for a, k in zip(*values, strict=True)]


OWN = made(60, 1)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder, before = tmp_path_factory.mktemp("table"), Path.cwd()
    os.chdir(folder)
    Path("g.yaml").write_text(TABLE.lstrip())
    write_table("g.csv", OWN)
    ended = run("train", "g.yaml", "--quiet")
    os.chdir(before)
    assert ended.code == 0, ended.err
    return folder


@pytest.fixture
def trained(base: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loaded]:
    """The parts of the data that the run was trained with; its folder, afterwards, is as it was."""
    monkeypatch.chdir(base)
    split = (base / "runs/g/latest/split.npz").read_bytes()
    yield parts()
    write_table("g.csv", OWN)
    (base / "runs/g/latest/split.npz").write_bytes(split)


def notes(*arguments: str) -> list[str]:
    ended = run("evaluate", *(arguments or ("g",)))
    assert ended.code == 0, ended.err
    found = [line.removeprefix("note: ") for line in ended.err.splitlines()]
    return [line for line in found if "has no test set" not in line]


CHANGED = "g.csv is not the file that was trained on (its checksum differs)"


@pytest.mark.parametrize("how", ["grown", "sorted anew", "grown in front"])
def test_a_table_that_has_changed_is_divided_anew_and_the_training_samples_are_counted(
    how: str, trained: Loaded
) -> None:
    learned = set(rows_of(trained.train))
    assert len(learned) == len(trained.train) == 43
    new = made(40, 2)
    write_table("g.csv", {"grown": OWN + new, "sorted anew": sorted(OWN), "grown in front": new + OWN}[how])
    now = parts()
    for name, part in (("test", now.test), ("validation", now.validation)):
        count = sum(row in learned for row in rows_of(part))
        assert 0 < count < len(part)
        were = "was" if count == 1 else "were"
        told = f"{count} of the {len(part)} samples in the {name} set {were} trained on, so the results are too good"
        assert notes("g", "--part", name) == [CHANGED, told]
    assert notes("g", "--part", "train") == [CHANGED]


def test_nothing_is_said_of_the_run_s_own_data_as_they_were(trained: Loaded) -> None:
    assert notes() == notes("g", "--part", "validation") == notes("g", "--part", "train") == []


def test_a_file_that_says_the_same_in_other_words_holds_no_training_samples(trained: Loaded) -> None:
    write_table("g.csv", [(f"{x}0", f" {float(y):+.6f}", k) for x, y, k in OWN])
    assert notes() == [
        CHANGED,
        f"none of the {len(trained.test)} samples in the test set is equal to a training sample",
    ]


def copied(trained: Loaded) -> list[Row]:
    """12 training samples, one of them with another class, and 8 new ones, in any order."""
    learned = set(rows_of(trained.train))
    old = [row for row in OWN if (*np.float32(row[:2]).tolist(), float("ab".index(row[2]))) in learned][:12]
    x, y, k = old[0]
    rows = [(x, y, "ab"["ba".index(k)]), *old[1:], *made(8, 3)]
    random.Random(0).shuffle(rows)
    return rows


COPIED = "11 of the 20 samples in the test set were trained on, so the results are too good"


def test_rows_that_were_copied_into_another_table_are_known_again(trained: Loaded) -> None:
    write_table("other.csv", [(f"{x}00", y, k) for x, y, k in copied(trained)], ("k", "y", "x"))
    assert notes("g", "--set", "data.table=other.csv") == [COPIED]
    write_table("other.csv", made(50, 4))
    assert notes("g", "--set", "data.table=other.csv") == []


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_rows_that_were_exported_as_arrays_are_known_again(trained: Loaded, dtype: str) -> None:
    rows = copied(trained)
    np.savez("other.npz", a=np.array([row[:2] for row in rows], dtype), k=np.array([row[2] for row in rows]))
    assert notes("g", "--set", "data={arrays: other.npz, normalize: standard}") == [COPIED]


def test_the_run_s_own_file_as_other_data_is_counted(trained: Loaded) -> None:
    shutil.copy("g.csv", "renamed.csv")
    assert notes("g", "--set", "data.table=renamed.csv") == [
        "renamed.csv is a file of the run's own data (its checksum is the same)",
        "43 of the 60 samples in the test set were trained on, so the results are too good",
    ]


def test_another_division_of_the_same_data_is_counted(trained: Loaded) -> None:
    assert notes("g", "--set", "data.test_split=0.2") == []
    learned, half = set(rows_of(trained.train)), parts("g.yaml", "data.test_split=0.5").test
    count = sum(row in learned for row in rows_of(half))
    assert 0 < count < len(half) == 30
    assert notes("g", "--set", "data.test_split=0.5") == [
        "`data.test_split` is not what it was for the training",
        f"{count} of the 30 samples in the test set were trained on, so the results are too good",
    ]


def test_a_run_of_an_earlier_version_may_hold_them(trained: Loaded) -> None:
    write_table("g.csv", OWN + made(40, 2))
    Path("runs/g/latest/split.npz").unlink()
    assert notes() == [f"{CHANGED}; the test set may hold samples of the training"]


@pytest.mark.parametrize("damage", ["cut", "folder"])
def test_a_damaged_list_costs_only_the_count(trained: Loaded, damage: str) -> None:
    path = Path("runs/g/latest/split.npz")
    content = path.read_bytes()
    path.unlink()
    if damage == "cut":
        path.write_bytes(content[:100])
    else:
        path.mkdir()
    try:
        assert notes() == []
        write_table("g.csv", OWN + made(40, 2))
        first, second = notes()
        assert first.startswith("it is not known which samples were trained on: split.npz is damaged: ")
        assert second == f"{CHANGED}; the test set may hold samples of the training"
    finally:
        if path.is_dir():
            path.rmdir()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETTOOL_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


def trained_with(spec: str) -> list[str]:
    """The notes of a training."""
    Path("s.yaml").write_text(spec.lstrip())
    ended = run("train", "s.yaml", "--quiet", "--name", "g")
    assert ended.code == 0, ended.err
    log = Path("runs/g/latest/train.log").read_text().splitlines()
    return [line.partition("note: ")[2] for line in log if "note: " in line]


def test_copies_in_the_test_set_are_said_at_the_training(here: Path) -> None:
    draw = np.random.default_rng(0)
    x, y = draw.normal(size=(200, 5)).astype(np.float32), draw.integers(0, 2, 200)
    test = np.concatenate([x[50:87], draw.normal(size=(83, 5)).astype(np.float32)])
    labels = np.concatenate([y[50:87], draw.integers(0, 2, 83)])
    np.savez("own.npz", x_train=x, y_train=y, x_test=test, y_test=labels)
    told = trained_with(ARRAYS.replace("SIZE", "5"))
    learned = {tuple(row) for row in parts("s.yaml").train.columns["x"].array().tolist()}
    count = sum(tuple(row) in learned for row in test.tolist())
    assert 20 < count < 37
    assert (
        f"{count} of the 120 samples in the test set are also in the training set, so the results on it are too "
        "good: remove the copies from the data"
    ) in told
    assert not [note for note in told if "validation set" in note]


def test_equal_rows_of_a_table_of_few_categories_are_no_copies(here: Path) -> None:
    draw = np.random.default_rng(0)
    x, y = draw.integers(0, 3, (300, 2)), draw.integers(0, 2, 300)
    np.savez("own.npz", x=x, y=y)
    assert not [note for note in trained_with(ARRAYS.replace("SIZE", "2")) if "training set" in note]
    np.savez("own.npz", x=x[:200], y=y[:200])
    told = notes("g")[-1]
    assert told == (
        "40 of the 40 samples in the test set are equal to training samples, which may be chance: 100% of the "
        "training samples are equal to another one"
    )


def test_of_too_many_samples_no_list_is_kept(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nettool.data.values.fingerprints.MOST_SAMPLES", 30)
    write_table("g.csv", OWN)
    assert "making" not in "".join(trained_with(TABLE))
    assert not Path("runs/g/latest/split.npz").exists()
    write_table("g.csv", OWN + made(40, 2))
    assert notes("g") == [f"{CHANGED}; the test set may hold samples of the training"]


def write_images(folder: str, numbers: range, called: str = "{}") -> None:
    for number in numbers:
        path = Path(folder, ("cat", "dog")[number % 2], f"{called.format(number)}.png")
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = np.random.default_rng(number).integers(0, 256, (9, 9, 3)).astype(np.uint8)
        Image.fromarray(pixels).save(path)


def test_images_are_known_again_under_other_names_and_in_a_folder_that_has_grown(here: Path) -> None:
    write_images("pets", range(40))
    trained_with(IMAGES)
    own = parts("s.yaml").train
    learned = {image.tobytes() for image in own.columns["image"].array()}
    assert notes("g") == []

    write_images("other", range(30, 60), "renamed_{}")
    wanted = [np.random.default_rng(number).integers(0, 256, (9, 9, 3)) for number in range(40)]
    first = parts_as_images(wanted)
    count = sum(first[number] in learned for number in range(30, 40))
    assert 0 < count < 10
    assert notes("g", "--set", "data.folder=other") == [
        f"{count} of the 30 samples in the test set were trained on, so the results are too good"
    ]

    write_images("pets", range(40, 80))
    test = parts("s.yaml").test.columns["image"].array()
    count = sum(image.tobytes() in learned for image in test)
    assert 0 < count < len(test)
    assert notes("g") == [
        "pets is not the file that was trained on (its checksum differs)",
        f"{count} of the {len(test)} samples in the test set were trained on, so the results are too good",
    ]


def parts_as_images(images: list[np.ndarray]) -> list[bytes]:
    from nettool.data.transforms.resize import resize

    return [image.tobytes() for image in resize(np.array(images, np.uint8), 8, 8)]


def test_a_pair_is_known_again_by_its_images(here: Path) -> None:
    draw = np.random.default_rng(0)
    x, y = draw.integers(0, 256, (80, 4, 4, 1)).astype(np.uint8), draw.integers(0, 3, 80)
    np.savez("own.npz", x=x, y=y)
    assert not [note for note in trained_with(PAIRS) if "training set" in note]
    learned = {image.tobytes() for image in parts("s.yaml").train.columns["left"].array()}
    assert len(learned) == 60
    more = draw.integers(0, 256, (20, 4, 4, 1)).astype(np.uint8)
    np.savez("own.npz", x=np.concatenate([more, x]), y=np.concatenate([draw.integers(0, 3, 20), y]))
    test = parts("s.yaml").test.columns["left"].array()
    count = sum(image.tobytes() in learned for image in test)
    assert 0 < count < len(test) == 25
    assert notes("g")[-1] == (
        f"{count} of the 25 samples in the test set were trained on, so the results are too good"
    )


def test_facts_for_programs_stay_on_standard_output(trained: Loaded) -> None:
    write_table("g.csv", OWN + made(40, 2))
    ended = run("evaluate", "g", "--json")
    assert json.loads(ended.out)["samples"] == 20
    assert "were trained on" in ended.err


def test_a_look_at_mistakes_says_it_too(trained: Loaded) -> None:
    write_table("g.csv", OWN + made(40, 2))
    ended = run("inspect", "g", "mistakes", "-o", "m.svg")
    assert ended.code == 0, ended.err
    assert "in the test set were trained on" in ended.err or "in the test set was trained on" in ended.err
