"""A run whose resolved spec has lost a section, or whose data are gone: commands say so, before Keras is asked."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from command_line import run as nettool

pytestmark = pytest.mark.keras

SPEC = """\
name: lines
data: {table: lines.csv, columns: {x: [a, b], y: y}}
inputs: {x: [2]}
nodes:
  y: {layer: Dense, units: 1}
outputs: [y]
losses: {y: mse}
train: {epochs: 1}
"""
NEED_DATA = (
    ("evaluate", "lines"),
    ("predict", "lines", "lines.csv"),
    ("train", "--resume", "lines", "--epochs", "2"),
    ("reproduce", "lines"),
    ("inspect", "lines", "weights"),
    ("inspect", "lines", "mistakes"),
)
NEED_LOSSES = NEED_FILES = (NEED_DATA[0], NEED_DATA[2], NEED_DATA[3], NEED_DATA[5])


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    rows = "".join(f"{a},{-a},{2 * a}\n" for a in range(40))
    (folder / "lines.csv").write_text("a,b,y\n" + rows, encoding="utf-8")
    (folder / "lines.yaml").write_text(SPEC, encoding="utf-8")
    ended = nettool("train", str(folder / "lines.yaml"), "--runs-dir", str(folder / "runs"), "--quiet")
    assert ended.code == 0, ended.err
    return folder


@pytest.mark.parametrize(
    ("section", "command"),
    [*(("data", command) for command in NEED_DATA), *(("losses", command) for command in NEED_LOSSES)],
    ids=str,
)
def test_a_lost_section_is_named(
    section: str, command: tuple[str, ...], trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Path(shutil.copytree(trained, tmp_path / "here", symlinks=True))
    monkeypatch.chdir(here)
    path = here / "runs" / "lines" / "latest" / "resolved.yaml"
    sections: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    del sections[section]
    path.write_text(yaml.safe_dump(sections), encoding="utf-8")
    ended = nettool(*command)
    assert (ended.code, ended.out) == (2, ""), ended.err
    assert f"resolved.yaml is damaged: it must have the `{section}` of the training" in ended.err


@pytest.mark.parametrize("command", NEED_FILES, ids=str)
def test_data_that_are_gone_are_no_damage(
    command: tuple[str, ...], trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Path(shutil.copytree(trained, tmp_path / "here", symlinks=True))
    monkeypatch.chdir(here)
    table = (trained / "lines.csv").rename(tmp_path / "other.csv")
    try:
        ended = nettool(*command)
        assert (ended.code, ended.out) == (4, ""), ended.err
        assert "lines.csv` is not there" in ended.err
        measured = nettool("evaluate", "lines", "--set", f"data.table={table}")
        assert measured.code == 0, measured.err
        assert measured.out.startswith("test (40 samples)")
    finally:
        table.rename(trained / "lines.csv")
