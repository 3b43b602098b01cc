"""`--help`, `validate`, `summary`, `plot`: quick, exact, and without TensorFlow."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import run

CONFIGS = Path(__file__).parents[2] / "configs"
RESNET = str(CONFIGS / "resnet.yaml")

SPEC = """
inputs: {image: [64]}
nodes:
  digit: {layer: Dense, unit: 10}
outputs: [digit]
"""


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("broken.yaml").write_text(SPEC.lstrip())
    return "broken.yaml"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["train", "--help"],
        ["validate", RESNET],
        ["summary", RESNET],
        ["plot", RESNET, "-o", "net.svg"],
        ["plot", RESNET, "-o", "net.mmd"],
        ["plot", RESNET, "-o", "net.html"],
        ["show", RESNET],
        ["show", RESNET, "--expanded"],
        ["schema"],
        ["layers"],
        ["layers", "Conv2D"],
        ["runs"],
        ["runs", "--markdown"],
        ["explain"],
        ["explain", "NT311"],
        ["data", "list"],
        ["data", "info", "mnist"],
        ["data", "verify", "digits"],
        ["data", "fetch", "digits"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_tensorflow_stays_unloaded(arguments: list[str], tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from nettool.cli.output.error_handler import guarded\n"
        "from nettool.cli.main import cli\n"
        f"code = guarded(lambda: cli.main({arguments!r}, standalone_mode=False))\n"
        "heavy = {'tensorflow', 'keras', 'matplotlib', 'sklearn', 'numpy', 'filelock', 'nettool.data.sources.tables.table'} & sys.modules.keys()\n"
        "sys.exit(f'loaded {heavy}' if heavy else code)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_first_screen_names_every_command() -> None:
    named = re.findall(r"^  ([a-z]+)  +\S", run("--help").out, re.MULTILINE)
    assert sorted(named) == [
        "compare",
        "data",
        "evaluate",
        "explain",
        "inspect",
        "layers",
        "lesson",
        "new",
        "plot",
        "predict",
        "report",
        "reproduce",
        "runs",
        "schema",
        "show",
        "summary",
        "train",
        "validate",
        "watch",
    ]


def test_sound_specs_are_named_with_their_size() -> None:
    assert run("validate", RESNET, str(CONFIGS / "digits_mlp.yaml")) == (
        type(run("--help"))(
            0,
            f"{RESNET}: sound, 14 nodes, 223,242 parameters\n"
            f"{CONFIGS / 'digits_mlp.yaml'}: sound, 3 nodes, 3,466 parameters\n",
            "",
        )
    )


def test_a_misspelt_spec_is_told_and_ends_with_2(broken: str) -> None:
    ended = run("validate", RESNET, broken)
    assert ended.code == 2
    assert ended.out == f"{RESNET}: sound, 14 nodes, 223,242 parameters\n"
    assert ended.err == (
        "error[NT212]: `Dense` has no option `unit`\n"
        " --> broken.yaml:3:25\n"
        "  |\n"
        "3 |   digit: {layer: Dense, unit: 10}\n"
        "  |                         ^^^^\n"
        "  = help: did you mean `units`?\n"
        "\n"
        "1 error\n"
        "`nettool explain NT212` says more\n"
        "`nettool validate --fix broken.yaml` offers to write what the help says\n"
    )


def test_an_expectation_alone_ends_with_3() -> None:
    ended = run("validate", RESNET, "--set", "nodes.fc.units=128")
    assert ended.code == 3
    assert "the network has 213,642 parameters, expected 223,242" in ended.err


def test_overrides_are_checked_like_the_file() -> None:
    ended = run("summary", RESNET, "--set", "nodes.fc.units=-1")
    assert ended.code == 2
    assert " --> command line:1:22\n" in ended.err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["validate"], "Missing argument 'SPEC…'"),
        (["validate", "nowhere.yaml"], "error[NT100]: cannot read `nowhere.yaml`: there is no such file"),
        (["summary", "no_such_run"], "there is neither a spec file nor a run `no_such_run`"),
        (
            ["plot", RESNET, "-o", "net.bmp"],
            "cannot draw `net.bmp`: the name must end in .svg, .png, .pdf, .dot, .mermaid, .html, .mmd, .htm, or",
        ),
        (["evaluate", "latest"], "there is no run `latest`"),
        (["layers", "Conv2d"], "there is no layer `Conv2d`: did you mean `Conv2D`?"),
        (["layers", "Zzz"], "there is no layer `Zzz`: `nettool layers` lists them"),
        (["train", RESNET, RESNET], "several specs at once only with --smoke"),
        (["train", RESNET, "--epochs", "0"], "0 is not in the range x>=1"),
        (["train", RESNET, "--name", "a/b"], "`a/b` cannot be a run's name"),
    ],
)
def test_a_wrong_call_ends_with_2_and_a_word(
    arguments: list[str], complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert complaint in ended.err
    assert list(tmp_path.iterdir()) == []


def test_the_summary_as_json_has_exact_counts() -> None:
    facts = json.loads(run("summary", RESNET, "--json").out)
    assert (facts["parameters"], facts["trainable_parameters"], len(facts["nodes"])) == (223_242, 223_242, 15)
    assert facts["nodes"][6] == {
        "name": "res.1.sum",
        "layer": "Add",
        "output_shape": [None, 9, 9, 64],
        "parameters": 0,
        "multiply_adds": 0,
        "activation_bytes": 20736,
        "from": ["res.1.conv_b", "pool"],
    }


def test_the_schema_goes_to_a_file_and_the_line_that_switches_it_on_is_said(tmp_path: Path) -> None:
    path = tmp_path / "nettool.schema.json"
    assert run("schema", "-o", str(path)).out == (
        f"wrote {path}; it is switched on by a spec's first line:\n# yaml-language-server: $schema={path}\n"
    )
    assert path.read_text() == run("schema").out


def test_what_show_resolves_is_a_spec_that_resolves_to_itself(tmp_path: Path) -> None:
    resolved = run("show", RESNET, "--set", "train.epochs=3").out
    comment = "  # set on the command line"
    assert f"epochs: 3{comment}\n" in resolved
    path = tmp_path / "resolved.yaml"
    path.write_text(resolved)
    assert run("show", str(path), "--resolved") == type(run("--help"))(0, resolved.replace(comment, ""), "")


def test_show_unrolls_blocks_when_asked() -> None:
    shown = run("show", RESNET, "--expanded").out
    assert "  res.2.sum:  # (9, 9, 64), 0 parameters\n" in shown


def test_a_layer_is_found_by_its_other_name() -> None:
    page = run("layers", "AvgPool2D")
    assert page.out.startswith("AveragePooling2D (pooling)\n")
    assert json.loads(run("layers", "AvgPool2D", "--json").out)["name"] == "AveragePooling2D"


@pytest.mark.parametrize("form", ["svg", "png", "pdf", "dot"])
def test_a_picture_is_drawn_in_the_form_that_its_name_says(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"net.{form}"
    assert run("plot", RESNET, "-o", str(path)).out == f"drew {path}\n"
    beginnings = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF", "dot": b"digraph"}
    assert path.read_bytes().startswith(beginnings[form])


def test_a_spec_without_data_losses_and_train_can_be_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "bare.yaml"
    path.write_text("inputs: {x: [4]}\nnodes: {y: {layer: Dense, units: 2}}\noutputs: [y]\n")
    assert run("validate", str(path)).out == f"{path}: sound, 1 node, 10 parameters\n"
    ended = run("train", str(path))
    assert ended.code == 2
    assert [line for line in ended.err.splitlines() if line.startswith("error")] == [
        "error[NT603]: to be trained the spec needs `data`",
        "error[NT603]: to be trained the spec needs `losses`",
        "error[NT603]: to be trained the spec needs `train`",
    ]


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f"{sys.executable} -m nettool summary {RESNET} --json | head -1; exit ${{PIPESTATUS[0]}}"
    ended = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert (ended.stdout, ended.stderr) == ("{\n", "")


def test_commands_that_look_take_other_data_as_train_does() -> None:
    digits = str(CONFIGS / "digits_cnn.yaml")
    assert "dataset: mnist\n" in run("show", digits, "--data", "mnist").out
    for command in ("summary", "show", "plot"):
        ended = run(command, digits, "--data", "mnst")
        assert (ended.code, "did you mean `mnist`?" in ended.err) == (2, True), command


def test_no_command_loads_tensorflow_by_being_imported() -> None:
    """It is loaded by the engine's start alone, which keeps back what TensorFlow prints."""
    program = (
        "import importlib, pkgutil, sys\n"
        "import nettool.cli\n"
        "for each in pkgutil.walk_packages(nettool.cli.__path__, 'nettool.cli.'):\n"
        "    importlib.import_module(each.name)\n"
        "    if {'tensorflow', 'keras'} & sys.modules.keys():\n"
        "        sys.exit(each.name)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
