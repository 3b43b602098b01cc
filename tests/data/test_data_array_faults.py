"""What is wrong with array files, each written by NumPy or by hand, and what is said of it."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from array_sources import IMAGES, LABELS, VECTORS, contents, described, npz

from nettool.data.failure import DataError, DataMissing
from nettool.data.field import FieldDescription
from nettool.data.sources.arrays.array_files import ArrayFiles

Files = dict[str, dict[str, Any]]

HOW = "expected: an .npz file, written with numpy.savez, or an .npy file, written with numpy.save"
NAMING = "expected: the set in the name of every array, as in x_train, y_train, x_test and y_test, or in none"
SAME = "expected: samples of one shape and type in all sets"
AS_MANY = "expected: as many samples in all arrays of a set"


def told_of(source: ArrayFiles, folder: Path, act: Callable[[ArrayFiles], object]) -> list[str]:
    with pytest.raises(DataError) as error:
        act(source)
    assert not isinstance(error.value, DataMissing)
    return [line.replace(f"{folder}/", "") for line in (error.value.message, *error.value.details)]


def stated(source: ArrayFiles) -> object:
    return source.statement()


def with_nan(array: Any, value: float = np.nan) -> Any:
    wrong = array.copy()
    wrong[17, 1] = value
    return wrong


ARRAYS_FOUND_BY_THE_STATEMENT: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "differing lengths",
        {"x": VECTORS, "y": LABELS[:20]},
        ["`a.npz: x` holds 24 samples, but `a.npz: y` holds 20", AS_MANY],
    ),
    (
        "sequences are as many as their lengths",
        {"x": LABELS, "x_lengths": np.ones(24, int), "y": LABELS[:20]},
        ["`a.npz: x_lengths` holds 24 samples, but `a.npz: y` holds 20", AS_MANY],
    ),
    (
        "another shape",
        {"x_train": IMAGES, "x_test": IMAGES[:, :5]},
        [
            "`a.npz: x_train` is uint8 of shape (samples, 6, 5), but `a.npz: x_test` is uint8 of shape (samples, 5, 5)",
            SAME,
        ],
    ),
    (
        "another type",
        {"x_train": VECTORS, "x_val": VECTORS.astype(float)},
        [
            "`a.npz: x_train` is float32 of shape (samples, 3), but `a.npz: x_val` is float64 of shape (samples, 3)",
            SAME,
        ],
    ),
    (
        "words and numbers",
        {"y_train": np.array(["a", "b"]), "y_test": np.array([0, 1])},
        [
            "`a.npz: y_train` is words of shape (samples), but `a.npz: y_test` is int64 of shape (samples)",
            SAME,
        ],
    ),
    (
        "a field that only the train part has",
        {"x_train": VECTORS, "y_train": LABELS, "x_test": VECTORS},
        [
            "the test set has no field `y`, which the training set has: `a.npz: y_train`",
            "expected: the same fields in all sets",
            "the test set has `x`, in `a.npz`",
        ],
    ),
    (
        "a field that only the test part has",
        {"x_train": VECTORS, "x_test": VECTORS, "test_y": LABELS},
        [
            "the training set has no field `y`, which the test set has: `a.npz: test_y`",
            "expected: the same fields in all sets",
            "the training set has `x`, in `a.npz`",
        ],
    ),
    (
        "no part",
        {"x_train": VECTORS, "classes": LABELS},
        ["`a.npz: classes` does not say which set it is of, other arrays do", NAMING],
    ),
    ("no train part", {"x_test": VECTORS}, ["`a.npz` has no arrays of a training set", NAMING]),
    (
        "one field twice",
        {"x_train": VECTORS, "train_x": VECTORS},
        [
            "`a.npz: x_train` and `a.npz: train_x` are both the field `x` of one set",
            "expected: each field of a set once",
        ],
    ),
    ("no arrays", {}, ["`a.npz` holds no arrays", HOW]),
    (
        "no samples",
        {"x": VECTORS[:0]},
        [
            "`a.npz: x` holds nothing: its shape is (0, 3)",
            "expected: an array whose first axis is that of the samples",
        ],
    ),
    (
        "a single value",
        {"x": VECTORS, "n": 24},
        ["`a.npz: n` holds a single value", "expected: an array whose first axis is that of the samples"],
    ),
    (
        "objects",
        {"x": np.array([[1, 2], [3]], object)},
        [
            "`a.npz: x` holds Python objects, which are refused: to read them could run any code",
            "expected: an array of numbers or words; it was saved with another dtype, perhaps from lists of "
            "different lengths: save all their numbers as NAME and the lengths as NAME_lengths",
        ],
    ),
    (
        "complex numbers",
        {"x": VECTORS.astype(complex)},
        [
            "`a.npz: x` is an array of complex128",
            "expected: whole numbers, fractions of up to 64 bits, truths or words",
        ],
    ),
    (
        "words with two axes",
        {"x": np.array([["a", "b"]])},
        [
            "`a.npz: x` is words of shape (samples, 2)",
            "expected: whole numbers or words of shape (samples), for a label",
        ],
    ),
    (
        "a negative label",
        {"y": LABELS.astype(int) - 1},
        [
            "`a.npz: y` holds `-1` (sample 0), which is not a class of the label `y`",
            "expected: whole numbers from 0 to 99,999",
            "numbers that are not classes: `y: {kind: vector}` under `fields`",
        ],
    ),
    (
        "numbers that are not classes",
        {"y": LABELS.astype(int) * 100_000},
        [
            "`a.npz: y` holds `300000` (sample 3), which is not a class of the label `y`",
            "expected: whole numbers from 0 to 99,999",
            "numbers that are not classes: `y: {kind: vector}` under `fields`",
        ],
    ),
    (
        "bytes that are not words",
        {"y": np.array([b"caf\xe9"])},
        ["`a.npz: y` holds bytes that are not words", "expected: words in UTF-8"],
    ),
    (
        "lengths that are fractions",
        {"x": LABELS, "x_lengths": np.ones(24)},
        [
            "`a.npz: x` is uint8 of shape (samples)",
            "expected: the length of each sample in `a.npz: x_lengths`, which is float64 of shape (samples)",
        ],
    ),
]


@pytest.mark.parametrize(
    ("arrays", "told"),
    [row[1:] for row in ARRAYS_FOUND_BY_THE_STATEMENT],
    ids=[row[0] for row in ARRAYS_FOUND_BY_THE_STATEMENT],
)
def test_what_the_headers_and_labels_show_is_told_by_the_statement(
    tmp_path: Path, arrays: dict[str, Any], told: list[str]
) -> None:
    assert told_of(npz(tmp_path / "a.npz", **arrays), tmp_path, stated) == told


STEPS = (
    "expected: whole numbers of shape (samples, steps), for sequences; or those of all samples one after the "
    "other, and their lengths in an array whose name ends in `_lengths`"
)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (FieldDescription("labl"), ["a.npz has no field `labl`", "it has `image`, `label`, `vector`"]),
        (
            FieldDescription("label", classes=("a", "b", "c")),
            [
                "`a.npz: label` holds `3` (sample 3), which is not a class of the label `label`",
                "expected: whole numbers from 0 to 2",
                "numbers that are not classes: `label: {kind: vector}` under `fields`",
            ],
        ),
        (
            FieldDescription("vector", "label"),
            [
                "`vector` is not a label: `a.npz: vector` is float32 of shape (samples, 3)",
                "expected: whole numbers or words of shape (samples), for a label",
            ],
        ),
        (
            FieldDescription("vector", "image"),
            [
                "`vector` is not an image: `a.npz: vector` is float32 of shape (samples, 3)",
                "expected: numbers of shape (samples, height, width) or (samples, height, width, channels), "
                "for images; channels are 1, 3 or 4",
            ],
        ),
        (
            FieldDescription("vector", "sequence"),
            ["`vector` is not a sequence: `a.npz: vector` is float32 of shape (samples, 3)", STEPS],
        ),
        (
            FieldDescription("label", "sequence"),
            ["`label` is not a sequence: `a.npz: label` is uint8 of shape (samples)", STEPS],
        ),
    ],
)
def test_what_is_said_of_a_field_must_be_possible(
    tmp_path: Path, words: FieldDescription, told: list[str]
) -> None:
    source = npz(tmp_path / "a.npz", image=IMAGES, label=LABELS, vector=VECTORS)
    assert told_of(described(source, words), tmp_path, stated) == told


def test_full_brightness_is_not_guessed(tmp_path: Path) -> None:
    source = described(npz(tmp_path / "a.npz", x=IMAGES.astype(int)), FieldDescription("x", "image"))
    assert told_of(source, tmp_path, stated) == [
        "`x` is not an image: `a.npz: x` is int64 of shape (samples, 6, 5)",
        "expected: `highest` for `x`, the value of full brightness; only for uint8 it is known",
    ]


def test_words_must_be_among_the_named_classes(tmp_path: Path) -> None:
    source = npz(tmp_path / "a.npz", y=np.array(["cat", "dog", "cow"]))
    assert told_of(described(source, FieldDescription("y", classes=("cat", "dog"))), tmp_path, stated) == [
        "`a.npz: y` holds `cow` (sample 2), which is not a class of the label `y`",
        "expected: `cat`, `dog`",
    ]


FINITE = "expected: finite numbers; numpy.isfinite tells which samples have others"


@pytest.mark.parametrize(
    ("arrays", "words", "told"),
    [
        ({"x": with_nan(VECTORS)}, (), ["`a.npz: x` holds NaN (sample 17)", FINITE]),
        (
            {"x_train": VECTORS, "x_test": with_nan(VECTORS, np.inf)},
            (),
            ["`a.npz: x_test` holds infinity (sample 17)", FINITE],
        ),
        (
            {"x": IMAGES * 1.0},
            (FieldDescription("x", "image", highest=1.0),),
            [
                "`a.npz: x` holds 255.0 (sample 0)",
                "expected: at most 1; `highest` of the field `x` is the value of full brightness",
            ],
        ),
        (
            {"x": LABELS.reshape(4, 6).astype(int) - 1},
            (FieldDescription("x", "sequence"),),
            [
                "`a.npz: x` holds -1",
                "expected: whole numbers from 0, for sequences; 0 fills the shorter ones",
            ],
        ),
        (
            {"x": LABELS, "x_lengths": np.array([20, 5])},
            (),
            ["the lengths in `a.npz: x_lengths` add up to 25", "expected: 24, as many as `a.npz: x` holds"],
        ),
        (
            {"x": LABELS, "x_lengths": np.array([25, -1])},
            (),
            ["`a.npz: x_lengths` holds -1", "expected: lengths of 0 or more"],
        ),
        (
            {"y_train": LABELS[:2], "y_test": LABELS},
            (),
            [
                "`a.npz: y_test` has samples of the classes `2`, `3`, but the training set has none",
                "expected: samples of all classes in `a.npz: y_train`",
            ],
        ),
        (
            {"y_train": np.array(["a"]), "y_val": np.array(["a", "b"])},
            (),
            [
                "`a.npz: y_val` has samples of the class `b`, but the training set has none",
                "expected: samples of all classes in `a.npz: y_train`",
            ],
        ),
    ],
)
def test_what_only_the_values_show_is_told_when_they_are_read(
    tmp_path: Path, arrays: dict[str, Any], words: tuple[FieldDescription, ...], told: list[str]
) -> None:
    if words and words[0].highest == 1.0:
        arrays["x"][1:] = 0
        arrays["x"][0, 0, 0] = 255
    source = described(npz(tmp_path / "a.npz", **arrays), *words)
    source.statement()
    assert told_of(source, tmp_path, contents) == told


def test_values_are_checked_to_the_last_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nettool.data.sources.arrays.values._AT_ONCE", 64)
    last = VECTORS.copy()
    last[-1, -1] = np.nan
    assert (
        told_of(npz(tmp_path / "a.npz", x=last), tmp_path, contents)[0] == "`a.npz: x` holds NaN (sample 23)"
    )


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    source = ArrayFiles("a.npz", (("train", (("", tmp_path / "a.npz"),)),))
    with pytest.raises(DataMissing) as missing:
        source.statement()
    assert (missing.value.message, missing.value.details) == (f"there is no file `{tmp_path}/a.npz`", (HOW,))


def one(path: Path, name: str = "") -> ArrayFiles:
    return ArrayFiles(path.name, (("train", ((name, path),)),))


def test_other_files_and_misplaced_ones_are_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", VECTORS)
    np.savez(tmp_path / "a.npz", x=VECTORS)
    (tmp_path / "x.csv").write_text("1,2\n")
    (tmp_path / "folder.npz").mkdir()
    assert told_of(one(tmp_path / "x.csv"), tmp_path, stated) == [
        "`x.csv` is neither an .npz nor an .npy file",
        HOW,
    ]
    assert told_of(one(tmp_path / "x.npy"), tmp_path, stated) == [
        "`x.npy` holds an array without a name",
        "expected: the field it is, as in {image: images.npy}",
    ]
    assert told_of(one(tmp_path / "a.npz", "x"), tmp_path, stated) == [
        "`a.npz` is given as the field `x`, but an .npz names its arrays itself",
        "expected: an .npy file for a field, or the .npz alone",
    ]
    assert told_of(one(tmp_path / "folder.npz"), tmp_path, stated) == [
        "`folder.npz` cannot be read: it is a folder",
        HOW,
    ]


def test_a_file_that_was_cut_short_is_told(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", VECTORS)
    np.savez(tmp_path / "a.npz", x=VECTORS)
    for path, size in ((tmp_path / "x.npy", 300), (tmp_path / "a.npz", 300)):
        path.write_bytes(path.read_bytes()[:size])
    assert told_of(one(tmp_path / "x.npy", "x"), tmp_path, stated) == [
        "`x.npy` is damaged: it has 172 bytes of values",
        "expected: 288 bytes, for float32 of shape (24, 3)",
    ]
    assert told_of(one(tmp_path / "a.npz"), tmp_path, stated) == [
        "`a.npz` cannot be read or is damaged: File is not a zip file",
        HOW,
    ]


def test_a_header_that_numpy_does_not_write_is_refused_in_a_few_words(tmp_path: Path) -> None:
    begin, end = "{'descr': '<f8', 'fortran_order': False, 'shape': (", "1,), }\n"
    deep = begin + "-" * 9_000 + end  # a MemoryError where it is read as Python
    for text in (deep, begin + "(" * 9_000 + end, begin + end.replace("}", "}" + " " * 50_000), "{", "{}"):
        header = text.encode()
        content = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + b"\0" * 24
        for cut in (content, content[:40], content[:8], b"", b"\x93NUMPX"):
            (tmp_path / "x.npy").write_bytes(cut)
            assert told_of(one(tmp_path / "x.npy", "x"), tmp_path, stated) == [
                "`x.npy` cannot be read or is damaged: it does not begin as NumPy writes it",
                HOW,
            ]


def test_a_single_changed_byte_of_an_archive_is_told_when_it_is_read(tmp_path: Path) -> None:
    source = npz(tmp_path / "a.npz", x=np.tile(VECTORS, (1_000, 1)))
    data = bytearray((tmp_path / "a.npz").read_bytes())
    data[200_000] ^= 1
    (tmp_path / "a.npz").write_bytes(data)
    source.statement()
    assert told_of(source, tmp_path, contents) == [
        "`a.npz: x` cannot be read or is damaged: Bad CRC-32 for file 'x.npy'",
        HOW,
    ]


@pytest.mark.parametrize("name", ["../x.npy", "sub/x.npy", "readme.txt", "..\\x.npy", ".npy"])
def test_members_that_are_no_arrays_of_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    np.save(tmp_path / "x.npy", VECTORS)
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.write(tmp_path / "x.npy", name)
    assert told_of(one(tmp_path / "a.npz"), tmp_path, stated) == [
        f"`a.npz` holds `{name}`, which is not an array",
        HOW,
    ]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_the_bytes_are_nothing_else_is_raised(tmp_path: Path, seed: int) -> None:
    """Any byte of the file may have changed: it is read as it is, or refused with a DataError."""
    random = np.random.default_rng(seed)
    np.save(tmp_path / "x.npy", VECTORS)
    np.savez_compressed(tmp_path / "a.npz", x=VECTORS, y=LABELS)
    for path, name in ((tmp_path / "x.npy", "x"), (tmp_path / "a.npz", "")):
        data = bytearray(path.read_bytes())
        for place in random.integers(0, len(data) if seed % 2 else 120, 3):
            data[place] = random.integers(256)
        path.write_bytes(data)
        try:
            contents(one(path, name))
        except DataError as error:
            assert str(path) in error.message


def test_padded_sequences_beside_lengths_are_told_to_leave_one_of_both(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x=np.ones((4, 6), np.int64), x_lengths=np.full(4, 6), y=np.arange(4) % 2)
    with pytest.raises(DataError) as raised:
        ArrayFiles("a.npz", (("train", (("", tmp_path / "a.npz"),)),), ()).statement()
    assert raised.value.details == (
        "expected: one axis, the numbers of all samples one after the other, as their lengths are given; for "
        "samples that are filled up with 0, leave the array `x_lengths` out",
    )
