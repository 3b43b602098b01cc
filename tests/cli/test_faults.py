"""What a machine can do to a run: a full disk, a folder that cannot be written to or is gone, impatient users."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from blank_pictures import blank_pictures
from command_line import Ended, run
from trained_once import TrainedOnce

from nettool.record.checkpoints.state_file import read_state

pytestmark = pytest.mark.keras

SPEC = """
name: small
data: {dataset: digits, limit: 64}
inputs: {image: [64]}
nodes:
  digit: {layer: Dense, units: 10, activation: softmax}
outputs: [digit]
losses: {digit: categorical_crossentropy}
metrics: {digit: accuracy}
train: {epochs: 2, batch_size: 32, validation_split: 0.25}
"""


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blank_pictures(monkeypatch)
    Path("small.yaml").write_text(SPEC.lstrip())


def latest() -> Path:
    return Path("runs/small/latest").resolve()


def status() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((latest() / "status.json").read_text())
    return found


class FullDisk:
    """From one of the writes on there is no room for another file, or for more in one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, room_for: int) -> None:
        from nettool.record.disk import append, atomic

        self.left = room_for
        reach_the_disk, append_text = atomic._reach_the_disk, append.append_text

        def whole(path: Path) -> None:
            self._write()
            reach_the_disk(path)

        def more(path: Path, text: str, *, durably: bool = False) -> None:
            self._write()
            append_text(path, text, durably=durably)

        monkeypatch.setattr(atomic, "_reach_the_disk", whole)
        monkeypatch.setattr("nettool.record.files.metrics_file.append_text", more)
        monkeypatch.setattr("nettool.record.events.log.append_text", more)

    def _write(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def train() -> Ended:
    return run("train", "small.yaml")


def train_with_room_for(room: int, train: Callable[[], Ended] = train) -> tuple[Ended, int]:
    with pytest.MonkeyPatch.context() as patch:
        disk = FullDisk(patch, room)
        return train(), disk.left


def test_a_disk_that_is_full_ends_the_run_with_a_true_status_and_the_run_can_go_on() -> None:
    ended, left = train_with_room_for(1000)
    assert ended.code == 0
    writes, whole = 1000 - left, (latest() / "metrics.csv").read_text()
    for room in (1, writes // 3, writes // 2):
        ended, _ = train_with_room_for(room)
        assert (ended.code, status()["state"]) == (1, "failed"), room
        assert "nothing more could be written to runs/small/" in ended.err
        assert "No space left on device" in ended.err
        assert "No space left on device" in status()["why"]
        assert ended.out.splitlines()[-1].startswith("failed  after ")
        assert not list(latest().rglob(".writing-*"))
        for path in latest().glob("checkpoints/*/state.npz"):
            read_state(path)
        metrics = latest() / "metrics.csv"
        assert not metrics.exists() or metrics.read_text().endswith("\n")
    directory = f"runs/small/{latest().name}"
    assert f"free some space, and `nettool train --resume {directory}` resumes after " in ended.err
    assert run("train", "--resume", directory, "--quiet").code == 0
    assert ((latest() / "metrics.csv").read_text(), status()["state"]) == (whole, "finished")


def test_a_run_whose_results_are_safe_is_finished_however_little_room_there_is_for_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = partial(TrainedOnce(tmp_path, "small.yaml").again, monkeypatch)
    _, left = train_with_room_for(1000, again)
    writes, results = 1000 - left, json.loads((latest() / "results.json").read_text())
    states = []
    for missing in range(1, 13):
        ended, _ = train_with_room_for(writes - missing, again)
        states.append(status()["state"])
        assert (ended.code, ended.err) == (0, "") or states[-1] == "failed"
        if states[-1] == "finished":
            found = json.loads((latest() / "results.json").read_text())
            assert {**found, "timings": 0} == {**results, "timings": 0}
    # The log of the end, the report, results with all timings, observations, four pictures, the status …
    assert states.index("failed") >= 9


def test_text_is_appended_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nettool.record.disk.append import append_text

    path = tmp_path / "rows.csv"
    append_text(path, "one\n", durably=True)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            append_text(path, "two\n", durably=True)
    append_text(path, "three\n")
    assert path.read_text() == "one\nthree\n"


def test_a_runs_folder_that_cannot_be_written_to_is_told_before_tensorflow_is_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("started")

    monkeypatch.setattr("nettool.jobs.train.train.start_engine", refused)
    with monkeypatch.context() as patch:
        patch.setattr("os.access", lambda path, mode: mode == os.R_OK)
        ended = run("train", "small.yaml", "--runs-dir", "new/runs")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "error: cannot use `new/runs`: it cannot be written to\n"
    Path("file").touch()
    ended = run("train", "small.yaml", "--runs-dir", "file/runs")
    assert (ended.code, ended.err) == (1, "error: cannot use `file/runs`: Not a directory\n")


def test_a_run_directory_that_vanishes_is_told_and_not_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    from nettool.jobs.run.checkpoints import RunCheckpoints

    keep = RunCheckpoints.state
    saved: list[Path] = []

    def state(self: RunCheckpoints, *arguments: Any, **options: Any) -> None:
        keep(self, *arguments, **options)
        saved.append(self.run.path)
        if len(saved) == 2:
            shutil.rmtree(self.run.path)

    monkeypatch.setattr(RunCheckpoints, "state", state)
    ended = run("train", "small.yaml")
    assert ended.code == 1
    (directory,) = set(saved)
    assert ended.err.endswith(
        f"error: the run directory {os.path.relpath(directory)} is gone: the run was stopped\n"
    )
    assert not directory.exists()
    assert len(saved) == 2


def test_a_loss_that_is_no_number_is_told_with_its_node_and_the_last_sound_state_is_kept() -> None:
    ended = run("train", "small.yaml", "--set", "train.optimizer={optimizer: SGD, learning_rate: 3e37}")
    assert ended.code == 1
    assert "note: the loss became inf in epoch 1, by step 2 of 2; going through 2 steps again" in ended.out
    lines = ended.err.splitlines()
    assert lines[0] == "error: the loss became inf in epoch 1, step 2 of 2"
    assert lines[1].startswith(
        "  first: CategoricalCrossentropy is inf at `digit` (Dense), where all is finite"
    )
    assert lines[2].startswith(
        "  help: numbers so large mean that training has diverged: a lower learning rate "
    )
    assert [line.split(":")[0] for line in lines] == ["error", "  first", "  help", "  kept"]
    assert (status()["state"], status()["why"]) == ("failed", ended.err.removeprefix("error: ").strip())
    assert "the loss became inf in epoch 1, step 2 of 2" in (latest() / "train.log").read_text()
    state, _ = read_state(latest() / "checkpoints/last/state.npz")
    assert all(np.isfinite(values).all() for _, values in state.arrays["model"])

    again = run("train", "--resume", "latest")
    assert again.code == 1
    assert "note: the run had failed: the loss became inf in epoch 1, step 2 of 2; where nothing" in again.out
    assert again.err == ended.err


def test_memory_that_is_not_enough_for_a_step_is_told_with_a_batch_size_that_would_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from tensorflow.errors import ResourceExhaustedError

    def too_much(*_: object) -> None:
        raise ResourceExhaustedError(
            None, None, "OOM when allocating tensor with shape[32,64] and type float"
        )

    monkeypatch.setattr("nettool.engine.devices.out_of_memory.available_memory", lambda: 20_000)
    monkeypatch.setattr("nettool.engine.train.training.train_epochs", too_much)
    ended = run("train", "small.yaml")
    assert ended.code == 1
    # 4 bytes each: 64 + 10 numbers of a sample, 2 × 64 gradients of them, and 650 gradients of weights.
    takes = (
        "takes about 0 MiB (activations 0 MiB, gradients 0 MiB), and 0 MiB are free: batches of 16 should fit"
    )
    assert f"note: a batch of 32 samples {takes}: `--batch-size 16`" in ended.out
    assert ended.err.splitlines() == [
        "error: the memory is not enough to train on batches of 32 samples",
        "  needed: about 0 MiB besides what is there already (activations 0 MiB, gradients 0 MiB), and 0 MiB are "
        "free",
        "  help: batches of 16 should fit: `--batch-size 16`",
        "  kept: the last state; a resumed run would need as much again",
    ]
    assert (status()["state"], status()["why"]) == ("failed", ended.err.removeprefix("error: ").strip())
    assert not list(latest().rglob(".writing-*"))


def test_data_that_do_not_fit_into_the_memory_are_told_before_anything_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def too_much(*_: object, **__: object) -> None:
        np.zeros(1 << 50)

    monkeypatch.setattr("nettool.jobs.run.prepare.only_few", too_much)
    ended = run("train", "small.yaml", "--overfit", "20")
    assert ended.code == 1
    assert ended.err.startswith("error: the memory is not enough for the data, and ")
    assert ended.err.endswith("  help: `--set data.limit=N` takes only N samples of each part\n")
    assert not Path("runs").exists()


SLOW_STEP = """
import sys, time
from nettool.cli.main import main
from nettool.engine.train.callbacks import progress
from nettool.engine.train.callbacks import stop_on_request

def one_long_step(self, batch, logs=None):
    print("in a step", flush=True)
    {step}

stop_on_request.StopOnRequest.on_train_batch_end = one_long_step
sys.argv = ["nettool", "train", "small.yaml", "--quiet"]
main()
"""
WITHIN_PYTHON = "time.sleep(60)"
WITHIN_ONE_OPERATION = "__import__('hashlib').pbkdf2_hmac('sha256', b'', b'', 500_000_000)"
"""Python runs no handler until it is over, as within a step of TensorFlow's."""


@pytest.mark.parametrize("step", [WITHIN_PYTHON, WITHIN_ONE_OPERATION])
def test_a_second_interrupt_stops_at_once_whatever_is_being_done(step: str) -> None:
    command = [sys.executable, "-c", SLOW_STEP.format(step=step)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "in a step\n"
    os.kill(process.pid, signal.SIGINT)
    time.sleep(0.2)
    os.kill(process.pid, signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.endswith("error: interrupted\n")
    assert "Traceback" not in err
    assert (status()["state"], status()["why"]) == ("interrupted", "stopped at once by the user")
