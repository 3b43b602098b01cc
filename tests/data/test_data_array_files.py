import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from array_sources import IMAGES, LABELS, VECTORS, arrays_of, contents, described, npz

from nettool.data.column import LazyValues
from nettool.data.failure import DataError
from nettool.data.field import Field, FieldDescription
from nettool.data.formats import stored_array
from nettool.data.sources.arrays.array_files import ArrayFiles
from nettool.data.used_file import UsedFile
from nettool.data.values.lazy_values import MappedArray

TENS = tuple("0123456789")


@pytest.mark.parametrize(
    ("array", "field"),
    [
        (np.zeros((24, 6, 5), np.uint8), Field("x", "image", (6, 5, 1), "uint8", 255.0)),
        (np.zeros((24, 6, 5, 1), np.uint8), Field("x", "image", (6, 5, 1), "uint8", 255.0)),
        (np.zeros((24, 6, 5, 3), np.uint8), Field("x", "image", (6, 5, 3), "uint8", 255.0)),
        (np.zeros((24, 6, 5, 4), np.uint8), Field("x", "image", (6, 5, 4), "uint8", 255.0)),
        (np.zeros((24, 6, 5, 2), np.uint8), Field("x", "vector", (6, 5, 2), "uint8")),
        (np.zeros((24, 6, 5), np.uint16), Field("x", "vector", (6, 5), "uint16")),
        (np.zeros((24, 6, 5), np.float32), Field("x", "vector", (6, 5), "float32")),
        (np.zeros((24, 7), ">f8"), Field("x", "vector", (7,), "float64")),
        (np.zeros(24, np.float16), Field("x", "vector", (1,), "float16")),
        (np.zeros((24, 7), np.int16), Field("x", "vector", (7,), "int16")),
        (np.zeros((24, 7), bool), Field("x", "vector", (7,), "uint8")),
        (np.arange(24) % 10, Field("x", "label", (), "int64", classes=TENS)),
        (np.arange(24) % 2 == 0, Field("x", "label", (), "int64", classes=("0", "1"))),
        (np.array(["b", "a", "é"] * 8), Field("x", "label", (), "int64", classes=("a", "b", "é"))),
        (np.array([b"no", b"yes"] * 12), Field("x", "label", (), "int64", classes=("no", "yes"))),
    ],
    ids=lambda value: f"{value.dtype.name} {value.shape[1:]}" if isinstance(value, np.ndarray) else "",
)
def test_the_shape_and_type_of_an_array_tell_its_kind(tmp_path: Path, array: Any, field: Field) -> None:
    assert npz(tmp_path / "a.npz", x=array).statement().fields == (field,)


@pytest.mark.parametrize(
    ("array", "words", "field"),
    [
        (IMAGES, FieldDescription("x", "vector"), Field("x", "vector", (6, 5), "uint8")),
        (IMAGES, FieldDescription("x", highest=16.0), Field("x", "image", (6, 5, 1), "uint8", 16.0)),
        (IMAGES / 255, FieldDescription("x", "image"), Field("x", "image", (6, 5, 1), "float64", 1.0)),
        (
            IMAGES[..., None].astype(np.int32),
            FieldDescription("x", "image", highest=255.0),
            Field("x", "image", (6, 5, 1), "int32", 255.0),
        ),
        (
            IMAGES.astype(np.uint16),
            FieldDescription("x", "image"),
            Field("x", "image", (6, 5, 1), "uint16", 65535.0),
        ),
        (LABELS, FieldDescription("x", "vector"), Field("x", "vector", (1,), "uint8")),
        (LABELS, FieldDescription("x", classes=TENS), Field("x", "label", (), "int64", classes=TENS)),
        (LABELS[:, None], FieldDescription("x", "label"), Field("x", "label", (), "int64", classes=TENS[:4])),
        (
            LABELS[:, None],
            FieldDescription("x", classes=TENS),
            Field("x", "label", (), "int64", classes=TENS),
        ),
        (
            np.array(["dog", "cat"]),
            FieldDescription("x", classes=("dog", "cat")),
            Field("x", "label", (), "int64", classes=("dog", "cat")),
        ),
        (LABELS.reshape(4, 6), FieldDescription("x", "sequence"), Field("x", "sequence", (6,), "uint8")),
    ],
)
def test_what_is_said_of_a_field_comes_first(
    tmp_path: Path, array: Any, words: FieldDescription, field: Field
) -> None:
    source = described(npz(tmp_path / "a.npz", x=array), words)
    assert source.statement().fields == (field,)


@pytest.mark.parametrize("naming", ["{field}_{part}", "{part}_{field}"])
@pytest.mark.parametrize("validation", ["val", "valid", "validation"])
def test_the_names_of_the_arrays_tell_their_parts(tmp_path: Path, naming: str, validation: str) -> None:
    """Either way round; the fields keep the rest of the name."""
    cuts = {"train": slice(0, 12), validation: slice(12, 16), "test": slice(16, 24)}
    source = npz(
        tmp_path / "own.npz",
        **{
            naming.format(field=field, part=part): array[cut]
            for part, cut in cuts.items()
            for field, array in (("x", IMAGES), ("y", LABELS))
        },
    )
    statement = source.statement()
    assert [field.name for field in statement.fields] == ["x", "y"]
    assert statement.counts == {"train": 12, "validation": 4, "test": 8}
    read = arrays_of(source)
    for part, cut in zip(("train", "validation", "test"), cuts.values(), strict=True):
        np.testing.assert_array_equal(read[part]["x"], IMAGES[cut][..., None])
        np.testing.assert_array_equal(read[part]["y"], LABELS[cut])
        assert read[part]["y"].dtype == np.int64


def test_arrays_without_a_part_in_their_names_are_all_for_training(tmp_path: Path) -> None:
    statement = npz(tmp_path / "a.npz", image=IMAGES, label=LABELS, trained=VECTORS).statement()
    assert statement.counts == {"train": 24}
    assert [field.name for field in statement.fields] == ["image", "label", "trained"]


def test_each_part_may_have_a_file_of_its_own_that_names_the_part_or_not(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x_train=VECTORS[:20], y_train=LABELS[:20])
    np.savez_compressed(tmp_path / "b.npz", y=LABELS[20:], x=VECTORS[20:])
    source = ArrayFiles(
        "both", (("train", (("", tmp_path / "a.npz"),)), ("test", (("", tmp_path / "b.npz"),)))
    )
    read = arrays_of(source)
    assert source.statement().counts == {"train": 20, "test": 4}
    assert [(part, list(fields)) for part, fields in read.items()] == [
        ("train", ["x", "y"]),
        ("test", ["x", "y"]),
    ]
    np.testing.assert_array_equal(read["test"]["x"], np.load(tmp_path / "b.npz")["x"])


@pytest.mark.parametrize(
    "array", [VECTORS, np.asfortranarray(VECTORS), VECTORS.astype(">f4"), IMAGES, LABELS]
)
def test_what_is_read_is_what_numpy_reads(tmp_path: Path, array: Any) -> None:
    """From an .npy, packed and unpacked; ready for TensorFlow, without a copy where it is stored so."""
    np.save(tmp_path / "x.npy", array)
    np.savez_compressed(tmp_path / "packed.npz", x=array)
    sources = [
        ArrayFiles("x", (("train", (("x", tmp_path / "x.npy"),)),)),
        ArrayFiles("x", (("train", (("", tmp_path / "packed.npz"),)),)),
        npz(tmp_path / "a.npz", x=array),
    ]
    for source in sources:
        values = contents(source).parts["train"].columns["x"].values
        assert isinstance(values, np.ndarray)
        np.testing.assert_array_equal(values.reshape(array.shape), np.load(tmp_path / "x.npy"))
        if array is not LABELS:
            assert values.dtype.isnative
            assert values.flags.c_contiguous
            assert values.flags.writeable
            as_stored = array.dtype.isnative and array.flags.c_contiguous
            assert values.ctypes.data % 64 == 0 or not as_stored


def test_numbers_one_after_the_other_with_their_lengths_are_sequences(tmp_path: Path) -> None:
    tokens, lengths = np.array([5, 6, 7, 8, 9, 1], np.int32), np.array([2, 0, 3])
    parts = {"text_train": tokens[:5], "text_train_lengths": lengths, "y_train": [0, 1, 1]}
    test = {"text_test": tokens[5:], "text_lengths_test": np.array([1, 0]), "y_test": [0, 1]}
    source = npz(tmp_path / "texts.npz", **parts, **test)
    assert source.statement().fields == (
        Field("text", "sequence", (None,), "int32"),
        Field("y", "label", (), "int64", classes=("0", "1")),
    )
    assert source.statement().counts == {"train": 3, "test": 2}
    read = arrays_of(source)
    assert read["train"]["text"].tolist() == [[5, 6, 0], [0, 0, 0], [7, 8, 9]]
    assert read["test"]["text"].tolist() == [[1], [0]]


def test_the_classes_of_words_are_those_of_all_parts_in_the_order_of_the_alphabet(tmp_path: Path) -> None:
    words = np.array(["dog", "elephant", "cat", "dog"])
    source = npz(tmp_path / "a.npz", y_train=words, y_test=words[:1])
    assert source.statement().fields[0].classes == ("cat", "dog", "elephant")
    assert arrays_of(source)["train"]["y"].tolist() == [1, 2, 0, 1]
    named = described(source, FieldDescription("y", classes=("elephant", "dog", "cat")))
    assert arrays_of(named)["train"]["y"].tolist() == [1, 0, 2, 1]


def test_a_class_without_a_sample_is_told(tmp_path: Path) -> None:
    source = npz(tmp_path / "a.npz", y=np.array([1, 3, 1]))
    assert contents(source).notes == (f"`{tmp_path}/a.npz: y` has no samples of the classes `0`, `2`",)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("array", [VECTORS, IMAGES, VECTORS.astype(">f4"), VECTORS[:, 0]])
def test_a_large_npy_is_left_in_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, array: Any, order: Any
) -> None:
    monkeypatch.setattr(stored_array, "MAPPED_FROM", 64)
    np.save(tmp_path / "x.npy", np.asarray(array, order=order))
    np.save(tmp_path / "y.npy", LABELS)
    source = ArrayFiles("big", (("train", (("x", tmp_path / "x.npy"), ("y", tmp_path / "y.npy"))),))
    read = contents(source)
    column = read.parts["train"].columns["x"]
    (field, _) = source.statement().fields
    assert isinstance(column.values, MappedArray)
    assert (column.values.shape, column.values.dtype.name) == (field.shape, field.dtype)
    rows = np.array([7, 3, 23, 3, 0])
    taken = column.values.read(rows)
    assert taken.dtype.isnative
    np.testing.assert_array_equal(taken, array[rows].reshape(5, *field.shape))
    np.testing.assert_array_equal(column.take(rows).take(np.array([2, 0])).array()[0], taken[2])
    assert read.notes == (
        f"`{tmp_path}/x.npy` is large (0.0 GB): its samples are read from it as they are needed",
    )
    assert isinstance(read.parts["train"].columns["y"].values, np.ndarray)


def test_large_sequences_are_left_in_their_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_array, "MAPPED_FROM", 64)
    tokens = np.arange(100, dtype=">i4")
    np.save(tmp_path / "x.npy", tokens)
    np.save(tmp_path / "n.npy", np.array([60, 0, 40]))
    source = ArrayFiles("big", (("train", (("x", tmp_path / "x.npy"), ("x_lengths", tmp_path / "n.npy"))),))
    values = contents(source).parts["train"].columns["x"].values
    assert not isinstance(values, np.ndarray)
    lazy: LazyValues = values
    assert (len(lazy), lazy.shape, lazy.dtype) == (3, (None,), np.dtype(np.int32))
    np.testing.assert_array_equal(lazy.read(np.array([2]))[0], tokens[60:])
    assert isinstance(lazy.flat, np.memmap)  # type: ignore[attr-defined]


def test_the_files_are_remembered_with_their_checksums(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", VECTORS)
    np.save(tmp_path / "y.npy", LABELS)
    x, y = tmp_path / "x.npy", tmp_path / "y.npy"
    source = ArrayFiles("own", (("train", (("x", x), ("y", y))), ("test", (("x", x), ("y", y)))))
    assert contents(source).files == tuple(
        UsedFile(str(path), f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}", "own")
        for path in (x, y)
    )


@pytest.mark.parametrize(
    ("parts", "words", "facts"),
    [
        ((("train", (("", Path("/a.npz")),)),), (), {"arrays": "/a.npz"}),
        (
            (("train", (("", Path("/a.npz")),)), ("test", (("", Path("/b.npz")),))),
            (FieldDescription("x", "image", highest=2.0), FieldDescription("y", classes=("a", "b"))),
            {
                "arrays": {"train": "/a.npz", "test": "/b.npz"},
                "fields": {"x": {"kind": "image", "highest": 2.0}, "y": {"classes": ["a", "b"]}},
            },
        ),
        (
            (("train", (("x", Path("/x.npy")), ("y", Path("/y.npy")))),),
            (),
            {"arrays": {"x": "/x.npy", "y": "/y.npy"}},
        ),
        (
            (("train", (("x", Path("/x.npy")),)), ("validation", (("x", Path("/v.npy")),))),
            (),
            {"arrays": {"train": {"x": "/x.npy"}, "validation": {"x": "/v.npy"}}},
        ),
    ],
)
def test_the_facts_are_the_section_that_names_the_files(parts: Any, words: Any, facts: Any) -> None:
    assert ArrayFiles("any", parts, words).facts() == facts


def test_a_statement_reads_no_values_but_labels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    values = stored_array.StoredArray.values
    monkeypatch.setattr(
        stored_array.StoredArray, "values", lambda array: (read.append(array.name), values(array))[1]
    )
    npz(tmp_path / "a.npz", x=IMAGES, v=VECTORS, y=LABELS, t=LABELS, t_lengths=np.ones(24, int)).statement()
    assert read == ["y"]


def test_numpy_is_not_imported_until_a_statement_is_asked_for() -> None:
    modules = "nettool.data.sources.arrays.array_files, nettool.data.sources.random_values"
    code = f"import {modules}, sys; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("array", [VECTORS, VECTORS.astype(">f8"), np.arange(24, dtype=np.uint8)])
def test_a_large_npy_that_is_cut_short_while_it_is_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, array: Any
) -> None:
    """The system would end the process with a bus error."""
    monkeypatch.setattr(stored_array, "MAPPED_FROM", 4)
    path = tmp_path / "x.npy"
    np.save(path, array)
    np.save(tmp_path / "n.npy", np.array([10, 14]))
    fields = (("x", path), *((("x_lengths", tmp_path / "n.npy"),) if array.ndim == 1 else ()))
    values: Any = contents(ArrayFiles("big", (("train", fields),))).parts["train"].columns["x"].values
    values.read(np.array([0, 1]))
    os.truncate(path, 100)
    with pytest.raises(DataError) as told:
        values.read(np.array([0, 1]))
    assert told.value.message == f"`{path}` was cut short while it was read"
