"""The checksum of many files: right whatever is remembered, and read only where something changed."""

import hashlib
import json
import os
from pathlib import Path

import pytest

from nettool.data.formats import checksums as file_contents
from nettool.data.formats.checksums import WORTH_A_PROCESS, Checksums, checksums_of

LONG_AGO = 1_000_000_000


def files(folder: Path, count: int) -> dict[str, str]:
    """So many small files that were last changed long ago, the name of the first not in UTF-8."""
    folder.mkdir(exist_ok=True)
    names = [f"{number}" + "\udcff" * (number == 0) for number in range(count)]
    paths = {name: f"{folder}/{number}" for number, name in enumerate(names)}
    for number, path in enumerate(paths.values()):
        Path(path).write_text(f"content {number}")
        os.utime(path, (LONG_AGO, LONG_AGO))
    return paths


def by_hand(paths: dict[str, str]) -> Checksums:
    def digest(listed: dict[str, object]) -> str:
        text = "".join(f"{name}\t{listed[name]}\n" for name in sorted(listed))
        return f"sha256:{hashlib.sha256(text.encode(errors='surrogateescape')).hexdigest()}"

    contents = {name: Path(path).read_bytes() for name, path in paths.items()}
    by_name = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    return Checksums(
        digest(dict(by_name)), digest({name: len(content) for name, content in contents.items()}), by_name
    )


@pytest.mark.parametrize("count", [0, 3, WORTH_A_PROCESS])
def test_it_is_of_names_and_contents(tmp_path: Path, count: int) -> None:
    paths = files(tmp_path / "images", count)
    assert checksums_of(paths, "images", tmp_path) == by_hand(paths)
    assert checksums_of(paths, "images", tmp_path) == by_hand(paths)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose contents are read; changes of a second ago count as settled."""
    found: list[str] = []
    digest = file_contents._digest
    monkeypatch.setattr(file_contents, "_SETTLED", -LONG_AGO * 10)
    monkeypatch.setattr(file_contents, "_digest", lambda path: found.append(path) or digest(path))
    return found


def test_a_file_is_read_again_only_when_it_has_changed(tmp_path: Path, read: list[str]) -> None:
    paths = files(tmp_path / "images", 4)
    first = checksums_of(paths, "images", tmp_path)
    assert sorted(read) == sorted(paths.values())
    read.clear()
    assert checksums_of(paths, "images", tmp_path) == first
    assert read == []

    one, other = list(paths.values())[1:3]
    swapped = Path(one).with_name("swapped")
    Path(one).rename(swapped)
    Path(other).rename(one)
    swapped.rename(other)
    after = checksums_of(paths, "images", tmp_path)
    assert after == by_hand(paths)
    assert (after.contents != first.contents, after.sizes == first.sizes) == (True, True)
    assert sorted(read) == [one, other]

    read.clear()
    with Path(one).open("r+") as file:  # in place, of the same length, and its time is set back
        file.write("CONTENT")
    os.utime(one, (LONG_AGO, LONG_AGO))
    assert checksums_of(paths, "images", tmp_path) == by_hand(paths)
    assert read == [one]


def test_what_has_just_been_changed_is_not_remembered(tmp_path: Path) -> None:
    paths = files(tmp_path / "images", 2)  # their inodes were changed just now
    checksums_of(paths, "images", tmp_path)
    assert not (tmp_path / "contents").exists()


@pytest.mark.parametrize(
    "content", ["", "[]", "null", '{"a": 1', '{"PATH": 3}', '{"PATH": [1, 2]}', "[" * 10**5]
)
def test_what_is_remembered_may_be_damaged(tmp_path: Path, read: list[str], content: str) -> None:
    paths = files(tmp_path / "images", 3)
    checksums_of(paths, "images", tmp_path)
    (memory,) = (tmp_path / "contents").iterdir()
    memory.write_text(content.replace("PATH", paths["1"]))
    assert checksums_of(paths, "images", tmp_path) == by_hand(paths)


@pytest.mark.parametrize("digest", ["", "x", "\ud800", "unreadable", "0" * 63, 5, None, []])
def test_what_is_remembered_must_be_a_checksum(tmp_path: Path, read: list[str], digest: object) -> None:
    paths = files(tmp_path / "images", 3)
    checksums_of(paths, "images", tmp_path)
    (memory,) = (tmp_path / "contents").iterdir()
    known = json.loads(memory.read_text())
    memory.write_text(json.dumps({path: [*state[:-1], digest] for path, state in known.items()}))
    assert checksums_of(paths, "images", tmp_path) == by_hand(paths)


def test_what_is_remembered_is_not_read_beyond_any_size_that_it_has(tmp_path: Path, read: list[str]) -> None:
    paths = files(tmp_path / "images", 3)
    checksums_of(paths, "images", tmp_path)
    (memory,) = (tmp_path / "contents").iterdir()
    os.truncate(memory, 40_000_000_000)
    assert checksums_of(paths, "images", tmp_path) == by_hand(paths)


def test_a_cache_that_cannot_be_written_to_costs_only_time(tmp_path: Path, read: list[str]) -> None:
    (tmp_path / "contents").write_text("no folder")
    paths = files(tmp_path / "images", 3)
    assert checksums_of(paths, "images", tmp_path) == by_hand(paths)


def test_a_file_that_is_gone_is_an_error_and_one_that_cannot_be_read_is_not(tmp_path: Path) -> None:
    paths = files(tmp_path / "images", WORTH_A_PROCESS)
    before = checksums_of(paths, "images", tmp_path)
    Path(paths["1"]).unlink()
    with pytest.raises(FileNotFoundError):
        checksums_of(paths, "images", tmp_path)
    os.mkfifo(paths["1"])
    assert checksums_of(paths, "images", tmp_path).contents != before.contents
