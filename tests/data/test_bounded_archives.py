"""Small archives that claim or unpack to much: refused before it is read."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from nettool.data.builtin.reading.contents import archive_contents
from nettool.data.failure import DataError
from nettool.data.formats.archive import members
from nettool.data.formats.csv_rows import csv_rows
from nettool.data.formats.numpy_files import stored_arrays
from nettool.data.sources.folders.folder_names import names_in
from nettool.files.zip_listing import listing_bytes

_BLOCK = 512


def _tar(end: int = 0) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        entry = tarfile.TarInfo("a/1.png")
        entry.size = 3
        archive.addfile(entry, io.BytesIO(b"abc"))
    return held.getvalue() + bytes(end)


def _header_of(kind: bytes, size: int) -> bytes:
    header = tarfile.TarInfo("x")
    header.type, header.size = kind, size
    return header.tobuf(tarfile.GNU_FORMAT) + bytes(20 * _BLOCK)


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME])
def test_a_header_that_claims_4_gb_is_refused_unread(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "images.tar.gz"
    path.write_bytes(gzip.compress(_header_of(kind, 4 << 30)))
    with pytest.raises(DataError, match="has a header of more than 1 MB"):
        list(members(path))
    with pytest.raises(DataError, match="has a header of more than 1 MB"):
        list(archive_contents(path, ("x",)))


def test_what_follows_an_archive_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "images.tar.gz"
    path.write_bytes(gzip.compress(_tar(end=1 << 20)))
    assert [member.name for member in members(path)] == ["a/1.png"]
    path.write_bytes(gzip.compress(_tar(end=40 << 20), 1))
    with pytest.raises(DataError, match="more than 16 MB behind its last member"):
        list(members(path))


def test_a_file_longer_than_a_piece_is_read_whole(tmp_path: Path) -> None:
    content = bytes(range(256)) * (3 << 12)
    path = tmp_path / "set.tar"
    with tarfile.open(path, "w") as archive:
        entry = tarfile.TarInfo("x")
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    (found,) = archive_contents(path, ("x",))
    assert found.data == content
    assert [b"".join(member.pieces()) for member in members(path)] == [content]


def test_an_npz_of_thousands_of_arrays_is_refused_by_its_list(tmp_path: Path) -> None:
    path = tmp_path / "many.npz"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(1_001):
            archive.writestr(f"a{number}.npy", b"")
    with pytest.raises(DataError, match="holds 1,001 arrays"):
        stored_arrays(path)


def _zip_of(path: Path, names: Iterable[str], content: bytes = b"") -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, content)


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_more_files_than_there_is_room_for_images_are_refused_before_they_are_listed(
    tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"pets.{kind}"
    names = [f"a/{number}.png" for number in range(20_000)]
    if kind == "zip":
        _zip_of(path, names)
    else:
        path.write_bytes(
            gzip.compress(b"".join(tarfile.TarInfo(name).tobuf(tarfile.USTAR_FORMAT) for name in names))
        )
    with pytest.raises(DataError, match="holds more files than there is room for images in it"):
        list(members(path))


def test_many_small_images_are_no_bomb(tmp_path: Path) -> None:
    """The smallest PNG has 67 bytes."""
    path = tmp_path / "pets.zip"
    _zip_of(path, (f"a/{number}.png" for number in range(20_000)), bytes(67))
    assert sum(1 for _ in members(path)) == 20_000


def test_a_path_through_thousands_of_folders_is_refused(tmp_path: Path) -> None:
    _zip_of(tmp_path / "pets.zip", ["a/" * 30_000 + "1.png"])
    with pytest.raises(DataError, match="lies more than 100 folders deep"):
        list(members(tmp_path / "pets.zip"))
    deep = tmp_path / "pets"
    deep.mkdir()
    for _ in range(150):
        deep = deep / "a"
    deep.mkdir(parents=True)
    with pytest.raises(DataError, match="has folders in each other, more than 100 deep"):
        names_in(tmp_path / "pets")


def test_the_length_of_a_list_of_members_is_read_without_it(tmp_path: Path) -> None:
    """What zipfile wrote, and what it finds: also with the longer record of more than 65,535 members."""
    for count in (3, 70_000):
        _zip_of(tmp_path / "a.zip", (f"{number:05}" for number in range(count)))
        with (tmp_path / "a.zip").open("rb") as file:
            assert listing_bytes(file) == count * (46 + 5)
    (tmp_path / "a.zip").write_bytes(b"no archive")
    with (tmp_path / "a.zip").open("rb") as file:
        assert listing_bytes(file) == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a" * (1 << 24) + "\n", "has a line of more than 16 million characters"),
        ("a,b\n" + "1," * (1 << 24), "has a line of more than 16 million characters"),
        ("," * 1_000_001 + "\n", "names more columns than 1,000,000"),
    ],
)
def test_a_line_without_end_is_refused(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "a.csv").write_text(content)
    with pytest.raises(DataError, match=told):
        list(csv_rows(tmp_path / "a.csv"))
