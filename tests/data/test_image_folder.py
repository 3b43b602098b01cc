"""A folder of images by class: what it states, what it gives, and what is said of one that cannot be used."""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from small_images import folder_of, picture, write

from nettool.data.declare import declare
from nettool.data.failure import DataError, DataMissing
from nettool.data.field import Field
from nettool.data.images.image_files import ImageFiles
from nettool.data.load import Loaded, load
from nettool.data.place import Place
from nettool.data.problems import problems
from nettool.data.request import DataRequest
from nettool.data.sources.folders.image_folder import ImageFolder
from nettool.data.sources.source import Contents
from nettool.data.transforms.resize import resize

Say = Callable[[str], None]
PETS = {"cat": 6, "dog": 5, "owl": 4}
THREE = {"train": "train", "validation": "val", "test": "test"}


def source(path: Path) -> ImageFolder:
    return ImageFolder("pets", path)


def contents(path: Path) -> Contents:
    return source(path).read(Place(), lambda _: None, progress=False)


def loaded(path: Path, say: Say, **request: Any) -> Loaded:
    made = DataRequest(source(path), **request)
    assert problems(made, made.source.statement()) == ()
    return load(made, Place(), say, progress=False)


def parts(root: Path, *names: str) -> Path:
    for name in names or THREE.values():
        folder_of(root, PETS, name)
    return root


def files_of(result: Contents | Loaded, part: str) -> list[str]:
    column = (result.parts[part] if isinstance(result, Contents) else getattr(result, part)).columns["image"]
    assert isinstance(column.values, ImageFiles)
    return [column.values.paths[row] for row in column.rows]


def test_a_folder_for_each_class_states_fields_and_counts(tmp_path: Path) -> None:
    stated = source(folder_of(tmp_path, PETS)).statement()
    assert stated.fields == (
        Field("image", "image", (12, 10, 3), "uint8", 255.0),
        Field("label", "label", (), "int64", classes=("cat", "dog", "owl")),
    )
    assert stated.counts == {"train": 15}


@pytest.mark.parametrize(
    "names",
    [("train", "val", "test"), ("training", "validation", "testing"), ("Train", "valid", "TEST")],
    ids=", ".join,
)
def test_folders_of_parts_have_customary_names(tmp_path: Path, names: tuple[str, ...]) -> None:
    stated = source(parts(tmp_path, *names)).statement()
    assert stated.counts == {"train": 15, "validation": 15, "test": 15}
    assert stated.fields[1].classes == ("cat", "dog", "owl")


def test_each_image_has_the_label_of_its_folder(tmp_path: Path) -> None:
    result = contents(parts(tmp_path))
    assert set(result.parts) == set(THREE)
    for part, folder in THREE.items():
        paths = files_of(result, part)
        assert sorted(paths) == sorted(map(str, (tmp_path / folder).glob("*/*.png")))
        labels = result.parts[part].columns["label"].array()
        assert [tuple(PETS)[label] for label in labels] == [Path(path).parent.name for path in paths]
        expected = np.stack([np.asarray(Image.open(path)) for path in paths])
        np.testing.assert_array_equal(result.parts[part].columns["image"].array(), expected)


def test_the_order_is_mixed_and_always_the_same(tmp_path: Path) -> None:
    one, other = (folder_of(tmp_path / name, {"a": 40, "b": 40}) for name in ("one", "other"))
    names = [Path(path).relative_to(one).as_posix() for path in files_of(contents(one), "train")]
    assert names == [Path(path).relative_to(other).as_posix() for path in files_of(contents(other), "train")]
    assert Counter(Path(name).parent.name for name in names[:40])["a"] in range(10, 31)
    (one / "a" / "00.png").unlink()
    fewer = [Path(path).relative_to(one).as_posix() for path in files_of(contents(one), "train")]
    assert fewer == [name for name in names if name != "a/00.png"], (
        "a file less leaves the others as they are"
    )


def test_a_limit_keeps_something_of_every_class(tmp_path: Path, say: Say) -> None:
    folder = parts(tmp_path, "train", "test")
    result = loaded(folder, say, limit=9)
    assert len(result.train) == 9
    assert set(result.train.columns["label"].array()) == {0, 1, 2}


def test_a_folder_without_parts_gets_them_by_class(tmp_path: Path, say: Say, said: list[str]) -> None:
    folder_of(tmp_path, {"cat": 20, "dog": 10})
    made = DataRequest(source(tmp_path))
    result = load(made, Place(), say, progress=False, validation_split=0.25)
    counts = [
        np.bincount(part.columns["label"].array()).tolist()
        for part in (result.train, result.validation, result.test)
    ]
    assert counts == [[12, 6], [4, 2], [4, 2]]
    files = [set(files_of(result, part)) for part in THREE]
    assert sum(map(len, files)) == len(set.union(*files)) == 30, "no file is in two parts"
    assert said == ["pets has no test set: 6 samples (20%, the same share of each class) become the test set"]


def test_what_is_loaded_is_what_was_declared(tmp_path: Path, say: Say) -> None:
    folder = parts(tmp_path)
    for options in (
        {},
        {"resize": (8, 6)},
        {"resize": (8, 6), "channels": 1, "pad": (9, 9)},
        {"crop": (4, 4), "classes": ("owl", "cat")},
    ):
        request = DataRequest(source(folder), **options)
        declaration = declare(request, request.source.statement())
        result = loaded(folder, say, **options)
        assert result.fields == declaration.fields
        for part in (result.train, result.validation, result.test):
            for field in declaration.fields:
                values = part.columns[field.name].array()
                assert values.shape == (len(part), *field.shape)
                assert str(values.dtype) == field.dtype


def test_images_of_mixed_sizes_must_be_resized(tmp_path: Path, say: Say) -> None:
    folder_of(tmp_path, PETS)
    write(tmp_path / "cat" / "large.png", picture(77, 30, 40))
    assert source(tmp_path).statement().fields[0].shape == (None, None, 3)
    (problem,) = problems(DataRequest(source(tmp_path)), source(tmp_path).statement())
    assert (problem.key, problem.message) == (("resize",), "the images of pets are of different sizes")
    result = loaded(tmp_path, say, resize=(8, 8))
    large = next(row for row, path in enumerate(files_of(result, "train")) if path.endswith("large.png"))
    expected = resize(np.asarray(picture(77, 30, 40))[np.newaxis], 8, 8)[0]
    np.testing.assert_array_equal(result.train.columns["image"].array()[large], expected)


def test_one_odd_image_among_many_is_named_when_loading(tmp_path: Path, say: Say) -> None:
    folder_of(tmp_path, {"cat": 60, "dog": 60})
    last = Path(files_of(contents(tmp_path), "train")[-1])
    write(last, picture(0, 12, 11))
    assert source(tmp_path).statement().fields[0].shape == (12, 10, 3), "not among those looked at"
    with pytest.raises(DataError) as raised:
        loaded(tmp_path, say)
    assert raised.value.message == f"`{last}` is 12×11 pixels, other images are 12×10"
    assert len(loaded(tmp_path, say, resize=(5, 5)).train) == 96


def test_the_statement_reads_few_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder_of(tmp_path, {"cat": 60, "dog": 60})
    opened = []
    real = Image.open
    monkeypatch.setattr(Image, "open", lambda file, *a, **k: (opened.append(file), real(file, *a, **k))[1])
    source(tmp_path).statement()
    assert len(opened) == 32


def test_grey_images_have_one_channel_and_mixed_ones_three(tmp_path: Path) -> None:
    for name in ("cat", "dog"):
        write(tmp_path / name / "1.png", picture(1, mode="L"))
    assert source(tmp_path).statement().fields[0].shape == (12, 10, 1)
    colour = write(tmp_path / "dog" / "2.png", picture(2))
    result = contents(tmp_path)
    assert source(tmp_path).statement().fields[0].shape == (12, 10, 3)
    assert len(result.notes) == 1
    assert result.notes[0].startswith("pets has grey and colour images; the grey ones, such as ")
    images = dict(zip(files_of(result, "train"), result.parts["train"].columns["image"].array(), strict=True))
    np.testing.assert_array_equal(images[str(colour)], np.asarray(picture(2)))
    grey = images[str(tmp_path / "cat" / "1.png")]
    np.testing.assert_array_equal(
        grey, np.repeat(np.asarray(picture(1, mode="L"))[..., np.newaxis], 3, axis=2)
    )


def test_hidden_files_are_passed_over_and_others_told(tmp_path: Path) -> None:
    folder_of(tmp_path, PETS)
    for name in (
        ".DS_Store",
        "cat/.DS_Store",
        "cat/._00.png",
        "dog/Thumbs.db",
        ".cache/x.png",
        "__MACOSX/a.png",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert contents(tmp_path).notes == ()
    for name in ("README.md", "cat/labels.csv", "cat/a.txt", "dog/b.txt"):
        (tmp_path / name).write_text("x")
    write(tmp_path / "stray.png")
    assert contents(tmp_path).notes == (
        "skipped 4 files of pets that are not images: README.md, cat/a.txt, cat/labels.csv …",
        "skipped 1 file of pets that is not in a folder of a class: stray.png",
    )
    assert source(tmp_path).statement().counts == {"train": 15}


def test_images_may_lie_deeper_and_end_in_capitals(tmp_path: Path) -> None:
    write(tmp_path / "cat" / "2024" / "may" / "a.JPG")
    write(tmp_path / "dog" / "b.Jpeg")
    assert source(tmp_path).statement().counts == {"train": 2}
    assert source(tmp_path).statement().fields[1].classes == ("cat", "dog")


def test_a_folder_within_a_folder_stands_for_it(tmp_path: Path) -> None:
    inner = parts(tmp_path / "outer" / "pets")
    assert source(tmp_path / "outer").statement() == source(inner).statement()


def test_classes_that_are_numbers_are_in_their_order(tmp_path: Path) -> None:
    folder_of(tmp_path, {"10": 1, "9": 1, "0": 1, "1": 1})
    assert source(tmp_path).statement().fields[1].classes == ("0", "1", "9", "10")


def test_links_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    folder_of(tmp_path / "all", PETS)
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "cat").symlink_to(tmp_path / "all" / "cat")
    (tmp_path / "some" / "dog").symlink_to(tmp_path / "all" / "dog")
    (tmp_path / "all" / "cat" / "again").symlink_to(tmp_path / "all" / "cat")
    assert source(tmp_path / "some").statement().counts == {"train": 11}


def test_a_class_without_images_in_another_part_is_told(tmp_path: Path) -> None:
    folder_of(tmp_path, PETS, "train")
    folder_of(tmp_path, {"cat": 2}, "test")
    assert contents(tmp_path).notes == ("the test set of pets has no images of the classes `dog`, `owl`",)


def test_a_folder_is_known_by_the_names_and_contents_of_its_images(tmp_path: Path) -> None:
    (one,), (other,) = (contents(folder_of(tmp_path / name, PETS)).files for name in ("one", "other"))
    assert (one.path, one.state, one.note) == (
        str(tmp_path / "one"),
        "own",
        "the contents of 15 images",
    )
    assert one.checksum == other.checksum
    assert one.checksum.startswith("sha256:")
    write(tmp_path / "one" / "cat" / "more.png")
    assert contents(tmp_path / "one").files[0].checksum != one.checksum
    assert source(tmp_path / "one").facts() == {"folder": str(tmp_path / "one")}


def no_classes(root: Path) -> Path:
    write(root / "a.png")
    return root


def no_train(root: Path) -> Path:
    return parts(root, "test", "val")


def two_trains(root: Path) -> Path:
    return parts(root, "train", "training")


def empty_class(root: Path) -> Path:
    (folder_of(root, PETS) / "emu").mkdir()
    (root / "emu" / "notes.txt").write_text("none yet")
    return root


def empty_class_in_test(root: Path) -> Path:
    (parts(root, "train", "test") / "test" / "cat").rename(root / "away")
    (root / "test" / "cat").mkdir()
    return root


def only_in_test(root: Path) -> Path:
    write(parts(root, "train", "test") / "test" / "emu" / "a.png")
    return root


def part_without_classes(root: Path) -> Path:
    write(parts(root, "train") / "test" / "a.png")
    return root


def no_image(root: Path) -> Path:
    (root / "cat").mkdir(parents=True)
    (root / "cat" / "a.png").write_text("text")
    return root


LAYOUT = "expected: a folder of images for each class, or `train` (`validation`, `test`) with such folders"
ENDINGS = "expected: files that end in .png, .jpg, .jpeg, .bmp, .gif, .webp"
UNUSABLE: dict[Callable[[Path], Path], tuple[str, tuple[str, ...]]] = {
    no_classes: ("`pets` has no folders of classes", (LAYOUT,)),
    no_train: ("`pets` has `test`, `val`, but no `train`", (LAYOUT,)),
    two_trains: ("`pets` has two folders for its training set: `train/` and `training/`", ()),
    empty_class: ("`pets/emu` has no images", (ENDINGS,)),
    empty_class_in_test: ("`pets/test/cat` has no images", (ENDINGS,)),
    only_in_test: (
        "`pets/test/emu` is a class without a folder in the training set",
        ("expected: every class of the test set also in the training set",),
    ),
    part_without_classes: ("`pets/test` has no folders of classes", (LAYOUT,)),
    no_image: ("`{root}/cat/a.png` is not an image", ("expected: PNG, JPEG, BMP, GIF, WEBP",)),
}


@pytest.mark.parametrize("made", UNUSABLE, ids=lambda made: made.__name__)
def test_a_folder_that_cannot_be_used_is_explained(tmp_path: Path, made: Callable[[Path], Path]) -> None:
    message, details = UNUSABLE[made]
    with pytest.raises(DataError) as raised:
        source(made(tmp_path / "pets")).statement()
    assert raised.value.message == message.replace("{root}", str(tmp_path / "pets"))
    assert raised.value.details == details
    assert not isinstance(raised.value, DataMissing)


def test_a_folder_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match=r"`.*/pets` is not there"):
        source(tmp_path / "pets").statement()


def test_another_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "pets.rar").write_bytes(b"x")
    with pytest.raises(DataError, match=r"`.*pets\.rar` is neither a folder nor an archive of one"):
        source(tmp_path / "pets.rar").statement()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    folder_of(tmp_path, PETS)
    (tmp_path / "dog").chmod(0)
    try:
        with pytest.raises(DataError, match=r"`.*dog` cannot be read: Permission denied"):
            source(tmp_path).statement()
    finally:
        (tmp_path / "dog").chmod(0o755)


def test_equal_images_are_in_no_two_parts_of_pairs(tmp_path: Path, say: Say) -> None:
    result = loaded(parts(tmp_path), say, task="pairs")
    own = {part: set(files_of_pairs(result, part)) for part in THREE}
    assert not own["train"] & own["test"]
    assert not own["train"] & own["validation"]


def files_of_pairs(result: Loaded, part: str) -> list[str]:
    columns = getattr(result, part).columns
    return [columns[side].values.paths[row] for side in ("left", "right") for row in columns[side].rows]
