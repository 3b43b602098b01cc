"""From array files to the data of a run, held against NumPy and Pillow."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from array_sources import IMAGES, LABELS, VECTORS, npz
from PIL import Image

from nettool.data.formats import stored_array
from nettool.data.load import Loaded, load
from nettool.data.place import Place
from nettool.data.problems import problems
from nettool.data.request import DataRequest, Derived
from nettool.data.scale import Scale
from nettool.data.sources.arrays.array_files import ArrayFiles

Say = Callable[[str], None]
PARITY = Derived("parity", "y", ("even", "odd", "even", "odd"))
HALF = Derived("half", "y", (0.0, 0.5, 1.0, 1.5))


def loaded(source: ArrayFiles, say: Say, **options: Any) -> Loaded:
    request = DataRequest(source, **options)
    assert problems(request, source.statement()) == ()
    return load(request, Place(offline=True), say, progress=False)


def values(data: Loaded, part: str) -> dict[str, Any]:
    return {name: column.array() for name, column in getattr(data, part).columns.items()}


def test_a_test_part_is_held_out_and_said(tmp_path: Path, said: list[str], say: Say) -> None:
    data = loaded(npz(tmp_path / "a.npz", x=VECTORS, y=LABELS), say, test_split=0.25)
    assert said == [
        "a.npz has no test set: 6 samples (25%, the same share of each class) become the test set"
    ]
    assert (len(data.train), len(data.validation), len(data.test)) == (18, 0, 6)
    together = np.concatenate([values(data, part)["x"] for part in ("train", "test")])
    np.testing.assert_array_equal(np.sort(together, axis=0), np.sort(VECTORS, axis=0))
    where = [int(np.flatnonzero((row == VECTORS).all(axis=1))[0]) for row in values(data, "test")["x"]]
    np.testing.assert_array_equal(values(data, "test")["y"], LABELS[where])


def test_nothing_is_said_where_the_file_has_all_parts(tmp_path: Path, said: list[str], say: Say) -> None:
    arrays = {"x_train": VECTORS, "x_val": VECTORS[:4], "x_test": VECTORS[4:9]}
    data = loaded(npz(tmp_path / "a.npz", **arrays), say)
    for part, array in zip(("train", "validation", "test"), arrays.values(), strict=True):
        np.testing.assert_array_equal(values(data, part)["x"], array)
    assert said == []


@pytest.mark.parametrize("mapped_from", [64, 1 << 20])
def test_standard_figures_are_those_of_the_training_part_alone(
    tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch, mapped_from: int
) -> None:
    """In memory and left in the file alike."""
    monkeypatch.setattr(stored_array, "MAPPED_FROM", mapped_from)
    np.save(tmp_path / "x.npy", VECTORS)
    np.save(tmp_path / "test.npy", VECTORS + 100)
    source = ArrayFiles(
        "x", (("train", (("x", tmp_path / "x.npy"),)), ("test", (("x", tmp_path / "test.npy"),)))
    )
    scale = loaded(source, say, normalize={"x": "standard"}).preparation.scales["x"]
    np.testing.assert_allclose(scale.shift, VECTORS.mean(axis=0, dtype=float), rtol=1e-12)
    np.testing.assert_allclose(scale.divisor, VECTORS.std(axis=0, dtype=float), rtol=1e-12)


def test_images_are_resized_as_pillow_does_and_labels_looked_up(tmp_path: Path, say: Say) -> None:
    source = npz(tmp_path / "a.npz", x_train=IMAGES, y_train=LABELS, x_test=IMAGES[:5], y_test=LABELS[:5])
    data = loaded(source, say, resize=(12, 10), channels=3, derive=(PARITY, HALF))
    assert {field.name: (field.kind, field.shape) for field in data.fields} == {
        "x": ("image", (12, 10, 3)),
        "y": ("label", ()),
        "parity": ("label", ()),
        "half": ("vector", (1,)),
    }
    test = values(data, "test")
    for image, resized in zip(IMAGES, test["x"], strict=False):
        expected = np.asarray(Image.fromarray(image).resize((10, 12), Image.Resampling.BILINEAR))
        np.testing.assert_array_equal(resized, np.repeat(expected[..., None], 3, axis=2))
    assert test["parity"].tolist() == [0, 1, 0, 1, 0]
    assert test["half"].tolist() == [[0.0], [0.5], [1.0], [1.5], [0.0]]
    assert data.preparation.scales == {
        "x": Scale(divisor=(255.0,)),
        "y": Scale(),
        "parity": Scale(),
        "half": Scale(),
    }


def test_chosen_classes_of_words_are_numbered_anew(tmp_path: Path, say: Say) -> None:
    words = np.array(["cat", "dog", "cow", "dog", "cat", "cow"])
    data = loaded(
        npz(tmp_path / "a.npz", x_train=VECTORS[:6], y_train=words, x_test=VECTORS[:2], y_test=words[:2]),
        say,
        classes=("dog", "cat"),
    )
    assert values(data, "train")["y"].tolist() == [1, 0, 0, 1]
    np.testing.assert_array_equal(values(data, "train")["x"], VECTORS[[0, 1, 3, 4]])


def test_sequences_go_through_like_anything_else(tmp_path: Path, say: Say) -> None:
    lengths = 1 + np.arange(24) % 5
    tokens = np.arange(lengths.sum())
    data = loaded(npz(tmp_path / "a.npz", text=tokens, text_lengths=lengths, y=LABELS), say, limit=10)
    starts = np.cumsum(lengths) - lengths
    sequences = [
        tokens[start : start + length].tolist() for start, length in zip(starts, lengths, strict=True)
    ]
    for part in ("train", "test"):
        for row, label in zip(values(data, part)["text"], values(data, part)["y"], strict=True):
            number = int(np.flatnonzero(starts == row[0])[0]) if row[0] else 0
            assert row[: lengths[number]].tolist() == sequences[number]
            assert not row[lengths[number] :].any()
            assert label == LABELS[number]
