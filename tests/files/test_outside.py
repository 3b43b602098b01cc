"""Only files are opened: what waits for ever or never ends is refused, and a file has an end."""

import os
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from nettool.files.outside import (
    NotAFile,
    TooLarge,
    check_is_file,
    open_file,
    read_file,
    read_file_or_pipe,
    read_text,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "file").write_bytes(b"0123456789")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    return tmp_path


@pytest.mark.parametrize("name, what", [("pipe", "a pipe"), ("folder", "a folder"), ("link", "a pipe")])
@pytest.mark.parametrize("read", [open_file, lambda path: read_file(path, 100), check_is_file])
def test_what_is_no_file_is_refused_at_once(folder: Path, name: str, what: str, read: object) -> None:
    with pytest.raises(NotAFile) as caught:
        read(folder / name)  # type: ignore[operator]
    assert caught.value.strerror == f"it is {what}"
    assert caught.value.filename == str(folder / name)


@pytest.mark.parametrize("read", [open_file, lambda path: read_file(path, 100), check_is_file])
def test_a_device_is_refused_and_not_read(read: object) -> None:
    with pytest.raises(NotAFile, match="it is a device"):
        read(Path("/dev/zero"))  # type: ignore[operator]


def test_a_file_that_became_a_pipe_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nettool.files.outside.check_is_file", lambda path: None)
    with pytest.raises(NotAFile, match="it is a pipe"):
        read_file(folder / "pipe", 100)


def test_a_file_is_read_to_its_end_and_no_further_than_allowed(folder: Path) -> None:
    assert read_file(folder / "file", 10) == b"0123456789"
    assert read_text(str(folder / "file"), 10) == "0123456789"
    with open_file(folder / "file") as stream:
        stream.seek(7)
        assert stream.read() == b"789"
    with pytest.raises(TooLarge) as caught:
        read_file(folder / "file", 9)
    assert caught.value.strerror == "it has more than 9 bytes"


def test_a_large_file_comes_whole(folder: Path) -> None:
    content = os.urandom(300_001)
    (folder / "large").write_bytes(content)
    assert read_file(folder / "large", 1 << 20) == content
    with pytest.raises(TooLarge, match="it has more than 300,000 bytes"):
        read_file(folder / "large", 300_000)


def test_a_file_whose_size_is_not_told_is_bounded_too() -> None:
    assert read_file("/proc/self/status", 1 << 20).startswith(b"Name:")
    with pytest.raises(TooLarge):
        read_file("/proc/self/status", 20)


def test_a_missing_file_is_missing(folder: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_file(folder / "nothing", 10)


def written_to(pipe: Path, content: bytes) -> threading.Thread:
    def write(content: bytes = content) -> None:
        end = os.open(pipe, os.O_WRONLY)
        try:
            time.sleep(0.1)
            with suppress(BrokenPipeError):
                while content:
                    os.write(end, content[:10_000])
                    content = content[10_000:]
        finally:
            os.close(end)

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    return writer


def patiently_read(pipe: Path, most: int) -> bytes:
    """The writer's thread may not have opened the pipe yet."""
    while True:
        try:
            return read_file_or_pipe(pipe, most)
        except OSError as error:
            if error.strerror != "it is a pipe that nobody writes to":
                raise


def test_a_pipe_is_read_where_it_may_be_one(folder: Path) -> None:
    content = os.urandom(200_000)
    writer = written_to(folder / "pipe", content)
    assert patiently_read(folder / "pipe", 1 << 20) == content
    writer.join(5)
    assert read_file_or_pipe(folder / "file", 10) == b"0123456789"


def test_a_pipe_without_a_writer_is_not_waited_for(folder: Path) -> None:
    with pytest.raises(OSError, match="it is a pipe that nobody writes to"):
        read_file_or_pipe(folder / "pipe", 100)


def test_a_pipe_and_a_device_are_bounded(folder: Path) -> None:
    with pytest.raises(NotAFile, match="it is a device"):
        read_file_or_pipe("/dev/zero", 100)
    writer = written_to(folder / "pipe", b"0" * 200_000)
    with pytest.raises(TooLarge):
        patiently_read(folder / "pipe", 100)
    writer.join(5)
    assert not writer.is_alive()
