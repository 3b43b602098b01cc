"""`nettool train --resume`, end to end: stopped, killed, finished, damaged and changed runs."""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from blank_pictures import blank_pictures
from command_line import run

pytestmark = pytest.mark.keras

SPEC = """
name: small
data: {dataset: digits, limit: 200}
inputs: {image: [8, 8, 1]}
nodes:
  conv: {layer: Conv2D, filters: 4, kernel_size: 3, activation: relu}
  norm: {layer: BatchNormalization}
  drop: {layer: Dropout, rate: 0.2}
  flat: {layer: Flatten}
  digit: {layer: Dense, units: 10, activation: softmax}
outputs: [digit]
losses: {digit: categorical_crossentropy}
metrics: {digit: accuracy}
train:
  optimizer: {optimizer: Adam, learning_rate: 0.01, use_ema: true}
  epochs: 3
  batch_size: 16
  validation_split: 0.2
expect: {test_accuracy: at least 0.01}
"""


@pytest.fixture
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    blank_pictures(monkeypatch)
    Path("small.yaml").write_text(SPEC.lstrip())
    return "small.yaml"


STEPS_AT_ONCE = "nettool.engine.compile.compile_model.steps_per_execution", lambda *_: 2
"""So that an epoch of ten steps can be stopped in its midst."""


@pytest.fixture
def two_steps_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*STEPS_AT_ONCE)


def latest(name: str = "small") -> Path:
    return Path("runs", name, "latest").resolve()


def status(name: str = "small") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((latest(name) / "status.json").read_text())
    return found


def stop_after(monkeypatch: pytest.MonkeyPatch, executions: int) -> None:
    """Let the user ask for a stop during that execution of training steps."""
    from nettool.engine.stop_signal import Stopped
    from nettool.engine.train.callbacks.stop_on_request import StopOnRequest

    left = [executions]

    def count(self: StopOnRequest, batch: int, logs: object = None) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Stopped

    monkeypatch.setattr(StopOnRequest, "on_train_batch_end", count)


def outcome(name: str) -> dict[str, Any]:
    """All that a run came to, but for times."""
    import keras

    results = json.loads((latest(name) / "results.json").read_text())
    del results["timings"]
    models = {
        which: [
            weight.tobytes()
            for weight in keras.models.load_model(
                latest(name) / "checkpoints" / which / "model.keras"
            ).get_weights()
        ]
        for which in ("last", "best")
    }
    state = np.load(latest(name) / "checkpoints/last/state.npz")
    arrays = {member: state[member].tobytes() for member in state.files if member != "state.json"}
    return {
        "metrics": (latest(name) / "metrics.csv").read_text(),
        "results": results,
        "models": models,
        "state": arrays,
    }


@dataclass(frozen=True, slots=True)
class Whole:
    """A run that was never stopped."""

    outcome: dict[str, Any]
    resolved: str


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("whole"))
        blank_pictures(patch)
        patch.setattr(*STEPS_AT_ONCE)
        Path("small.yaml").write_text(SPEC.lstrip())
        assert run("train", "small.yaml", "--quiet").code == 0
        return Whole(outcome("small"), (latest() / "resolved.yaml").read_text())


@pytest.mark.usefixtures("two_steps_at_once")
def test_an_interrupted_run_goes_on_to_the_end_of_one_that_never_was(
    spec: str, whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        stop_after(patch, 8)
        assert run("train", spec, "--quiet").code == 130
    assert status()["state"] == "interrupted"
    with monkeypatch.context() as patch:
        stop_after(patch, 4)
        assert run("train", "--resume", "latest", "--quiet").code == 130
    ended = run("train", "--resume", "small")
    assert (ended.code, ended.err) == (0, "")
    assert "resumed after 2 epochs and 4 steps" in ended.out.splitlines()
    assert outcome("small") == whole.outcome
    assert status()["state"] == "finished"
    resumptions = json.loads((latest() / "run.json").read_text())["resumptions"]
    assert [(each["epochs"], each["steps"], each["until"]) for each in resumptions] == [(1, 6, 3), (2, 4, 3)]
    log = (latest() / "train.log").read_text()
    assert [line[21:].split("  ")[0] for line in log.splitlines() if "epoch " in line[:28]] == [
        "epoch 1/3",
        "epoch 2/3",
        "epoch 3/3",
    ]


@pytest.mark.usefixtures("two_steps_at_once")
def test_a_finished_run_is_extended_or_left_alone(spec: str, whole: Whole) -> None:
    assert run("train", spec, "--epochs", "2", "--quiet").code == 0
    before = (latest() / "status.json").read_bytes()
    for arguments in ((), ("--epochs", "2"), ("--epochs", "1")):
        ended = run("train", "--resume", "small", *arguments)
        assert (ended.code, ended.out) == (2, "")
        note, _, _, _, error = ended.err.splitlines(keepends=True)
        assert note + error == (
            f"note: small/{latest().name} is a trial (2 of 3 epochs); there is no other run\n"
            f"Error: {latest()} is finished: 2 epochs are done; `--epochs N` with an N above 2 resumes it\n"
        )
    assert (latest() / "status.json").read_bytes() == before
    assert run("train", "--resume", "small", "--epochs", "3", "--quiet").code == 0
    extended = outcome("small")
    (expectation,) = extended["results"].pop("expectations")
    assert (expectation["held"], expectation["why"]) == (None, "`train.epochs` was overridden")
    results = {name: value for name, value in whole.outcome["results"].items() if name != "expectations"}
    assert extended == {**whole.outcome, "results": results}
    extended_spec = whole.resolved.replace("epochs: 3\n", "epochs: 3  # set on the command line\n")
    assert (latest() / "resolved.yaml").read_text() == extended_spec


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.usefixtures("two_steps_at_once")
def test_a_damaged_state_is_an_error_until_a_sound_one_takes_its_place(
    spec: str, whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        stop_after(patch, 12)
        run("train", spec, "--quiet")
    checkpoints = latest() / "checkpoints"
    damage(checkpoints / "last/state.npz")
    ended = run("train", "--resume", "small")
    assert (ended.code, ended.out) == (1, "")
    assert f"{checkpoints}/last/state.npz is damaged" in ended.err
    assert f"{checkpoints}/previous/state.npz (after 2 epochs)" in ended.err
    assert status()["state"] == "interrupted"
    (checkpoints / "last/state.npz").write_bytes((checkpoints / "previous/state.npz").read_bytes())
    assert run("train", "--resume", "small", "--quiet").code == 0
    assert outcome("small") == whole.outcome


@pytest.mark.usefixtures("two_steps_at_once")
def test_another_spec_other_data_and_other_versions_are_told(
    spec: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        stop_after(patch, 2)
        run("train", spec, "--quiet")
    resolved = latest() / "resolved.yaml"
    text = resolved.read_text()
    resolved.write_text(text.replace("rate: 0.2", "rate: 0.3"))
    ended = run("train", "--resume", "small")
    told = "is not the one that was trained so far: `nodes.drop.rate` was 0.2 and is 0.3 now."
    assert (ended.code, told in ended.err) == (1, True)
    resolved.write_text(text)

    from nettool.jobs.identity import identity

    with monkeypatch.context() as patch:
        patch.setattr(identity, "_by_name", lambda checksums: {"digits of scikit-learn": "sha256:0"})
        ended = run("train", "--resume", "small")
    assert (ended.code, "digits of scikit-learn differs" in ended.err) == (1, True)
    assert status()["state"] == "interrupted"
    with monkeypatch.context() as patch:
        versions = {**identity.installed_versions(), "keras": "4.0"}
        patch.setattr(identity, "installed_versions", lambda _: versions)
        ended = run("train", "--resume", "small")
    assert (ended.code, ended.err) == (0, "")
    assert "resumes with 4.0: it may not come to the same bits" in ended.out


@pytest.mark.usefixtures("two_steps_at_once")
@pytest.mark.parametrize("is_former", [False, True])
def test_a_run_from_before_a_key_of_the_spec_existed_goes_on(
    spec: str, whole: Whole, monkeypatch: pytest.MonkeyPatch, is_former: bool
) -> None:
    from nettool.front_end import load
    from nettool.jobs.identity.saved_spec import spec_checksum
    from nettool.record.checkpoints.state_file import read_state, write_state

    with monkeypatch.context() as patch:
        stop_after(patch, 12)
        run("train", spec, "--quiet")
    resolved = latest() / "resolved.yaml"
    text = resolved.read_text().replace("  deterministic: false\n", "")
    resolved.write_text(text)
    path = latest() / "checkpoints/last/state.npz"
    state, identity = read_state(path)
    checksum = spec_checksum(text, load(resolved)[0].python)
    write_state(path, state, replace(identity, spec=checksum, resolved="" if is_former else text))
    ended = run("train", "--resume", "small", "--quiet")
    assert ended.code == 0, ended.err
    assert outcome("small") == whole.outcome
    assert resolved.read_text() == text
    _, kept = read_state(path)
    assert (kept.spec, kept.resolved) == (checksum, text)


def test_only_epochs_can_be_given_beside_resume(spec: str) -> None:
    for given, shown in (
        ((spec,), "a spec"),
        (("--seed", "3"), "--seed"),
        (("--set", "train.seed=1"), "--set"),
        (("--backend", "jax"), "--backend"),
    ):
        ended = run("train", "--resume", "small", *given)
        assert ended.code == 2
        assert f"so {shown} cannot be given; --epochs can" in ended.err
    assert "there is no run `small`" in run("train", "--resume", "small").err
    assert "Missing argument 'SPEC…'" in run("train").err


COMMAND = [sys.executable, "-m", "nettool", "train"]


def events(process: subprocess.Popen[str]) -> Any:
    assert process.stdout is not None
    return (json.loads(line) for line in process.stdout)


def test_a_run_that_was_stopped_and_then_killed_goes_on(spec: str) -> None:
    assert run("train", spec, "--name", "whole", "--epochs", "20", "--quiet").code == 0
    process = subprocess.Popen(
        [*COMMAND, spec, "--epochs", "20", "--json"], stdout=subprocess.PIPE, text=True
    )
    next(event for event in events(process) if event["event"] == "epoch_ended" and event["epoch"] == 3)
    # It holds on to the run while it sleeps, and is not at its end before it is stopped.
    process.send_signal(signal.SIGSTOP)
    ended = run("train", "--resume", "small")
    assert (ended.code, ended.out) == (1, "")
    assert f"is being used by another process (number {process.pid})" in ended.err
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGCONT)
    process.communicate()
    assert (process.returncode, status()["state"]) == (130, "interrupted")

    process = subprocess.Popen([*COMMAND, "--resume", "small", "--json"], stdout=subprocess.PIPE, text=True)
    next(event for event in events(process) if event["event"] == "epoch_ended" and event["epoch"] >= 6)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert status()["state"] == "running"
    recorded = (latest() / "metrics.csv").read_text()
    assert len(recorded.splitlines()) >= 7

    assert run("train", "--resume", "small", "--quiet").code == 0
    assert (latest() / "metrics.csv").read_text().startswith(recorded)
    assert outcome("small") == outcome("whole")
    assert not list(latest().rglob(".writing-*"))
