from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from data_requests import request_for
from small_files import small, write_idx

from nettool.data.column import Column, Part
from nettool.data.failure import DataError
from nettool.data.load import load
from nettool.data.place import Place
from nettool.data.transforms.pairs import pairs


def numbered(labels: np.ndarray) -> Part:
    """A part whose images tell which sample they are."""
    numbers = np.arange(len(labels), dtype="<u4").view(np.uint8).reshape(-1, 2, 2, 1)
    return Part({"image": Column(numbers), "label": Column(labels.astype(np.int64))})


def paired(labels: np.ndarray, name: str, per_sample: int = 1) -> Part:
    return pairs(numbered(labels), "image", "label", name, per_sample)


def sample_numbers(part: Part, column: str) -> np.ndarray:
    images = np.ascontiguousarray(part.columns[column].array())
    return images.reshape(-1, 4).view("<u4").ravel().astype(int)


LABELS = np.random.default_rng(0).integers(0, 10, 5_001)
PART = paired(LABELS, "train")
LEFT, RIGHT = sample_numbers(PART, "left"), sample_numbers(PART, "right")
SAME = PART.columns["same"].array()


def test_every_sample_is_once_on_the_left() -> None:
    assert LEFT.tolist() == list(range(len(LABELS)))


def test_the_fields_say_what_the_images_are() -> None:
    np.testing.assert_array_equal(SAME, LABELS[LEFT] == LABELS[RIGHT])
    np.testing.assert_array_equal(PART.columns["difference"].array(), np.abs(LABELS[LEFT] - LABELS[RIGHT]))
    assert {name: str(column.array().dtype) for name, column in PART.columns.items()} == {
        "left": "uint8",
        "right": "uint8",
        "same": "int64",
        "difference": "int64",
    }


def test_half_of_the_pairs_are_of_one_class() -> None:
    assert Counter(SAME.tolist()) == {0: 2_501, 1: 2_500}


def test_no_image_is_paired_with_itself() -> None:
    assert not (LEFT == RIGHT).any()


def test_alike_and_unlike_partners_are_drawn_evenly() -> None:
    labels = np.repeat([0, 1, 2], [1_000, 2_000, 3_000])
    part = paired(labels, "train")
    partners = sample_numbers(part, "right")
    unlike_of_0 = labels[partners[:1_000]][part.columns["same"].array()[:1_000] == 0]
    assert np.mean(unlike_of_0 == 2) == pytest.approx(3 / 5, abs=0.08)
    assert partners[:1_000][partners[:1_000] < 1_000].mean() == pytest.approx(500, abs=60)
    assert partners[3_000:][partners[3_000:] >= 3_000].mean() == pytest.approx(4_500, abs=120)


def test_images_are_shared_not_copied() -> None:
    assert PART.columns["left"].values is PART.columns["right"].values


def test_equal_samples_give_equal_pairs_and_each_part_its_own() -> None:
    again = paired(LABELS, "train")
    np.testing.assert_array_equal(sample_numbers(again, "right"), RIGHT)
    assert not np.array_equal(sample_numbers(paired(LABELS, "test"), "right"), RIGHT)


def test_the_only_sample_of_a_class_is_alike_itself() -> None:
    for labels in ([0, 1], [0, 1, 1], [2, 0, 0, 7]):
        part = paired(np.array(labels), "test")
        assert part.columns["same"].array().sum() == len(labels) // 2


def test_samples_of_one_class_cannot_be_paired() -> None:
    with pytest.raises(DataError) as told:
        paired(np.full(20, 3), "test")
    assert (
        told.value.message == "no pairs can be made of the test set: all of its 20 samples are of one class"
    )


def test_several_pairs_for_each_sample_differ_in_their_partners() -> None:
    part = paired(LABELS, "train", per_sample=3)
    left, right = sample_numbers(part, "left"), sample_numbers(part, "right")
    assert left.tolist() == list(range(len(LABELS))) * 3
    np.testing.assert_array_equal(part.columns["same"].array(), LABELS[left] == LABELS[right])
    first, second, third = right.reshape(3, -1)
    assert (first == RIGHT).all()
    assert ((first == second) | (first == third) | (second == third)).mean() < 0.02
    assert part.columns["left"].values is part.columns["right"].values


def test_no_image_is_in_pairs_of_two_parts(tmp_path: Path) -> None:
    """Neither between training and test nor between training and what is held out for validation."""
    write_idx(tmp_path, *small("mnist"))
    request = request_for("mnist", task="pairs")
    loaded = load(request, Place(tmp_path, offline=True), print, progress=False, validation_split=0.3, seed=1)
    shown = []
    for part in (loaded.train, loaded.validation, loaded.test):
        assert len(part)
        images = np.concatenate([part.columns[side].array() for side in ("left", "right")])
        shown.append({image.tobytes() for image in images})
    assert not shown[0] & shown[1]
    assert not shown[0] & shown[2]
    assert not shown[1] & shown[2]
