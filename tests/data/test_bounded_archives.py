"""Small archives that claim or unpack to much: refused before it is read."""

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from nettool.data.archive import members
from nettool.data.failure import DataError
from nettool.data.formats.contents import archive_contents
from nettool.data.sources.numpy_files import stored_arrays

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
