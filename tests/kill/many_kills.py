"""Kill runs with SIGKILL at random moments, resume each, and compare what they come to bit for bit.

Run `python tests/kill/many_kills.py [KILLS] [SECONDS]`: so many kills (100), or as many as fit in that time. A small
network trains on the embedded digits with everything that has a memory: Dropout, BatchNormalization, random
augmentation, Adam on a schedule, averaged weights. A run is killed and resumed until it ends by itself; then
another one begins. The workers are forks of one process that has loaded TensorFlow but not used it.
"""

import contextlib
import io
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from nettool.cli.main import cli
from nettool.cli.output.error_handler import guarded
from nettool.engine.devices.start import start

SPEC = """
name: killed
data: {dataset: digits, limit: 60, augment: [{layer: RandomTranslation, height_factor: 0.1, width_factor: 0.1}]}
inputs: {image: [8, 8, 1]}
nodes:
  conv: {layer: Conv2D, filters: 8, kernel_size: 3, activation: relu}
  norm: {layer: BatchNormalization}
  drop: {layer: Dropout, rate: 0.2}
  flat: {layer: Flatten}
  hidden: {layer: Dense, units: 64, activation: relu}
  digit: {layer: Dense, units: 10, activation: softmax}
outputs: [digit]
losses: {digit: categorical_crossentropy}
metrics: {digit: accuracy}
train:
  optimizer:
    optimizer: Adam
    learning_rate: {schedule: CosineDecay, initial_learning_rate: 0.01, decay_steps: 2000}
    use_ema: true
  epochs: 50
  batch_size: 4
  validation_split: 0.2
"""
STEPS_AT_ONCE = 4
WHILE_SAVING = 0.4
"""The share of kills that then wait for the next save, and hit it."""
SOON = 1.0
"""Within so many seconds after its first save a worker is killed, mostly."""
AFTER_A_SAVE = 0.8
"""The share of kills that wait until training has begun: the start takes longer than training itself."""
SECONDS_BETWEEN_SAVES = 0.0
"""Within an epoch, instead of minutes: a state is saved after every execution, which takes longer than that."""


def main(kills: int, seconds: float) -> int:
    started = time.monotonic()
    start()
    random.seed(0)
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("killed.yaml").write_text(SPEC.lstrip())
        begun = time.monotonic()
        assert finish(worker("train", "killed.yaml", "--name", "whole", "--quiet")) == 0
        length = time.monotonic() - begun
        print(f"a run that is left alone takes {length:.1f} s", flush=True)
        expected = outcome("whole")
        while tally.kills < kills and time.monotonic() - started < seconds:
            one_run(tally, length)
            if outcome("killed") == expected:
                tally.same += 1
            else:
                tally.lost.append(f"{latest('killed')} came to something else")
            print(tally.line(time.monotonic() - started), flush=True)
    print(tally.line(time.monotonic() - started))
    for text in tally.lost:
        print(text)
    return 1 if tally.lost else 0


@dataclass
class Tally:
    """What happened so far."""

    kills: int = 0
    same: int = 0
    where: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)

    def line(self, seconds: float) -> str:
        places = ", ".join(f"{count} {place}" for place, count in self.where.most_common())
        return f"{self.kills} kills in {seconds:.0f} s ({places}); {self.same} finished runs the same, {len(self.lost)} lost"


def one_run(tally: Tally, length: float) -> None:
    """Train a run, however often it is killed, to its end."""
    arguments: Sequence[str] = ("train", "killed.yaml", "--quiet")
    begun = len(list(Path("runs/killed").glob("2*")))
    while True:
        code = killed(worker(*arguments), length, begun)
        if code == -signal.SIGKILL:
            tally.kills += 1
        elif code == 0:
            return
        else:
            tally.lost.append(f"{latest('killed')}: `{' '.join(arguments)}` ended with {code}")
            return
        if len(list(Path("runs/killed").glob("2*"))) == begun:
            tally.where["before there was a run"] += 1
            continue
        if is_finished(latest("killed")):
            tally.where["while drawing the report"] += 1
            return
        place = moment(latest("killed"))
        tally.where[place] += 1
        if place == "before its first state":
            begun += 1
            continue
        arguments = ("train", "--resume", "killed", "--quiet")


def is_finished(run: Path) -> bool:
    status = run / "status.json"
    return status.exists() and json.loads(status.read_text())["state"] == "finished"


def moment(run: Path) -> str:
    """What a run was doing when it was killed, as its directory shows."""
    if not (run / "checkpoints/last/state.npz").exists():
        return "before its first state"
    if any((run / "checkpoints").rglob(".writing-*")):
        return "while saving a checkpoint"
    if any(run.rglob(".writing-*")):
        return "while writing another file"
    with np.load(run / "checkpoints/last/state.npz") as state:
        position = json.loads(state["state.json"])["position"]
    return "after the last epoch" if position["epoch"] == 50 else "in training"


def worker(*arguments: str) -> int:
    """The number of a new process that runs this command."""
    process = os.fork()
    if process:
        return process
    from nettool.engine.compile import compile_model as compiling
    from nettool.engine.train.callbacks import state_saving

    compiling.steps_per_execution = lambda *_: STEPS_AT_ONCE
    state_saving.SECONDS_BETWEEN = SECONDS_BETWEEN_SAVES
    out = io.StringIO()
    code = 70
    try:
        with contextlib.redirect_stdout(out):
            code = guarded(lambda: cli.main(list(arguments), prog_name="nettool", standalone_mode=False))
    finally:
        os._exit(code)


def killed(process: int, length: float, runs: int) -> int:
    """Kill it at its time, at any moment or soon after a first save; the exit code, of its own if it was quicker."""
    end = time.monotonic() + random.uniform(0, length)
    waits = random.random() < AFTER_A_SAVE
    before = saved(runs)
    while waits or time.monotonic() < end:
        if os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return finish(process)
        if waits and saved(runs) != before:
            waits, end = False, time.monotonic() + random.uniform(0, SOON)
        time.sleep(0.002)
    if random.random() < WHILE_SAVING:
        await_a_save(runs)
    os.kill(process, signal.SIGKILL)
    return finish(process)


def await_a_save(runs: int) -> None:
    """Return when the newest run begins to write a checkpoint, or a second later, and some milliseconds on."""
    end = time.monotonic() + 1
    for run in sorted(Path("runs/killed").glob("2*"))[runs:]:
        while time.monotonic() < end and not any((run / "checkpoints").glob("last/.writing-*")):
            time.sleep(0.0002)
    time.sleep(random.uniform(0, 0.01))


def saved(runs: int) -> float | None:
    """When the newest run, if it is a new one beside so many, saved its last state."""
    found = sorted(Path("runs/killed").glob("2*"))[runs:]
    with contextlib.suppress(IndexError, FileNotFoundError):
        return (found[-1] / "checkpoints/last/state.npz").stat().st_mtime
    return None


def finish(process: int) -> int:
    """The exit code of a process that is left to end by itself."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def latest(name: str) -> Path:
    return Path("runs", name, "latest").resolve()


def outcome(name: str) -> dict[str, object]:
    """All that a run came to, but for times: figures, results, arrays of its states and models."""
    run = latest(name)
    results = json.loads((run / "results.json").read_text())
    del results["timings"]
    found: dict[str, object] = {"metrics": (run / "metrics.csv").read_text(), "results": results}
    for which in ("last", "best"):
        with np.load(run / "checkpoints" / which / "state.npz") as state:
            found[which] = {name: state[name].tobytes() for name in state.files if name != "state.json"}
        found[f"{which} model"] = weights(run / "checkpoints" / which / "model.keras")
    return found


def weights(model: Path) -> dict[str, bytes]:
    """The arrays in a `.keras` file by their place, read without Keras."""
    import zipfile

    import h5py

    found: dict[str, bytes] = {}

    def note(name: str, item: object) -> None:
        if isinstance(item, h5py.Dataset):
            found[name] = item[()].tobytes()

    with zipfile.ZipFile(model) as archive, h5py.File(io.BytesIO(archive.read("model.weights.h5"))) as file:
        file.visititems(note)
    return found


if __name__ == "__main__":
    sys.exit(main(*(int(text) for text in (*sys.argv[1:], "100", "3600")[:2])))
