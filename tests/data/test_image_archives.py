"""A packed folder of images: the same as the folder, unpacked once, and never anything outside of it."""

import io
import os
import shutil
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from small_images import folder_of

from nettool.data.failure import DataError
from nettool.data.place import Place
from nettool.data.sources.folders.image_folder import ImageFolder
from nettool.data.sources.source import Contents

Say = Callable[[str], None]
PETS = {"cat": 6, "dog": 5}
KINDS = ("zip", "tar", "tar.gz", "tgz")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = folder_of(tmp_path / "pets", PETS, "train")
    (root / "train" / "cat" / ".DS_Store").write_bytes(b"x")
    (root / "about.txt").write_text("about")
    return folder_of(root, PETS, "test")


def pack(folder: Path, kind: str, inside: str = "") -> Path:
    path = folder.parent / f"pets.{kind}"
    files = sorted(folder.rglob("*"))
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in files:
                packed.write(file, inside + str(file.relative_to(folder)))
    else:
        with tarfile.open(path, "w" if kind == "tar" else "w:gz") as packed:
            for file in files:
                packed.add(file, inside + str(file.relative_to(folder)), recursive=False)
    return path


def read(path: Path, say: Say = lambda _: None) -> Contents:
    return ImageFolder("pets", path).read(Place(), say, progress=False)


@pytest.mark.parametrize("inside", ["", "pets/", "./"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_packed_folder_is_what_the_folder_is(
    tmp_path: Path, folder: Path, kind: str, inside: str, say: Say, said: list[str]
) -> None:
    path = pack(folder, kind, inside)
    assert ImageFolder("pets", path).statement() == ImageFolder("pets", folder).statement()
    assert not (tmp_path / "cache").exists(), "only to look writes nothing"
    packed, plain = read(path, say), read(folder)
    for part in ("train", "test"):
        for field in ("image", "label"):
            np.testing.assert_array_equal(
                packed.parts[part].columns[field].array(), plain.parts[part].columns[field].array()
            )
    (used,) = packed.files
    assert (used.path, used.state) == (str(path), "own")
    unpacked = tmp_path / "cache" / "folders" / used.checksum.removeprefix("sha256:")
    assert said == [f"unpacking {path} into {unpacked}"]
    assert [entry.name for entry in unpacked.parent.iterdir()] == [unpacked.name], "nothing is left beside it"


def test_it_is_unpacked_once(folder: Path, say: Say, said: list[str]) -> None:
    path = pack(folder, "zip")
    read(path, say)
    read(path, say)
    assert len(said) == 1


def lost(file: Path) -> None:
    file.unlink()


def swapped(file: Path) -> None:
    """Another image of the same size and time of change."""
    before = file.stat()
    content = bytearray(file.read_bytes())
    content[-20] ^= 255
    file.write_bytes(content)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def linked(file: Path) -> None:
    file.unlink()
    file.symlink_to("/dev/zero")


def piped(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def without_contents(file: Path) -> None:
    """As earlier versions have unpacked it."""
    (file.parents[2] / ".contents.json").unlink()


def contents_damaged(file: Path) -> None:
    (file.parents[2] / ".contents.json").write_text("[1")


def contents_of_another_kind(file: Path) -> None:
    (file.parents[2] / ".contents.json").write_text('["a"]')


def all_lost(file: Path) -> None:
    for each in file.parent.iterdir():
        each.unlink()
    file.parent.rmdir()


CHANGES = (
    *(lost, swapped, emptied, linked, piped, all_lost),
    *(without_contents, contents_damaged, contents_of_another_kind),
)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_an_unpacked_folder_that_was_changed_is_unpacked_again(
    folder: Path, say: Say, said: list[str], kind: str, change: Callable[[Path], None]
) -> None:
    path = pack(folder, kind)
    images = read(path, say).parts["train"].columns["image"].array()
    read(path, say)
    assert len(said) == 1
    unpacked = Path(said[0].partition(" into ")[2])
    change(unpacked / "train" / "cat" / "03.png")
    again = read(path, say)
    np.testing.assert_array_equal(again.parts["train"].columns["image"].array(), images)
    assert said[1:] == [f"{said[0]}, where files were lost or changed"]
    read(path, say)
    assert len(said) == 2
    assert [entry.name for entry in unpacked.parent.iterdir()] == [unpacked.name], "nothing is left beside it"


def test_an_unpacked_folder_that_was_moved_stays(
    tmp_path: Path, folder: Path, say: Say, said: list[str]
) -> None:
    """Times and places on the disk are others, contents are not."""
    path = pack(folder, "zip")
    read(path, say)
    unpacked = Path(said[0].partition(" into ")[2])
    shutil.copytree(unpacked, tmp_path / "copy")
    shutil.rmtree(unpacked)
    (tmp_path / "copy").rename(unpacked)
    read(path, say)
    assert len(said) == 1


def test_a_link_in_place_of_the_folder_is_taken_away_and_not_written_through(
    tmp_path: Path, folder: Path, say: Say, said: list[str]
) -> None:
    path = pack(folder, "zip")
    read(path, say)
    unpacked = Path(said[0].partition(" into ")[2])
    shutil.rmtree(unpacked)
    (tmp_path / "theirs").mkdir()
    unpacked.symlink_to(tmp_path / "theirs")
    read(path, say)
    assert not unpacked.is_symlink()
    assert list((tmp_path / "theirs").iterdir()) == []


def test_a_file_of_the_archive_may_be_called_as_ours_is(folder: Path, say: Say, said: list[str]) -> None:
    (folder / ".contents.json").write_text("{}")
    path = pack(folder, "zip")
    read(path, say)
    read(path, say)
    assert len(said) == 1


def test_an_archive_that_has_changed_is_looked_at_anew(folder: Path) -> None:
    path = pack(folder, "zip")
    before = ImageFolder("pets", path).statement()
    folder_of(folder, {"emu": 3}, "train")
    pack(folder, "zip")
    assert ImageFolder("pets", path).statement() != before


def damaged(kind: str, folder: Path) -> Path:
    path = pack(folder, kind)
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 600] = bytes(600)
    path.write_bytes(content)
    return path


def truncated(kind: str, folder: Path) -> Path:
    path = pack(folder, kind)
    path.write_bytes(path.read_bytes()[:-1500])
    return path


def checksum_wrong(kind: str, folder: Path) -> Path:
    """Only the very last bytes tell."""
    path = pack(folder, kind)
    content = bytearray(path.read_bytes())
    content[-6] ^= 255
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (damaged, "zip"),
        (damaged, "tar.gz"),
        (truncated, "zip"),
        (truncated, "tar.gz"),
        (checksum_wrong, "tar.gz"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_damaged_archive_is_named_and_leaves_nothing(
    tmp_path: Path, folder: Path, change: Callable[[str, Path], Path], kind: str
) -> None:
    path = change(kind, folder)
    with pytest.raises(DataError) as raised:
        read(path)
    assert raised.value.message.startswith(f"`{path}`")
    assert "damaged" in raised.value.message
    assert not list((tmp_path / "cache").glob("folders/*"))
    assert not list((tmp_path / "cache").glob("folders/.*"))


def test_a_file_that_is_no_archive_is_named(tmp_path: Path) -> None:
    for kind in KINDS:
        path = tmp_path / f"pets.{kind}"
        path.write_text("not at all")
        with pytest.raises(DataError, match=rf"`{path}` is a damaged archive: "):
            ImageFolder("pets", path).statement()


def tar_with(path: Path, entry: tarfile.TarInfo, content: bytes = b"") -> Path:
    entry.size = len(content)
    with tarfile.open(path, "w") as packed:
        packed.addfile(entry, io.BytesIO(content))
    return path


def tar_of_kind(kind: bytes, name: str = "cat/a.png", target: str = "") -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, target
    return entry


LINK = "is a link, a device or a pipe"
OUTSIDE = "lies outside of the folder that it is unpacked to"
REFUSED_IN_TAR = {
    "parent": (tarfile.TarInfo("../evil.png"), OUTSIDE),
    "parent within": (tarfile.TarInfo("cat/../../evil.png"), OUTSIDE),
    "absolute": (tarfile.TarInfo("/tmp/evil.png"), OUTSIDE),
    "symbolic link": (tar_of_kind(tarfile.SYMTYPE, target="/etc/passwd"), LINK),
    "hard link": (tar_of_kind(tarfile.LNKTYPE, target="cat/b.png"), LINK),
    "device": (tar_of_kind(tarfile.CHRTYPE), LINK),
    "pipe": (tar_of_kind(tarfile.FIFOTYPE), LINK),
}


@pytest.mark.parametrize("case", REFUSED_IN_TAR)
def test_what_would_do_harm_in_a_tar_archive_is_refused(tmp_path: Path, case: str) -> None:
    entry, why = REFUSED_IN_TAR[case]
    path = tar_with(tmp_path / "pets.tar", entry)
    check_refused(tmp_path, path, f"`{path}` holds `{entry.name}`, which {why}")


REFUSED_IN_ZIP = {
    "../evil.png": OUTSIDE,
    "cat/../../evil.png": OUTSIDE,
    "/tmp/evil.png": OUTSIDE,
    "C:/evil.png": OUTSIDE,
    "..\\evil.png": OUTSIDE,
}


@pytest.mark.parametrize("name", REFUSED_IN_ZIP)
def test_what_would_do_harm_in_a_zip_archive_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "pets.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(name, b"x")
    check_refused(tmp_path, path, f"`{path}` holds `{name}`, which {REFUSED_IN_ZIP[name]}")


def test_a_link_in_a_zip_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pets.zip"
    entry = zipfile.ZipInfo("cat/a.png")
    entry.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(entry, "/etc/passwd")
    check_refused(tmp_path, path, f"`{path}` holds `cat/a.png`, which {LINK}")


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pets.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("cat/a.png", b"x")
    content = bytearray(path.read_bytes())
    central = content.index(b"PK\x01\x02")
    struct.pack_into("<H", content, central + 8, 1)
    path.write_bytes(content)
    check_refused(tmp_path, path, f"`{path}` is encrypted")


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_an_archive_that_would_fill_the_disk_is_refused(tmp_path: Path, kind: str) -> None:
    (tmp_path / "bomb" / "cat").mkdir(parents=True)
    with (tmp_path / "bomb" / "cat" / "a.png").open("wb") as file:
        file.truncate(70 << 20)
    path = pack(tmp_path / "bomb", kind)
    (tmp_path / "bomb" / "cat" / "a.png").unlink()
    assert path.stat().st_size < 1 << 20
    check_refused(tmp_path, path, f"`{path}` would grow to more than 100 times its size")


def check_refused(tmp_path: Path, path: Path, message: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    for look in (lambda: ImageFolder("pets", path).statement(), lambda: read(path)):
        with pytest.raises(DataError) as raised:
            look()
        assert raised.value.message == message
    assert sorted(tmp_path.rglob("*")) == before, "nothing is written"


def test_a_disk_that_fills_up_leaves_no_half_of_a_folder(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pack(folder, "zip")
    real = Path.open

    def full(self: Path, mode: str = "r", *options: object) -> object:
        if mode == "wb" and self.name == "03.png":
            raise OSError(28, "No space left on device")
        return real(self, mode, *options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(DataError, match=r"cannot be unpacked into .*: No space left on device"):
        read(path)
    assert not list((tmp_path / "cache" / "folders").iterdir())
    monkeypatch.undo()


@pytest.mark.parametrize("kind", ["tar", "zip"])
def test_of_a_file_that_is_packed_twice_the_last_one_counts(tmp_path: Path, kind: str) -> None:
    folder = folder_of(tmp_path / "pets", PETS)
    path = pack(folder, kind)
    folder_of(tmp_path / "later" / "pets", PETS, height=20)
    for file in sorted((tmp_path / "later" / "pets").rglob("*.png")):
        name = str(file.relative_to(tmp_path / "later" / "pets"))
        if kind == "zip":
            with zipfile.ZipFile(path, "a") as packed, pytest.warns(UserWarning, match="Duplicate name"):
                packed.write(file, name)
        else:
            with tarfile.open(path, "a") as packed:
                packed.add(file, name)
    statement = ImageFolder("pets", path).statement()
    assert statement == ImageFolder("pets", tmp_path / "later" / "pets").statement()
    assert statement.counts == {"train": 11}
    assert read(path).parts["train"].columns["image"].array().shape == (11, 20, 10, 3)
