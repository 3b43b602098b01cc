"""Runs that were cut short from outside of their spec do not pose as its results."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from blank_pictures import blank_pictures
from command_line import run
from small_runs import NOON, RESOLVED, write_run

from nettool.jobs.train.train import trial_of
from nettool.record.run_directory import RunDirectory
from nettool.record.runs.find_run import find_run
from nettool.spec.train.training import Training

SPEC = "name: x\ntrain: {epochs: 30, limit_steps: 900}\n"
TRIAL = "2 of 30 epochs"
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def both(name: str = "digits_mlp") -> tuple[RunDirectory, RunDirectory]:
    """A result, and after it a trial of the same name with a better loss."""
    result = write_run(Path("runs"), name=name)
    better = ({"loss": 0.1, "accuracy": 1.0, "val_loss": 0.01, "val_accuracy": 1.0},)
    return result, write_run(Path("runs"), name=name, at=LATER, trial=TRIAL, epochs=better)


@pytest.mark.parametrize(
    ("overrides", "training", "trial"),
    [
        ((), Training(epochs=30, limit_steps=900), None),
        (("train.epochs=2",), Training(epochs=2, limit_steps=900), "2 of 30 epochs"),
        (("train.epochs=30",), Training(epochs=30, limit_steps=900), None),
        (("train.epochs=60",), Training(epochs=60, limit_steps=900), None),
        (("train.batch_size=2",), Training(epochs=30, limit_steps=900), None),
        (("train.limit_steps=20",), Training(epochs=30, limit_steps=20), "at most 20 steps"),
        (("train.overfit=20",), Training(epochs=30, overfit=20), "overfit check on 20 samples"),
        ((), Training(overfit=20), "overfit check on 20 samples"),
        ((), Training(overfit=1), "overfit check on 1 sample"),
        (("train={epochs: 3}",), Training(epochs=3), "3 of 30 epochs"),
    ],
)
def test_a_run_that_its_spec_does_not_ask_for_is_a_trial(
    overrides: tuple[str, ...], training: Training, trial: str | None
) -> None:
    assert trial_of(training, overrides, SPEC, Path()) == trial


def test_epochs_that_a_spec_leaves_to_the_default_count_too() -> None:
    assert trial_of(Training(epochs=2), ("train.epochs=2",), "name: x\n", Path()) == "2 of 10 epochs"


@pytest.mark.parametrize("text", ["digits_mlp", "latest", "runs/digits_mlp"])
def test_names_and_latest_prefer_results(text: str, here: Path) -> None:
    result, trial = both()
    (here / "runs/digits_mlp/latest").unlink()
    assert find_run(Path("runs"), text) == RunDirectory(result.path.resolve())
    assert find_run(Path("runs"), str(trial.path)) == RunDirectory(trial.path.resolve())


def test_a_trial_that_is_taken_for_want_of_a_result_is_named(here: Path) -> None:
    trial = write_run(Path("runs"), trial=TRIAL)
    label = f"digits_mlp/{trial.path.name}"
    ended = run("report", "latest")
    assert ended.code == 0
    assert ended.err == f"note: {label} is a trial ({TRIAL}); there is no other run\n"
    assert run("report", label).err == ""
    assert f"A trial: {TRIAL}." in (trial.path / "report.html").read_text(encoding="utf-8")


def test_trials_are_marked_and_come_last(here: Path) -> None:
    result, trial = both()
    listed = run("runs", "--sort", "best").out.splitlines()[1:]
    assert [line.split()[0] for line in listed] == [
        f"digits_mlp/{each.path.name}" for each in (result, trial)
    ]
    assert "finished, trial" in listed[1]
    assert run("runs", "--newest").out.count("digits_mlp/") == 1
    assert result.path.name in run("runs", "--newest").out


def test_a_trial_and_other_data_are_not_starred(here: Path) -> None:
    result, trial = both()
    other = write_run(
        Path("runs"), name="other", resolved=RESOLVED.replace("dataset: digits", "dataset: mnist")
    )
    same = write_run(
        Path("runs"), name="same", test={"loss": 0.2, "accuracy": 0.9}, at=datetime(2025, 3, 1, 14)
    )
    assert (
        "no run is marked as the best: 2 is a trial" in run("compare", str(result.path), str(trial.path)).out
    )
    different = run("compare", str(result.path), str(other.path)).out
    assert "no run is marked as the best: they differ in data" in different
    assert "*" not in different
    assert "* the best of its line" in run("compare", str(result.path), str(same.path)).out


@pytest.mark.keras
def test_a_run_cut_short_is_recorded_as_a_trial_until_it_is_brought_to_its_end(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank_pictures(monkeypatch)
    Path("net.yaml").write_text(
        "name: net\ndata: {dataset: digits, limit: 100}\ninputs: {image: [64]}\n"
        "nodes: {digit: {layer: Dense, units: 10, activation: softmax}}\n"
        "outputs: [digit]\nlosses: {digit: categorical_crossentropy}\ntrain: {epochs: 3}\n"
    )
    assert run("train", "net.yaml").code == 0
    result = find_run(Path("runs"), "net")
    ended = run("train", "net.yaml", "--epochs", "1")
    assert "a trial (1 of 3 epochs), not a result of the spec" in ended.out
    assert (here / "runs/net/latest").resolve() == (result.path if result else None)
    (trial,) = (path for path in Path("runs/net").glob("2*") if result and path.resolve() != result.path)
    assert "finished, trial" in run("runs").out
    assert run("train", "--resume", str(trial), "--epochs", "3").code == 0
    assert "trial" not in run("runs").out
