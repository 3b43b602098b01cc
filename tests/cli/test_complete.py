"""What the shell proposes, asked as click's shell scripts ask."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from nettool.cli.main import cli
from nettool.data.builtin.catalogue import DATA_SETS
from nettool.diagnostics.codes import codes
from nettool.gallery import template_names
from nettool.vocabulary.keras_names import layers

SPEC = """
inputs: {image: [64]}
nodes:
  hidden: {layer: Dense, units: 3}
  digit: {layer: Dense, units: 10}
views:
  code: {inputs: [image], outputs: [hidden]}
outputs: [digit]
train: {epochs: 3, optimizer: {optimizer: SGD, momentum: 0.5}}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for path in ("net.yaml", "nets/a.yaml", "nets/b.yml", "nets/deep/c.yaml", ".hidden/d.yaml"):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(SPEC)
    Path("notes.txt").write_text("")
    for run in ("runs/mlp/20260101-120000", "runs/mlp/20260102-120000", "runs/cnn/20260101-120000"):
        Path(run).mkdir(parents=True)
    Path("runs/mlp/latest").symlink_to("20260102-120000")


def proposed(*words: str) -> list[str]:
    """The proposals for the last word."""
    completion = ShellComplete(cli, {}, "nettool", "_NETTOOL_COMPLETE")
    return [item.value for item in completion.get_completions(list(words[:-1]), words[-1])]


@pytest.mark.parametrize(
    ("words", "proposals"),
    [
        (["s"], ["schema", "show", "summary"]),
        (["data", ""], ["fetch", "info", "list", "preview", "verify"]),
        (["data", "info", "m"], ["mnist"]),
        (["data", "info", "n"], ["net.yaml", "nets/a.yaml", "nets/b.yml"]),
        (["data", "fetch", "mnist", "cifar1"], ["cifar10", "cifar100"]),
        (["data", "preview", "nets/a"], ["nets/a.yaml"]),
        (["validate", ""], ["net.yaml", "nets/a.yaml", "nets/b.yml"]),
        (["validate", "net.yaml", "nets/"], ["nets/a.yaml", "nets/b.yml", "nets/deep/c.yaml"]),
        (["train", "nets/deep/c"], ["nets/deep/c.yaml"]),
        (["train", "./nets/a"], ["./nets/a.yaml"]),
        (["summary", "net.yaml", "--view", ""], ["code"]),
        (["evaluate", "l"], ["latest"]),
        (["evaluate", "m"], ["mlp", "mlp/20260101-120000", "mlp/20260102-120000", "mlp/latest"]),
        (["evaluate", "--runs-dir", "nets", ""], ["latest", "deep"]),
        (["plot", "n"], ["net.yaml", "nets/a.yaml", "nets/b.yml"]),
        (["plot", "c"], ["cnn", "cnn/20260101-120000"]),
        (["show", "mlp/20260102"], ["mlp/20260102-120000"]),
        (["layers", "Conv2"], ["Conv2D", "Conv2DTranspose"]),
        (["layers", "maxpooling"], ["MaxPooling1D", "MaxPooling2D", "MaxPooling3D"]),
        (["layers", ""], sorted(layers())),
        (["explain", "nt21"], [code for code in codes() if code.startswith("NT21")]),
        (["new", "mine", "--template", ""], template_names()),
        (["train", "net.yaml", "--data", ""], list(DATA_SETS)),
        (["train", "net.yaml", "--set", "nodes."], [*(f"nodes.{n}.{k}=" for n in ("hidden", "digit") for k in ("layer", "units")), *(f"nodes.{n}.{k}=" for k in ("from", "repeat", "weights") for n in ("hidden", "digit"))]),
        (["summary", "net.yaml", "--set", "train.o"], ["train.optimizer.optimizer=", "train.optimizer.momentum=", "train.overfit="]),
        (["summary", "net.yaml", "--set", "train.ep"], ["train.epochs="]),
        (["summary", "net.yaml", "--set", "train.early_stopping.m"], [f"train.early_stopping.{k}=" for k in ("monitor", "mode", "min_delta")]),
        (["summary", "nowhere.yaml", "--set", ""], []),
        (["summary", "--set", ""], []),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_word_is_completed(words: list[str], proposals: list[str]) -> None:
    assert proposed(*words) == proposals


def test_without_a_spec_nearby_the_shell_proposes_files_itself() -> None:
    completion = ShellComplete(cli, {}, "nettool", "_NETTOOL_COMPLETE")
    assert [(item.type, item.value) for item in completion.get_completions(["train"], "notes")] == [
        ("file", "notes")
    ]


def test_a_broken_spec_is_completed_as_far_as_it_can_be_read() -> None:
    Path("broken.yaml").write_text("nodes: {fc: {layer: Dens, units: 3}}\n")
    keys = ("layer", "units", "from", "repeat", "weights")
    assert proposed("summary", "broken.yaml", "--set", "n") == [f"nodes.fc.{key}=" for key in keys]
    Path("broken.yaml").write_text("nodes: {fc: [}\n")
    assert proposed("summary", "broken.yaml", "--set", "n") == []


@pytest.mark.skipif(sys.platform == "win32", reason="no file has such a name there")
def test_names_that_a_terminal_would_obey_are_not_proposed() -> None:
    for name in ("s\x1b]0;owned\x07.yaml", "s\nplain,rm.yaml", "s\x9b2J.yaml", "s\u202e.yaml"):
        Path(name).write_text(SPEC)
        Path("runs", name).mkdir()
    Path("s.yaml").write_text(
        SPEC.replace("views:", 'views:\n  "v\\e[2J": {inputs: [image], outputs: [hidden]}')
    )
    assert proposed("validate", "s") == ["s.yaml"]
    assert proposed("evaluate", "s") == []
    assert proposed("summary", "s.yaml", "--view", "") == ["code"]


def test_a_name_too_long_for_a_run_proposes_nothing() -> None:
    assert proposed("predict", "a" * 300, "--node", "") == []


def test_names_come_with_their_meaning_where_the_shell_can_show_it() -> None:
    completion = ShellComplete(cli, {}, "nettool", "_NETTOOL_COMPLETE")
    (dense,) = completion.get_completions(["layers"], "Dense")
    assert dense.help == "every output is a weighted sum of all inputs, plus a bias"


def test_bash_is_answered_without_loading_anything_heavy() -> None:
    program = (
        "import sys, atexit\n"
        "atexit.register(lambda: print({'tensorflow', 'keras', 'numpy', 'matplotlib'} & sys.modules.keys(),"
        " file=sys.stderr))\n"
        "from nettool.cli.main import main\n"
        "main()\n"
    )
    asked = {
        "_NETTOOL_COMPLETE": "bash_complete",
        "COMP_WORDS": "nettool layers Conv2",
        "COMP_CWORD": "2",
    }
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env={**os.environ, **asked}
    )
    assert (ended.stdout, ended.stderr) == ("plain,Conv2D\nplain,Conv2DTranspose\n", "set()\n")


def test_the_nodes_and_views_of_a_run_are_proposed() -> None:
    run = Path("runs/mlp/20260102-120000")
    (run / "resolved.yaml").write_text(SPEC)
    (run / "status.json").write_text("{}")
    assert proposed("predict", "mlp", "--node", "") == ["image", "hidden", "digit"]
    assert proposed("predict", "mlp", "some.png", "--node", "h") == ["hidden"]
    assert proposed("inspect", "mlp", "filters", "h") == ["hidden"]
    assert proposed("inspect", "mlp", "activations", "hidden", "d") == ["digit"]
    assert proposed("inspect", "mlp", "f") == ["filters"]
    assert proposed("predict", "mlp", "--view", "") == ["code"]
    assert proposed("predict", "cnn", "--node", "") == []
