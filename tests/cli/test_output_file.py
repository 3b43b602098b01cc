"""What `-o` names: a pipe or a device is written to, a link is followed, a mode is kept."""

import os
import stat
import threading
from pathlib import Path

import pytest

from nettool.cli.output.output_file import output_file, write_output


def test_a_new_file_and_its_folders_are_made(tmp_path: Path) -> None:
    write_output(tmp_path / "new" / "a.txt", b"one")
    assert (tmp_path / "new" / "a.txt").read_bytes() == b"one"


def test_a_link_is_followed_and_the_mode_stays(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    target.chmod(0o600)
    link.symlink_to(target)
    write_output(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    (tmp_path / "to nothing").symlink_to(tmp_path / "later")
    write_output(tmp_path / "to nothing", b"new")
    assert (tmp_path / "later").read_bytes() == b"new"


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with pytest.raises(ValueError, match="no"), output_file(path) as place:
        place.write_bytes(b"half")
        raise ValueError("no")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("place", ["/dev/full", "/proc/here.txt", "file/here.txt", "folder"])
def test_what_cannot_be_written_is_named_as_the_user_did(place: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "folder").mkdir()
    path = tmp_path / place
    if not path.parent.parent.exists():
        pytest.skip("a system without such devices")
    with pytest.raises(OSError, match=r"\w") as raised:
        write_output(path, b"new")
    assert raised.value.filename == str(path)
    assert {each.name for each in tmp_path.iterdir()} == {"file", "folder"}


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    came: list[bytes] = []
    reader = threading.Thread(target=lambda: came.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write_output(pipe, b"new")
    reader.join(5)
    assert came == [b"new"]
    assert pipe.is_fifo()


def test_a_device_stays_a_device(tmp_path: Path) -> None:
    device = tmp_path / "null"
    try:
        os.mknod(device, stat.S_IFCHR | 0o666, os.makedev(1, 3))
    except OSError:
        pytest.skip("only root makes devices")
    try:
        write_output(device, b"new")
    except PermissionError:
        pytest.skip("devices in this folder cannot be opened")
    assert device.is_char_device()
