"""From a request to columns: what was declared comes, in the order of the steps, the same each time."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import small_files as files
from data_requests import declared, request_for
from PIL import Image

from nettool.data.builtin.catalogue import DATA_SETS
from nettool.data.failure import DataError
from nettool.data.field import Field
from nettool.data.load import Loaded, load
from nettool.data.place import Place
from nettool.data.request import DataRequest
from nettool.data.sources.random_values import RandomValues

Say = Callable[[str], None]
pytestmark = pytest.mark.usefixtures("no_network")


def write(name: str, folder: Path) -> None:
    if name in ("mnist", "fashion_mnist"):
        files.write_idx(folder, *files.small(name))
    elif name != "digits":
        files.write_files(folder, getattr(files, f"{name}_binary")(*files.small(name)))


def loaded(folder: Path, say: Say, **request: Any) -> Loaded:
    write(request["dataset"], folder)
    return load(request_for(**request), Place(folder, offline=True), say, progress=False)


@pytest.mark.parametrize("task", ["classify", "pairs"])
@pytest.mark.parametrize("name", DATA_SETS)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"classes": 3, "limit": 6},
        {"classes": (4, 2), "resize": (40, 36), "channels": 3},
        {"pad": (33, 34), "channels": 1},
    ],
    ids=["all", "limited", "resized", "padded"],
)
def test_what_is_loaded_is_what_was_declared(
    tmp_path: Path, say: Say, name: str, task: str, options: dict[str, Any]
) -> None:
    request = {"dataset": name, "task": task, **options}
    declaration = declared(**request)
    result = loaded(tmp_path, say, **request)
    assert result.fields == declaration.fields
    for part_name, part in (("train", result.train), ("test", result.test)):
        assert 0 < len(part) <= declaration.counts[part_name]
        assert tuple(part.columns) == tuple(field.name for field in declaration.fields)
        for field in declaration.fields:
            values = part.columns[field.name].array()
            assert values.shape == (len(part), *field.shape)
            assert str(values.dtype) == field.dtype
            if field.kind == "label":
                assert values.min() >= 0
                assert values.max() < len(field.classes)


def test_the_counts_of_the_digits_are_exact(say: Say, tmp_path: Path) -> None:
    result = loaded(tmp_path, say, dataset="digits")
    assert {"train": len(result.train), "test": len(result.test)} == declared("digits").counts


def test_the_steps_are_taken_in_their_order(tmp_path: Path, say: Say) -> None:
    """Classes before limit, resize before pad, channels last: on one image, by hand."""
    result = loaded(
        tmp_path,
        say,
        dataset="cifar10",
        classes=("dog", "bird"),
        limit=3,
        resize=(20, 20),
        pad=(24, 24),
        channels=1,
    )
    train, _ = files.small("cifar10")
    assert result.train.columns["label"].array().tolist() == [1, 0, 1], "bird, dog, bird"
    first_bird = int(np.flatnonzero(train.labels == 2)[0])
    resized = Image.fromarray(train.images[first_bird]).resize((20, 20), Image.Resampling.BILINEAR)
    padded = np.pad(np.asarray(resized), [(2, 2), (2, 2), (0, 0)])
    grey = np.rint(padded.mean(axis=2, keepdims=True)).astype(np.uint8)
    np.testing.assert_allclose(result.train.columns["image"].array()[0].astype(int), grey, atol=1)


def test_no_pair_crosses_the_parts(tmp_path: Path, say: Say) -> None:
    result = loaded(tmp_path, say, dataset="mnist", task="pairs")
    for part, samples in zip((result.train, result.test), files.small("mnist"), strict=True):
        known = {image.tobytes() for image in samples.images}
        for side in ("left", "right"):
            assert {image.tobytes() for image in part.columns[side].array()} <= known


def test_equal_requests_give_equal_data(tmp_path: Path, say: Say) -> None:
    request = {"dataset": "mnist", "task": "pairs", "classes": (3, 1, 4), "resize": (9, 9)}
    first, second = (loaded(tmp_path, say, **request) for _ in range(2))
    assert (first.fields, first.notes, first.files) == (second.fields, second.notes, second.files)
    for part, again in ((first.train, second.train), (first.test, second.test)):
        for name, column in part.columns.items():
            np.testing.assert_array_equal(column.array(), again.columns[name].array())


def test_one_warning_names_the_file_that_is_not_the_published_one(
    tmp_path: Path, said: list[str], say: Say
) -> None:
    files.write_npz(tmp_path / "mnist.npz", *files.small("mnist"))
    result = load(request_for("mnist"), Place(tmp_path, offline=True), say, progress=False)
    assert said == [
        f"{tmp_path}/mnist.npz is not a published file of mnist (its checksum is not known); "
        "it is well-formed and used as it is"
    ]
    assert list(result.notes) == said


def test_one_warning_names_all_files_that_are_not_the_published_ones(
    tmp_path: Path, said: list[str], say: Say
) -> None:
    result = loaded(tmp_path, say, dataset="cifar100")
    assert said == [
        f"{tmp_path}/train.bin, {tmp_path}/test.bin are not published files of cifar100 "
        "(their checksums are not known); they are well-formed and used as they are"
    ]
    assert list(result.notes) == said


def test_nothing_is_said_of_malformed_files_but_the_error(tmp_path: Path, said: list[str], say: Say) -> None:
    write("cifar100", tmp_path)
    (tmp_path / "test.bin").write_bytes(b"short")
    with pytest.raises(DataError):
        load(request_for("cifar100"), Place(tmp_path, offline=True), say, progress=False)
    assert said == []


@pytest.mark.parametrize(
    ("request_", "notes"),
    [
        ({"dataset": "digits"}, []),
        ({"dataset": "digits", "resize": (28, 28), "channels": 3}, []),
        ({"dataset": "digits", "resize": (8, 8), "channels": 1, "fit": True}, []),
        (
            {"dataset": "digits", "resize": (32, 28), "channels": 3, "fit": True},
            [
                "the images of digits are resized from 8×8 to 32×28 and repeated to three channels "
                "to fit the network's input"
            ],
        ),
        (
            {"dataset": "digits", "resize": (16, 16), "fit": True},
            ["the images of digits are resized from 8×8 to 16×16 to fit the network's input"],
        ),
    ],
    ids=["plain", "wanted", "fits already", "both", "resized"],
)
def test_what_is_done_to_fit_the_network_is_said(
    tmp_path: Path, said: list[str], say: Say, request_: dict[str, Any], notes: list[str]
) -> None:
    assert list(loaded(tmp_path, say, **request_).notes) == notes == said


def test_chosen_classes_without_a_sample_are_told(tmp_path: Path, say: Say) -> None:
    with pytest.raises(DataError) as told:
        loaded(tmp_path, say, dataset="cifar100", classes=("whale",))
    assert told.value.message == "the training set of cifar100 holds no sample of the chosen classes"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            1,
            "a test set: 1 sample cannot be divided into two parts\n  give more samples, or test data of their own",
        ),
        (
            2,
            "a validation set: 1 sample cannot be divided into two parts\n"
            "  give more samples, or write `validation_split: 0` under `train`",
        ),
    ],
)
def test_too_few_samples_are_told_with_what_to_do(rows: int, told: str, say: Say) -> None:
    request = DataRequest(RandomValues((Field("x", "vector", (3,), "float32"),), rows))
    with pytest.raises(DataError) as raised:
        load(request, Place(None, offline=True), say, progress=False, validation_split=0.1)
    assert str(raised.value) == f"there are too few samples to train on and to hold out {told}"


def test_the_images_of_a_data_set_are_never_turned_into_fractions(tmp_path: Path, say: Say) -> None:
    result = loaded(tmp_path, say, dataset="cifar10", resize=(64, 64))
    assert result.train.columns["image"].values.dtype == np.uint8
