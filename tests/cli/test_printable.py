"""Whatever names hold, a terminal is told nothing but text and nettool's own colours, and no name ends a command."""

import re
import sys
import tarfile
import xml.dom.minidom
from collections.abc import Callable
from io import BytesIO
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from printed import on_a_terminal, piped

TITLE = "\x1b]0;owned\x07"
CLASSES = (f"a{TITLE}", "b\x9b31m", "c\udcff", "d\x7f\b\r\u202e")
SPEC = r"""
name: s
meta: {"title\e]0;owned\a": "x\e]0;owned\a"}
data: {folder: pets, resize: [8, 8]}
inputs: {image: [8, 8, 3]}
nodes:
  flat: {layer: Flatten}
  label: {layer: Dense, units: 4, activation: softmax}
outputs: [label]
losses: {label: categorical_crossentropy}
metrics:
  label: [accuracy, {metric: TopKCategoricalAccuracy, k: 2, name: "top\e]0;owned\a"}]
train: {batch_size: 8, epochs: 2, validation_split: 0.2}
expect: {"top\e]0;owned\a": 1.0}
"""

RAW = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80\xae|\xff")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have other names of files")


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETTOOL_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("TERM", "xterm")
    random = np.random.default_rng(0)
    for name in CLASSES:
        Path("pets", name).mkdir(parents=True)
        for number in range(12):
            pixels = random.integers(0, 256, (8, 8, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(Path("pets", name, f"{number}\x1b[2J.png"))
    Path("pets", "note\x1b[2J\udcff.txt").write_text("")
    Path("s.yaml").write_text(SPEC)


Way = Callable[[tuple[str, ...]], tuple[int, bytes]]
"""How a command is run: it gives its exit code and what it printed."""


def check(command: str, *more: str, code: int = 0, ways: tuple[Way, ...] = (piped, on_a_terminal)) -> None:
    for run in ways:
        ended, shown = run((*command.split(), *more))
        assert (ended, RAW.findall(shown)) == (code, []), shown.decode(errors="replace")
        assert b"Traceback" not in shown


LIGHT = (
    *("validate s.yaml", "summary s.yaml", "summary s.yaml --json", "show s.yaml", "data info s.yaml"),
    *("data info s.yaml --json", "plot s.yaml --format dot -o /dev/stdout", "data preview s.yaml -o p.svg"),
)


@pytest.mark.parametrize("command", LIGHT)
def test_names_with_control_characters_reach_no_terminal(command: str) -> None:
    check(command)


@pytest.mark.parametrize(
    "command", ["validate", "summary", "train", "plot", "data info", "runs rm", "compare", "report"]
)
def test_neither_do_they_as_arguments(command: str) -> None:
    name = "\x1b]0;owned\x07\x9b\udcff\u202e.yaml"
    for run in (piped, on_a_terminal):
        code, shown = run((*command.split(), name))
        assert code in (1, 2)
        assert RAW.findall(shown) == []
        assert b"Traceback" not in shown


def test_a_mistake_and_a_wrong_option_are_told_in_print() -> None:
    Path("s.yaml").write_text(SPEC.replace("Flatten", r'"Flat\e]0;owned\aten"'))
    check("validate s.yaml", code=2)
    check("validate s.yaml --diagnostics json", code=2)
    check("validate s.yaml", f"--{TITLE}", code=2)
    check("validate s.yaml --set", f"train.{TITLE}=1", code=2)


@pytest.mark.keras
def test_a_run_with_such_names_is_trained_and_looked_at(tmp_path: Path) -> None:
    check("train s.yaml", code=3)  # two runs
    run = Path("runs/s/latest")
    for command in (
        *(
            "runs",
            "runs --json",
            "evaluate s",
            "predict s pets",
            "predict s pets --csv",
            "predict s pets --json",
        ),
        *("report s", "summary s", "show s", "plot s", "inspect s weights", "inspect s mistakes"),
        *("inspect s samples", "inspect s embedding flat", "inspect s activations label"),
        "compare " + " ".join(f"s/{each.name}" for each in run.parent.glob("2*")),
    ):
        code, shown = on_a_terminal(tuple(command.split()))
        assert RAW.findall(shown) == [], command
        assert b"Traceback" not in shown
        assert code in (0, 2), shown
    for picture in (*run.rglob("*.svg"), tmp_path / "s.svg"):
        xml.dom.minidom.parse(str(picture))
    for name in ("report.html", "train.log", "run.json", "results.json", "status.json", "resolved.yaml"):
        assert RAW.findall((run / name).read_bytes()) == [], name


def tar_of(folder: Path) -> None:
    with tarfile.open("pets.tar", "w") as packed:
        for file in sorted(folder.rglob("*.png")):
            content = file.read_bytes()
            entry = tarfile.TarInfo(str(file.relative_to(folder)))
            entry.size = len(content)
            packed.addfile(entry, BytesIO(content))


def test_data_whose_path_is_not_utf_8_are_refused_at_their_place() -> None:
    """YAML has no word for such a name, so `resolved.yaml` could not say what a run was trained on."""
    folder = Path("far\udcffaway")
    folder.mkdir()
    Path("pets").rename(folder / "pets")
    (folder / "s.yaml").write_text(SPEC)
    for command in ("validate", "train"):
        code, shown = piped((command, str(folder / "s.yaml")))
        assert code == 2
        assert b"error[NT510]: a run cannot record the path `" in shown
        assert b"s.yaml:4:16" in shown


@pytest.mark.keras
def test_names_in_archives_specs_and_folders_of_runs_may_be_other_than_utf_8() -> None:
    tar_of(Path("pets"))
    Path("s\udcfd.yaml").write_text(SPEC.replace("folder: pets", "folder: pets.tar"))
    check("validate", "s\udcfd.yaml")
    runs = ("--runs-dir", "runs\udcfc")
    # Each in one of the two ways: most of them load TensorFlow.
    ways = cycle((piped, on_a_terminal))
    for command, code in {
        "train s\udcfd.yaml": 3,
        **dict.fromkeys(
            ("evaluate s", "runs", "report s", "summary s", "plot s", "predict s pets", "reproduce s"), 0
        ),
    }.items():
        check(command, *runs, code=code, ways=(next(ways),))
