"""`nettool validate`: warnings, and the forms in which it tells."""

import json
from pathlib import Path

import pytest
from command_line import run

RESNET = str(Path(__file__).parents[2] / "configs" / "resnet.yaml")
DOUBTFUL = """
inputs: {image: [64]}
nodes:
  digit: {layer: Dense, units: 10}
outputs: [digit]
losses: {digit: categorical_crossentropy}
"""
WARNING = "`digit` has no activation, but `CategoricalCrossentropy` takes probabilities"


@pytest.fixture(autouse=True)
def in_a_folder_with_specs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("doubtful.yaml").write_text(DOUBTFUL.lstrip())
    Path("broken.yaml").write_text(DOUBTFUL.lstrip().replace("units", "unit"))
    Path("unmet.yaml").write_text(DOUBTFUL.lstrip() + "expect: {parameters: 1}\n")


def test_a_doubt_is_told_and_leaves_the_spec_sound() -> None:
    ended = run("validate", "doubtful.yaml")
    assert (ended.code, ended.out) == (0, "doubtful.yaml: sound, 1 node, 650 parameters\n")
    assert ended.err.startswith(f"warning[NT411]: {WARNING}\n --> doubtful.yaml:3:3\n")
    assert ended.err.endswith("\n1 warning\n`nettool explain NT411` says more\n")


def test_strict_takes_a_doubt_for_a_mistake() -> None:
    ended = run("validate", "--strict", "doubtful.yaml", RESNET)
    assert (ended.code, ended.out) == (2, f"{RESNET}: sound, 14 nodes, 223,242 parameters\n")
    assert ended.err.startswith(f"error[NT411]: {WARNING}\n")


def test_a_doubt_beside_an_unmet_expectation_leaves_it_unmet() -> None:
    assert run("validate", "unmet.yaml").code == 3
    assert run("validate", "unmet.yaml", "--strict").code == 2


def test_json_is_all_that_stands_on_standard_output() -> None:
    ended = run("validate", "--format", "json", RESNET, "doubtful.yaml", "broken.yaml", "nowhere.yaml")
    found = json.loads(ended.out)["diagnostics"]
    assert (ended.code, ended.err) == (2, "")
    assert [(each["code"], each["severity"], each["file"], each["line"]) for each in found] == [
        ("NT411", "warning", "doubtful.yaml", 3),
        ("NT212", "error", "broken.yaml", 3),
        ("NT100", "error", None, None),
    ]


def test_json_has_a_short_option() -> None:
    assert run("validate", "--json", "broken.yaml") == run("validate", "--format", "json", "broken.yaml")


def test_json_of_a_sound_spec_is_an_empty_list() -> None:
    ended = run("validate", "--format", "json", RESNET)
    assert (ended.code, json.loads(ended.out), ended.err) == (0, {"diagnostics": []}, "")


def test_github_gets_annotations() -> None:
    ended = run("validate", "--format", "github", RESNET, "broken.yaml")
    assert (ended.code, ended.err) == (2, "")
    assert ended.out == (
        "::error file=broken.yaml,line=3,col=25,endColumn=29,title=NT212::"
        "`Dense` has no option `unit`%0Ahelp: did you mean `units`?\n"
    )


@pytest.mark.parametrize(
    ("train", "command", "advice"),
    [
        ("{epochs: 3}", ("--set", "train.epoch=4"), "did you mean `epochs`?"),
        ("{epochs: 3}", ("--set", "train.num_epochs=4"), "did you mean `epochs`?"),
        ("{epochs: 3, epoch: 4}", (), "leave `epoch` out: `epochs` says it"),
        ("{epochs: 3, num_epochs: 4}", (), "leave `num_epochs` out: `epochs` says it"),
    ],
)
def test_a_misspelt_key_beside_the_right_one_is_put_right(
    tmp_path: Path, train: str, command: tuple[str, ...], advice: str
) -> None:
    spec = tmp_path / "net.yaml"
    nodes = "{digit: {layer: Dense, units: 10}}"
    spec.write_text(
        f"inputs: {{x: [64]}}\nnodes: {nodes}\noutputs: [digit]\ntrain: {train}\n", encoding="utf-8"
    )
    ended = run("validate", str(spec), *command)
    assert ended.code == 2
    assert f"= help: {advice}\n" in ended.out + ended.err
