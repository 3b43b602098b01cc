"""A spec file that cannot be read is told in one line."""

import os
from pathlib import Path

import pytest

from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.render import render
from nettool.spec.yaml.source_file import LARGEST_FILE, read_source


def complaint(path: Path) -> str:
    with pytest.raises(SpecError) as caught:
        read_source(path)
    return render(caught.value.diagnostics[0])


def test_a_missing_file_and_one_with_nearly_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("resnet.yaml").write_text("name: a")
    assert complaint(Path("resnt.yaml")) == (
        "error[NT100]: cannot read `resnt.yaml`: there is no such file\n  = help: did you mean `resnet.yaml`?"
    )
    assert (
        complaint(Path("nowhere/x.yaml"))
        == "error[NT100]: cannot read `nowhere/x.yaml`: there is no such file"
    )
    Path("old.yaml").symlink_to("away.yaml")
    assert complaint(Path("old.yaml")) == (
        "error[NT100]: cannot read `old.yaml`: it is a link to a file that is not there"
    )


def test_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert complaint(Path()) == "error[NT100]: cannot read `.`: it is a folder"


def test_text_that_is_not_utf8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_bytes(b"name: a\nmeta: \xff\n")
    assert complaint(Path("a.yaml")) == (
        "error[NT100]: cannot read `a.yaml`: it is not UTF-8 text (a stray byte in line 2)\n"
        "  = help: save it as UTF-8 text"
    )


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Path("a.yaml").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    assert complaint(Path("a.yaml")) == (
        "error[NT100]: cannot read `a.yaml`: it has more than 4 MB, which no spec has"
    )


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfname: a\n")
    assert read_source(path).text == "name: a\n"


def test_a_pipe_is_waited_for_only_where_it_may_be_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("a.yaml")
    assert complaint(Path("a.yaml")) == "error[NT100]: cannot read `a.yaml`: it is a pipe"
    with pytest.raises(SpecError) as caught:
        read_source(Path("a.yaml"), or_pipe=True)
    assert caught.value.diagnostics[0].message == "cannot read `a.yaml`: it is a pipe that nobody writes to"


def test_a_device_has_no_end(tmp_path: Path) -> None:
    assert complaint(Path("/dev/zero")) == "error[NT100]: cannot read `/dev/zero`: it is a device"
