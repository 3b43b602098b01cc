"""`nettool train` and `nettool evaluate`, end to end on the embedded digits."""

import csv
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from blank_pictures import blank_pictures
from checked_events import check_event
from command_line import Ended, run

pytestmark = pytest.mark.keras

CONFIGS = Path(__file__).parents[2] / "configs"

SPEC = """
name: small
data: {dataset: digits, limit: 200}
inputs: {image: [8, 8, 1]}
nodes:
  conv: {layer: Conv2D, filters: 4, kernel_size: 3, activation: relu}
  drop: {layer: Dropout, rate: 0.2}
  flat: {layer: Flatten}
  digit: {layer: Dense, units: 10, activation: softmax}
outputs: [digit]
losses: {digit: categorical_crossentropy}
metrics: {digit: accuracy}
train: {optimizer: {optimizer: Adam, learning_rate: 0.01}, epochs: 3, batch_size: 16, validation_split: 0.2}
expect: {parameters: 1490, test_accuracy: at least 0.2}
"""


@pytest.fixture
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SPEC.lstrip())
    return "small.yaml"


@dataclass(frozen=True, slots=True)
class FromAShell:
    """A run of a process of its own, with the seed 1."""

    ended: subprocess.CompletedProcess[str]
    run: Path


@pytest.fixture(scope="module")
def from_a_shell(tmp_path_factory: pytest.TempPathFactory) -> FromAShell:
    folder = tmp_path_factory.mktemp("from_a_shell")
    (folder / "small.yaml").write_text(SPEC.lstrip())
    command = [sys.executable, "-m", "nettool", "train", "small.yaml", "--seed", "1", "--quiet"]
    environment = {name: value for name, value in os.environ.items() if name != "TF_CPP_MIN_LOG_LEVEL"}
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment)
    return FromAShell(ended, folder / "runs/small/latest")


@pytest.fixture
def blank(monkeypatch: pytest.MonkeyPatch) -> None:
    """For runs of which the pictures are not looked at."""
    blank_pictures(monkeypatch)


def latest(name: str = "small") -> Path:
    return Path("runs", name, "latest")


def test_a_run_is_told_in_plain_lines_and_leaves_everything(spec: str) -> None:
    ended = run("train", spec)
    assert (ended.code, ended.err) == (0, "")
    # A slow machine says what it is making.
    lines = [line for line in ended.out.splitlines() if not line.endswith(" …")]
    assert lines[0].startswith(
        "run small: 1,490 parameters  samples: 160 train, 40 validation, 200 test  "
        "3 epochs of batches of 16  runs/small/"
    )
    assert [line.split()[1] for line in lines[1:4]] == ["1/3", "2/3", "3/3"]
    assert lines[4].startswith("test (200 samples)  loss ")
    assert lines[5].startswith("finished  after ")
    assert lines[6] == "expected parameters 1,490, measured 1,490: met"
    assert lines[7].endswith(": met")
    assert lines[8].startswith("best epoch: ")
    run_directory = lines[9].removeprefix("report: ").removesuffix("/report.html")
    assert (Path(run_directory) / "report.html").is_file()
    assert lines[10:] == [f"to see it: nettool report {run_directory} --open"]
    assert sorted(str(path.relative_to(latest().resolve())) for path in latest().resolve().rglob("*.*")) == [
        "checkpoints/best/model.keras",
        "checkpoints/best/state.npz",
        "checkpoints/last/model.keras",
        "checkpoints/last/state.npz",
        "checkpoints/previous/state.npz",
        "metrics.csv",
        "model.html",
        "model.svg",
        "observations.json",
        "plots/confusion.png",
        "plots/confusion.svg",
        "plots/curves.png",
        "plots/curves.svg",
        "plots/filters.svg",
        "preparation.json",
        "report.html",
        "resolved.yaml",
        "results.json",
        "run.json",
        "spec.yaml",
        "split.npz",
        "status.json",
        "summary.txt",
        "train.log",
    ]
    assert (latest() / "spec.yaml").read_text() == SPEC.lstrip()
    assert json.loads((latest() / "status.json").read_text())["state"] == "finished"
    with (latest() / "metrics.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["epoch", "loss", "accuracy", "val_loss", "val_accuracy", "learning_rate"]
    assert [row["epoch"] for row in rows] == ["1", "2", "3"]


@pytest.mark.usefixtures("blank")
def test_evaluating_a_run_gives_the_figures_of_its_end(spec: str) -> None:
    run("train", spec, "--quiet")
    told = json.loads((latest() / "results.json").read_text())["test"]
    ended = run("evaluate", "small", "--json")
    assert ended.code == 0
    facts = json.loads(ended.out)
    assert facts["figures"] == pytest.approx(told, rel=1e-6)
    assert (facts["checkpoint"], facts["part"], facts["samples"]) == ("last", "test", 200)
    assert run("evaluate", "small", "--checkpoint", "best").code == 0
    assert run("summary", "small").out.splitlines()[0] == "small"


@pytest.mark.usefixtures("blank")
def test_one_seed_gives_one_result_and_another_seed_another(spec: str, from_a_shell: FromAShell) -> None:
    for name, seed in (("b", "1"), ("c", "2")):
        assert run("train", spec, "--name", name, "--seed", seed, "--quiet").code == 0
    runs = {"a": from_a_shell.run, **{name: latest(name) for name in "bc"}}
    texts = {name: (run_of_it / "metrics.csv").read_text() for name, run_of_it in runs.items()}
    assert texts["a"] == texts["b"] != texts["c"]
    import keras

    weights = {
        name: keras.models.load_model(run_of_it / "checkpoints/last/model.keras").get_weights()
        for name, run_of_it in runs.items()
    }
    assert all(np.array_equal(a, b) for a, b in zip(weights["a"], weights["b"], strict=True))
    assert not all(np.array_equal(a, c) for a, c in zip(weights["a"], weights["c"], strict=True))


@pytest.mark.usefixtures("blank")
def test_the_resolved_spec_trains_to_the_same_end(spec: str) -> None:
    run("train", spec, "--quiet", "--set", "train.optimizer.learning_rate=0.01")
    first = (latest() / "metrics.csv").read_text()
    resolved = str((latest() / "resolved.yaml").resolve())
    run("train", resolved, "--quiet", "--name", "again")
    assert (latest("again") / "metrics.csv").read_text() == first
    overridden = (latest() / "resolved.yaml").read_text()
    without_comment = overridden.replace("  # learning_rate: set on the command line", "")
    assert without_comment != overridden
    assert (latest("again") / "resolved.yaml").read_text() == without_comment


@pytest.mark.usefixtures("blank")
def test_an_expectation_that_is_not_met_ends_with_3(spec: str) -> None:
    ended = run("train", spec, "--set", "expect.test_accuracy=at least 1")
    assert ended.code == 3
    assert ended.err.startswith("expected test_accuracy at least 1, measured 0.")
    assert ended.err.endswith(": not met\n")


@pytest.mark.usefixtures("blank")
def test_expectations_of_results_wait_when_training_was_overridden(spec: str) -> None:
    ended = run("train", spec, "--epochs", "1", "--set", "expect.test_accuracy=at least 1")
    assert (ended.code, ended.err) == (0, "")
    assert ": not checked: `train.epochs` was overridden\n" in ended.out


@pytest.mark.usefixtures("blank")
def test_the_digits_stand_in_for_any_image_set_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = run(
        "train", str(CONFIGS / "resnet.yaml"), "--data", "digits", "--set", "data.limit=64", "--epochs", "1"
    )
    assert (ended.code, ended.err) == (0, "")
    note = "note: the images of digits are resized from 8×8 to 32×32 and repeated to three channels"
    assert note in ended.out
    assert "not checked: --data digits was given" in ended.out
    facts = json.loads((latest("toy_resnet") / "run.json").read_text())
    assert facts["data"]["notes"][0].startswith("the images of digits are resized")


@pytest.mark.usefixtures("blank")
def test_events_as_json_lines(spec: str) -> None:
    ended = run("train", spec, "--json", "--epochs", "2")
    events = [json.loads(line) for line in ended.out.splitlines()]
    kinds = [event["event"] for event in events]
    assert {event["version"] for event in events} == {1}
    for event in events:
        check_event(event)
    assert kinds[0] == "run_started"
    keys = {event["event"]: " ".join(sorted(event.keys() - {"event", "version"})) for event in events}
    assert {kind: keys[kind] for kind in keys if kind != "working"} == {
        "run_started": "batch_size directory epochs name parameters samples trial",
        "epoch_started": "epoch epochs steps",
        "steps_done": "epoch figures step steps",
        "epoch_ended": "epoch epochs figures is_best learning_rate seconds",
        "evaluated": "figures left_out part samples seconds",
        "run_ended": "directory seconds status",
        "expectation": "figure held measured relation value why",
    }
    assert [kind for kind in kinds if kind not in ("steps_done", "epoch_started", "working")] == [
        "run_started",
        "epoch_ended",
        "epoch_ended",
        "evaluated",
        "run_ended",
        "expectation",
        "expectation",
    ]


@pytest.mark.usefixtures("blank")
def test_quiet_prints_nothing(spec: str) -> None:
    assert run("train", spec, "--quiet", "--epochs", "1") == Ended(0, "", "")


def test_no_run_is_called_latest(spec: str) -> None:
    """It would stand where the link to the newest run does."""
    Path("latest.yaml").write_text(Path(spec).read_text().replace("name: ", "meta: "))
    for arguments in (("latest.yaml",), (spec, "--name", "latest"), ("latest.yaml", "--dry-run")):
        ended = run("train", *arguments)
        assert ended.code == 2, ended
        assert "a run cannot be called `latest`, which means the newest run" in ended.err
    assert not Path("runs").exists()


def test_missing_data_end_with_4_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETTOOL_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.delenv("NETTOOL_DATA_DIR", raising=False)
    ended = run("train", str(CONFIGS / "mnist_mlp.yaml"), "--offline")
    assert ended.code == 4
    assert "mnist.npz" in ended.err
    assert "--data-dir" in ended.err
    assert "--data digits" in ended.err
    assert "Traceback" not in ended.err
    assert list(tmp_path.iterdir()) == []


def test_smoke_trains_several_and_names_what_fails(spec: str, tmp_path: Path) -> None:
    Path("wrong.yaml").write_text(SPEC.replace("units: 10", "unit: 10"))
    ended = run("train", "--smoke", spec, "wrong.yaml")
    assert ended.code == 2
    assert [line.split()[-1] for line in ended.out.splitlines()[1:]] == ["passed", "wrong", "failed"]
    assert "did you mean `units`?" in ended.err
    assert not Path("runs").exists()


def test_smoke_ends_with_1_when_a_sound_spec_does_not_train(spec: str) -> None:
    text = SPEC.replace("optimizer: Adam, learning_rate: 0.01", "optimizer: SGD, learning_rate: 1e30")
    Path("explodes.yaml").write_text(text.replace("relu", "linear"))
    ended = run("train", "--smoke", "explodes.yaml", spec)
    assert ended.code == 1
    assert ended.out.splitlines()[-1] == "1 passed, 1 failed"


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_keeps_the_run_and_ends_with_130(spec: str, name: signal.Signals) -> None:
    command = [sys.executable, "-m", "nettool", "train", spec, "--epochs", "100000", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line)["event"] == "epoch_ended":
            break
    os.kill(process.pid, name)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert json.loads((latest() / "status.json").read_text())["state"] == "interrupted"
    assert (latest() / "plots/curves.svg").exists()
    assert "stopped by the user" in (latest() / "report.html").read_text()
    assert (latest() / "checkpoints/last/model.keras").exists()


def test_the_start_is_silent(from_a_shell: FromAShell) -> None:
    ended = from_a_shell.ended
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
