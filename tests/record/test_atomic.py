import os
import stat
from pathlib import Path

import pytest

from nettool.record.disk.atomic import also_at, replacing, sweep, write_bytes, write_text


def test_text_is_written_byte_for_byte(tmp_path: Path) -> None:
    write_text(tmp_path / "file", "größe\r\n\tx: 1\n")
    assert (tmp_path / "file").read_bytes() == "größe\r\n\tx: 1\n".encode()


def test_a_file_takes_the_place_of_an_older_one_and_leaves_nothing_beside(tmp_path: Path) -> None:
    write_bytes(tmp_path / "file", b"old")
    write_bytes(tmp_path / "file", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"file": b"new"}


def test_missing_folders_are_made(tmp_path: Path) -> None:
    write_text(tmp_path / "plots" / "deep" / "file", "x")
    assert (tmp_path / "plots" / "deep" / "file").read_text() == "x"


def test_an_error_in_the_middle_leaves_the_old_file_and_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "model.keras"
    write_bytes(path, b"old")
    with pytest.raises(RuntimeError, match="no space"), replacing(path) as temporary:
        temporary.write_bytes(b"half of the n")
        raise RuntimeError("no space")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"model.keras": b"old"}


def test_until_the_block_ends_the_old_file_is_there(tmp_path: Path) -> None:
    path = tmp_path / "model.keras"
    write_bytes(path, b"old")
    with replacing(path) as temporary:
        temporary.write_bytes(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"


def test_the_temporary_path_keeps_the_name_that_libraries_look_at(tmp_path: Path) -> None:
    with replacing(tmp_path / "model.keras") as temporary:
        assert temporary.name == "model.keras"
        assert temporary != tmp_path / "model.keras"
        temporary.write_bytes(b"")


def test_a_block_that_writes_nothing_is_an_error_and_keeps_the_old_file(tmp_path: Path) -> None:
    write_bytes(tmp_path / "file", b"old")
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "file"):
        pass
    assert (tmp_path / "file").read_bytes() == b"old"


@pytest.mark.skipif(os.name == "nt", reason="file modes are a POSIX matter")
def test_others_may_read_what_the_umask_lets_them(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("x")
    write_text(tmp_path / "atomic", "x")
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("plain", "atomic")]
    assert modes[0] == modes[1]


def test_what_killed_writers_left_behind_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / "plots" / ".writing-a1").mkdir(parents=True)
    (tmp_path / "plots" / ".writing-a1" / "curves.svg").write_text("half")
    (tmp_path / ".writing-b2").write_text("a link")
    write_text(tmp_path / "plots" / "curves.svg", "whole")
    sweep(tmp_path)
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["plots", "curves.svg"]


def test_a_file_stands_at_two_places_until_one_is_replaced(tmp_path: Path) -> None:
    write_text(tmp_path / "last", "one")
    for _ in range(2):
        also_at(tmp_path / "last", tmp_path / "best" / "file")
    write_text(tmp_path / "last", "two")
    assert (tmp_path / "best" / "file").read_text() == "one"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["best", "file", "last"]


@pytest.mark.skipif(
    not Path("/proc/self").exists(), reason="a system without a folder that nobody can write to"
)
def test_what_cannot_be_written_is_named_itself() -> None:
    with pytest.raises(OSError, match="No such file") as raised:
        write_text(Path("/proc/here.txt"), "x")
    assert raised.value.filename == "/proc/here.txt"
