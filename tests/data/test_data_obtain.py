"""Where data are found, what is used of it, and what is said of it."""

import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import small_files as files

from nettool.data.builtin.catalogue import DATA_SETS, DataSet
from nettool.data.builtin.obtain import Obtained, obtain
from nettool.data.builtin.published import FileLayout, PublishedFile
from nettool.data.builtin.reading.samples import Samples
from nettool.data.failure import DataError, DataMissing
from nettool.data.formats.checksums import file_checksum
from nettool.data.place import Place
from nettool.diagnostics.caller import on_command_line

Say = Callable[[str], None]
pytestmark = pytest.mark.usefixtures("no_network")

MNIST = DATA_SETS["mnist"]
KERAS = Path("keras") / "datasets"


def published_as(dataset: DataSet, folder: Path) -> DataSet:
    """The data set, as if the files in this folder were the published ones."""

    def published(file: PublishedFile) -> PublishedFile:
        path = folder / file.name
        return replace(file, checksum=file_checksum(path)) if path.is_file() else file

    def form_of(form: FileLayout) -> FileLayout:
        return replace(form, files=tuple(tuple(published(file) for file in place) for place in form.files))

    return replace(dataset, layouts=tuple(form_of(form) for form in dataset.layouts))


def offline(dataset: DataSet, folder: Path | None, say: Say) -> Obtained:
    return obtain(dataset, Place(folder, offline=True), say, progress=False)


def write_mnist(path: Path, seed: int) -> tuple[Samples, Samples]:
    samples = files.small("mnist", seed=seed)
    files.write_npz(path, *samples)
    return samples


def assert_obtained(obtained: Obtained, expected: tuple[Samples, Samples]) -> None:
    np.testing.assert_array_equal(obtained.train.images, expected[0].images)
    np.testing.assert_array_equal(obtained.train.labels, expected[0].labels)
    np.testing.assert_array_equal(obtained.test.images, expected[1].images)
    np.testing.assert_array_equal(obtained.test.labels, expected[1].labels)


def write_form(name: str, form: str, folder: Path) -> tuple[Samples, Samples]:
    """A small data set, written in one of its standard forms."""
    train, test = files.small(name)
    match form:
        case "npz":
            files.write_npz(folder / f"{name}.npz", train, test)
        case "idx.gz" | "idx":
            files.write_idx(folder, train, test, packed=form == "idx.gz")
        case "mixed idx":
            files.write_idx(folder, train, test, packed=True)
            for packed in files.IDX_NAMES[:2]:
                (folder / f"{packed}.gz").unlink()
            files.write_idx(folder / "other", train, test, packed=False)
            for plain in files.IDX_NAMES[:2]:
                (folder / "other" / plain).rename(folder / plain)
        case "binary":
            files.write_files(folder, getattr(files, f"{name}_binary")(train, test))
        case "python":
            files.write_files(folder, getattr(files, f"{name}_python")(train, test))
        case "binary.tar.gz" | "python.tar.gz":
            kind = form.split(".")[0]
            named = getattr(files, f"{name}_{kind}")(train, test)
            inner = {
                ("cifar10", "binary"): "cifar-10-batches-bin",
                ("cifar10", "python"): "cifar-10-batches-py",
                ("cifar100", "binary"): "cifar-100-binary",
                ("cifar100", "python"): "cifar-100-python",
            }[name, kind]
            archive = f"{name.replace('cifar', 'cifar-')}-{form}"
            files.write_archive(folder / archive, files.in_folder(inner, named))
    return train, test


FORMS = [
    *(("mnist", form) for form in ("npz", "idx.gz", "idx", "mixed idx")),
    *(("fashion_mnist", form) for form in ("npz", "idx.gz", "idx")),
    *(
        (name, form)
        for name in ("cifar10", "cifar100")
        for form in ("binary", "python", "binary.tar.gz", "python.tar.gz")
    ),
]


@pytest.mark.parametrize(("name", "form"), FORMS, ids=str)
def test_every_standard_form_is_read_from_the_folder_that_the_user_names(
    tmp_path: Path, say: Say, name: str, form: str
) -> None:
    expected = write_form(name, form, tmp_path / "data")
    obtained = offline(DATA_SETS[name], tmp_path / "data", say)
    assert_obtained(obtained, expected)
    assert {file.state for file in obtained.files} == {"unverified"}


SUB_FOLDERS = [(dataset.name, folder) for dataset in DATA_SETS.values() for folder in dataset.folders]


@pytest.mark.parametrize(("name", "folder"), SUB_FOLDERS, ids=str)
def test_the_customary_sub_folders_are_looked_in(tmp_path: Path, say: Say, name: str, folder: str) -> None:
    form = "idx" if "mnist" in name else "python"
    expected = write_form(name, form, tmp_path / folder)
    assert_obtained(offline(DATA_SETS[name], tmp_path, say), expected)


def test_the_places_are_tried_in_their_order(
    tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each place holds other samples; the best one is emptied after each look."""
    places = [
        tmp_path / "given" / "mnist" / "mnist.npz",
        tmp_path / "given" / "mnist.npz",
        tmp_path / "variable" / "mnist.npz",
        tmp_path / "cache" / "mnist" / "mnist.npz",
        tmp_path / KERAS / "mnist.npz",
    ]
    monkeypatch.setenv("NETTOOL_DATA_DIR", str(tmp_path / "variable"))
    for seed, path in enumerate(places):
        expected = write_mnist(path, seed)
        dataset = published_as(MNIST, path.parent)
        for later, other in enumerate(places[seed + 1 :], seed + 1):
            write_mnist(other, later)
        obtained = offline(dataset, tmp_path / "given", say)
        assert_obtained(obtained, expected)
        assert [(file.path, file.state) for file in obtained.files] == [(str(path), "verified")]
        path.unlink()
    with pytest.raises(DataMissing):
        offline(MNIST, tmp_path / "given", say)


def test_keras_s_cache_of_extracted_batches_is_used(tmp_path: Path, say: Say) -> None:
    folder = tmp_path / KERAS / "cifar-10-batches-py-target" / "cifar-10-batches-py"
    expected = write_form("cifar10", "python", folder)
    obtained = offline(published_as(DATA_SETS["cifar10"], folder), None, say)
    assert_obtained(obtained, expected)
    assert {file.state for file in obtained.files} == {"verified"}


def test_keras_s_cache_is_in_the_home_folder_unless_keras_home_is_set(
    tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KERAS_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    expected = write_mnist(tmp_path / ".keras" / "datasets" / "mnist.npz", seed=1)
    dataset = published_as(MNIST, tmp_path / ".keras" / "datasets")
    assert_obtained(offline(dataset, None, say), expected)


def test_a_file_knows_its_checksum_and_whether_it_is_the_published_one(tmp_path: Path, say: Say) -> None:
    write_mnist(tmp_path / "mnist.npz", seed=1)
    checksum = file_checksum(tmp_path / "mnist.npz")
    (unknown,) = offline(MNIST, tmp_path, say).files
    assert (unknown.checksum, unknown.state) == (checksum, "unverified")
    assert unknown.note == f"published: {MNIST.downloads[0].file.checksum}"
    (known,) = offline(published_as(MNIST, tmp_path), tmp_path, say).files
    assert (known.checksum, known.state, known.note) == (checksum, "verified", "")


@pytest.mark.parametrize("folder", ["cache/mnist", "keras/datasets"])
def test_a_cached_file_that_is_not_the_published_one_is_passed_over(
    tmp_path: Path, say: Say, folder: str
) -> None:
    write_mnist(tmp_path / folder / "mnist.npz", seed=1)
    with pytest.raises(DataMissing) as told:
        offline(MNIST, None, say)
    path = tmp_path / folder / "mnist.npz"
    assert f"{path} is damaged or outdated: it is not the published file" in told.value.details


def test_another_data_set_s_files_are_not_mistaken(
    tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MNIST and Fashion-MNIST have files of the same names and sizes."""
    write_form("mnist", "idx.gz", tmp_path)
    known = published_as(MNIST, tmp_path)
    monkeypatch.setattr("nettool.data.builtin.local_files.DATA_SETS", {**DATA_SETS, "mnist": known})
    with pytest.raises(DataMissing) as told:
        offline(DATA_SETS["fashion_mnist"], tmp_path, say)
    assert f"{tmp_path}/train-images-idx3-ubyte.gz belongs to mnist" in told.value.details

    expected = write_form("fashion_mnist", "idx.gz", tmp_path / "fashion-mnist")
    assert_obtained(offline(DATA_SETS["fashion_mnist"], tmp_path, say), expected)


def test_what_is_missing_is_told_with_all_that_helps(
    tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NETTOOL_DATA_DIR", str(tmp_path / "nowhere"))
    given = tmp_path / "given"
    write_form("cifar10", "binary", given)
    (given / "test_batch.bin").unlink()
    with pytest.raises(DataMissing) as told, on_command_line():
        offline(DATA_SETS["cifar10"], given, say)
    assert str(told.value).replace(str(tmp_path), "…") == (
        "the files of cifar10 are not on this machine, and --offline forbids fetching them\n"
        "  wanted: cifar-10-binary.tar.gz (or data_batch_1.bin …, data_batch_1 …, cifar-10-python.tar.gz)\n"
        "  looked in: …/given (--data-dir)\n"
        "  looked in: …/nowhere, which is not a folder (NETTOOL_DATA_DIR)\n"
        "  looked in: …/cache, which is not a folder (nettool's cache)\n"
        "  looked in: …/keras/datasets, which is not a folder (Keras's cache)\n"
        "  …/given lacks test_batch.bin\n"
        "  published at: https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz\n"
        "  put them in a folder and name it with --data-dir or NETTOOL_DATA_DIR\n"
        "  meanwhile: `--data digits` uses handwritten digits that need no files, `--smoke` random values"
    )
    with pytest.raises(DataMissing) as in_python:
        offline(DATA_SETS["cifar10"], given, say)
    lines = str(in_python.value).splitlines()
    assert lines[0] == "the files of cifar10 are not on this machine, and `offline` forbids fetching them"
    assert lines[2] == f"  looked in: {given} (`data_dir`)"
    assert lines[-2:] == [
        "  put them in a folder and name it with `data_dir` or NETTOOL_DATA_DIR",
        '  meanwhile: `data="digits"` uses handwritten digits that need no files',
    ]


def test_looking_offline_leaves_nothing_behind(tmp_path: Path, say: Say) -> None:
    with pytest.raises(DataMissing):
        offline(MNIST, tmp_path / "given", say)
    assert list(tmp_path.iterdir()) == []


def test_a_file_given_for_a_folder_is_told(tmp_path: Path, say: Say) -> None:
    write_mnist(tmp_path / "mnist.npz", seed=1)
    with pytest.raises(DataMissing) as told:
        offline(MNIST, tmp_path / "mnist.npz", say)
    assert f"looked in: {tmp_path}/mnist.npz, which is not a folder (`data_dir`)" in told.value.details


def test_the_digits_need_no_files_and_no_network(say: Say) -> None:
    from sklearn.datasets import load_digits

    published = load_digits()
    obtained = offline(DATA_SETS["digits"], None, say)
    seen = dict.fromkeys(range(10), 0)
    is_test = np.zeros(1_797, dtype=bool)
    for index, digit in enumerate(published.target):
        seen[digit] += 1
        is_test[index] = seen[digit] % 5 == 0
    expected = np.array([round(value * 255 / 16) for value in published.images.ravel()]).reshape(-1, 8, 8, 1)
    assert_obtained(
        obtained,
        (
            Samples(expected[~is_test].astype(np.uint8), published.target[~is_test]),
            Samples(expected[is_test].astype(np.uint8), published.target[is_test]),
        ),
    )
    assert obtained.train.images.dtype == np.uint8
    assert obtained.train.labels.dtype == np.int64
    (origin,) = obtained.files
    assert (origin.path, origin.state) == ("digits of scikit-learn", "embedded")
    assert origin.checksum == "sha256:87ff0c9e40dc7e2c0e34e7257799c2e3f3aec1a016363bb11cad869ec428a826"


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_mnist(tmp_path / "mnist.npz", seed=1)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("nettool.data.formats.checksums.open_file", refuse)
    with pytest.raises(DataError) as told:
        offline(MNIST, tmp_path, say)
    assert told.value.message == f"`{tmp_path}/mnist.npz` cannot be read: Permission denied"


ARCHIVE = "cifar-10-binary.tar.gz"


def cifar10_members() -> dict[str, bytes]:
    return files.in_folder("cifar-10-batches-bin", files.cifar10_binary(*files.small("cifar10")))


def test_only_the_wanted_members_of_an_archive_are_read_and_none_is_unpacked(
    tmp_path: Path, say: Say
) -> None:
    climbing = tarfile.TarInfo("../climbed")
    climbing.size = 5
    absolute = tarfile.TarInfo(str(tmp_path / "absolute"))
    absolute.size = 5
    link = tarfile.TarInfo("cifar-10-batches-bin/test_batch.bin")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    files.write_archive(tmp_path / "data" / ARCHIVE, cifar10_members(), (climbing, absolute, link))
    obtained = offline(DATA_SETS["cifar10"], tmp_path / "data", say)
    assert_obtained(obtained, files.small("cifar10"))
    assert [path.name for path in tmp_path.rglob("*")] == ["data", ARCHIVE]


def test_an_archive_without_a_member_is_told(tmp_path: Path, say: Say) -> None:
    members = cifar10_members()
    del members["cifar-10-batches-bin/data_batch_3.bin"]
    members["elsewhere/data_batch_3.bin"] = b"\0" * 3073
    files.write_archive(tmp_path / ARCHIVE, members)
    with pytest.raises(DataError) as told:
        offline(DATA_SETS["cifar10"], tmp_path, say)
    missing = "cifar-10-batches-bin/data_batch_3.bin"
    assert told.value.message == f"`{tmp_path / ARCHIVE}` lacks the file `{missing}`"


@pytest.mark.parametrize("keep", [0, 1, 100, -100])
def test_a_damaged_archive_is_told(tmp_path: Path, say: Say, keep: int) -> None:
    files.write_archive(tmp_path / ARCHIVE, cifar10_members())
    (tmp_path / ARCHIVE).write_bytes((tmp_path / ARCHIVE).read_bytes()[:keep])
    with pytest.raises(DataError, match=rf"`{tmp_path / ARCHIVE}` is a damaged archive: "):
        offline(DATA_SETS["cifar10"], tmp_path, say)


def test_an_archive_whose_bytes_were_changed_is_told(tmp_path: Path, say: Say) -> None:
    files.write_archive(tmp_path / ARCHIVE, cifar10_members())
    data = bytearray((tmp_path / ARCHIVE).read_bytes())
    data[len(data) // 2 : len(data) // 2 + 50] = bytes(50)
    (tmp_path / ARCHIVE).write_bytes(data)
    with pytest.raises(DataError):
        offline(DATA_SETS["cifar10"], tmp_path, say)


def test_a_user_s_malformed_file_stops_the_work_although_the_cache_has_a_good_one(
    tmp_path: Path, say: Say
) -> None:
    write_mnist(tmp_path / "cache" / "mnist" / "mnist.npz", seed=1)
    dataset = published_as(MNIST, tmp_path / "cache" / "mnist")
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "mnist.npz").write_bytes(b"not an archive")
    with pytest.raises(DataError, match=r"given/mnist\.npz` is damaged") as told:
        offline(dataset, tmp_path / "given", say)
    assert not isinstance(told.value, DataMissing)
