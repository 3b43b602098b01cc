"""`--diagnostics` and `--strict`: how commands that do something else than checking tell what they found."""

import json
from pathlib import Path

import pytest
from command_line import run

DOUBTFUL = """\
inputs: {image: [64]}
nodes:
  digit: {layer: Dense, units: 10}
outputs: [digit]
losses: {digit: categorical_crossentropy}
"""
WARNING = (
    "::warning file=doubtful.yaml,line=3,col=3,endColumn=8,title=NT411::"
    "`digit` has no activation, but `CategoricalCrossentropy` takes probabilities%0Agives any numbers%0A"
    "doubtful.yaml:5:17: takes probabilities%0A"
    "help: write `activation: softmax`, or give the loss `from_logits: true`\n"
)
ERROR = (
    "::error file=broken.yaml,line=3,col=25,endColumn=29,title=NT212::"
    "`Dense` has no option `unit`%0Ahelp: did you mean `units`?\n"
)
LOOKING = (["summary"], ["summary", "--json"], ["show"], ["plot", "-o", "net.svg"])


@pytest.fixture(autouse=True)
def in_a_folder_with_specs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("doubtful.yaml").write_text(DOUBTFUL)
    Path("broken.yaml").write_text(DOUBTFUL.replace("units", "unit"))


@pytest.mark.parametrize("command", [*LOOKING, ["train"], ["train", "--smoke", "--quiet"]], ids=" ".join)
def test_a_mistake_is_told_in_the_form_that_was_asked_for(command: list[str]) -> None:
    ended = run(*command, "--diagnostics", "github", "broken.yaml")
    assert (ended.code, ended.out, ended.err) == (2, "", ERROR)
    ended = run(*command, "--diagnostics", "json", "broken.yaml")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    (found,) = json.loads(ended.err)["diagnostics"]
    assert (found["code"], found["file"], found["line"], found["column"]) == ("NT212", "broken.yaml", 3, 25)
    ended = run(*command, "--diagnostics", "text", "broken.yaml")
    assert ended == run(*command, "broken.yaml")
    assert ended.err.startswith("error[NT212]: ")


@pytest.mark.parametrize("command", LOOKING, ids=" ".join)
def test_a_doubt_leaves_standard_output_to_the_command(command: list[str]) -> None:
    plain = run(*command, "doubtful.yaml")
    ended = run(*command, "--diagnostics", "github", "doubtful.yaml")
    assert (ended.code, ended.out, ended.err) == (0, plain.out, WARNING)
    found = json.loads(run(*command, "--diagnostics", "json", "doubtful.yaml").err)
    assert [each["severity"] for each in found["diagnostics"]] == ["warning"]


@pytest.mark.parametrize("command", [["train"], ["train", "--smoke", "--quiet"]], ids=" ".join)
def test_strict_training_refuses_a_doubt(command: list[str]) -> None:
    text = DOUBTFUL + "data: digits\ntrain: {epochs: 1}\n"
    Path("doubtful.yaml").write_text(text)
    ended = run(*command, "--strict", "--diagnostics", "github", "doubtful.yaml")
    assert (ended.code, ended.out, ended.err) == (2, "", WARNING.replace("::warning", "::error"))
    assert not Path("runs").exists()


@pytest.mark.keras
def test_a_doubt_is_told_in_a_smoke_run_and_does_not_end_it() -> None:
    ended = run("train", "--smoke", "--diagnostics", "github", "doubtful.yaml")
    assert (ended.code, ended.err) == (0, WARNING)
    assert ended.out.splitlines()[-1] == "1 passed, 0 failed"


@pytest.mark.keras
def test_a_strict_smoke_run_does_not_miss_the_data() -> None:
    text = DOUBTFUL.replace("10}", "10, activation: softmax}") + "data: {arrays: nowhere.npz}\n"
    Path("doubtful.yaml").write_text(text)
    assert run("validate", "doubtful.yaml").err.startswith("warning[NT509]: ")
    ended = run("train", "--smoke", "--strict", "--quiet", "doubtful.yaml")
    assert (ended.code, ended.err) == (0, "")


@pytest.mark.keras
def test_what_keras_refuses_is_told_at_its_node() -> None:
    Path("words.txt").write_text("3\n3\n")  # a file is left to Keras
    Path("words.yaml").write_text(
        "inputs: {x: [4]}\n"
        "nodes:\n  words: {layer: IntegerLookup, vocabulary: words.txt}\n  out: {layer: Dense, units: 1}\n"
        "outputs: [out]\nlosses: {out: mse}\n"
    )
    ended = run("train", "--smoke", "--diagnostics", "github", "words.yaml")
    assert ended.code == 1
    assert ended.err.startswith("::error file=words.yaml,line=3,col=3,endColumn=8,title=NT701::")


@pytest.mark.keras
def test_evaluating_what_is_no_sound_spec_any_more_is_told_likewise() -> None:
    text = DOUBTFUL + "name: small\ndata: {dataset: digits, limit: 40}\ntrain: {epochs: 1}\n"
    Path("doubtful.yaml").write_text(text)
    assert run("train", "--quiet", "doubtful.yaml").code == 0
    resolved = Path("runs/small/latest/resolved.yaml").resolve()
    resolved.write_text(resolved.read_text().replace("units:", "unit:"))
    ended = run("evaluate", "--diagnostics", "json", "small")
    assert ended.code == 2
    assert [each["code"] for each in json.loads(ended.err)["diagnostics"]] == ["NT212"]
