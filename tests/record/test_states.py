"""The state file, and what is said when one is damaged."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nettool.record.checkpoints.state_file import StateDamaged, read_state, write_state
from nettool.record.checkpoints.states import best_state, last_state, save_state, state_path
from nettool.record.checkpoints.training_state import Identity, TrainingState
from nettool.record.events.events import EpochEnded
from nettool.record.events.position import Position
from nettool.record.run_damaged import CannotResume
from nettool.record.run_directory import RunDirectory

IDENTITY = Identity("sha256:0", {"mnist.npz": "sha256:1"}, {"keras": "3.15.1"})


def state(epoch: int = 2, step: int = 0, weight: Any = 1.5) -> TrainingState:
    return TrainingState(
        Position(epoch, step),
        {
            "model": (
                ("kernel", np.array([[weight, -0.0]], np.float32)),
                ("seed", np.array([3, 4], np.uint32)),
            ),
            "optimizer": (("iterations", np.array(7, np.int64)),),
            "draws": (),
        },
        {"BestEpoch": {"epoch": None, "lowest": float("inf")}},
        tuple(
            EpochEnded(number, 3, {"loss": 0.1, "val_loss": float("nan")}, 0.01, 2.5)
            for number in range(1, epoch + 1)
        ),
        12.5,
    )


@pytest.fixture
def run(tmp_path: Path) -> RunDirectory:
    return RunDirectory(tmp_path / "run")


def as_text(saved: TrainingState) -> str:
    arrays = {
        group: [(name, str(values.dtype), values.shape, values.tobytes()) for name, values in listed]
        for group, listed in saved.arrays.items()
    }
    return repr((saved.position, arrays, saved.callbacks, saved.history, saved.seconds, saved.is_over))


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "state.npz"
    write_state(path, state(), IDENTITY)
    read, identity = read_state(path)
    assert as_text(read) == as_text(state())
    assert identity == IDENTITY


def test_number_types_that_numpy_does_not_know_are_kept(tmp_path: Path) -> None:
    ml_dtypes = pytest.importorskip("ml_dtypes")
    values = np.array([1.0, -2.5], ml_dtypes.bfloat16)
    path = tmp_path / "state.npz"
    write_state(
        path,
        TrainingState(Position(), {"model": (("kernel", values),), "optimizer": (), "draws": ()}),
        IDENTITY,
    )
    ((_, read),) = read_state(path)[0].arrays["model"]
    assert (read.dtype, read.tobytes()) == (values.dtype, values.tobytes())


def test_numpy_opens_the_file(tmp_path: Path) -> None:
    path = tmp_path / "state.npz"
    write_state(path, state(), IDENTITY)
    with np.load(path) as opened:
        assert opened["model/0"].tolist() == [[1.5, -0.0]]
        assert json.loads(opened["state.json"])["position"] == {"epoch": 2, "step": 0}


def test_a_damage_anywhere_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "state.npz"
    write_state(path, state(), IDENTITY)
    sound = path.read_bytes()
    unnoticed = []
    for place in range(0, len(sound), 7):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 0x55]) + sound[place + 1 :])
        try:
            read, identity = read_state(path)
        except StateDamaged:
            continue
        if as_text(read) != as_text(state()) or identity != IDENTITY:
            unnoticed.append(place)
    for length in range(0, len(sound), 97):
        path.write_bytes(sound[:length])
        with pytest.raises(StateDamaged):
            read_state(path)
    assert unnoticed == []


def test_the_state_before_the_last_is_kept(run: RunDirectory) -> None:
    for epoch in (1, 2, 3):
        save_state(run, state(epoch), IDENTITY, is_best=epoch == 1)
    found = {
        which: read_state(state_path(run, which))[0].position.epoch for which in ("last", "previous", "best")
    }
    assert found == {"last": 3, "previous": 2, "best": 1}
    assert last_state(run)[0].position == Position(3)
    best = best_state(run)
    assert best is not None
    assert best.position == Position(1)


def test_where_files_cannot_be_linked_they_are_copied(
    run: RunDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    for epoch in (1, 2):
        save_state(run, state(epoch), IDENTITY, is_best=True)
    found = {
        which: read_state(state_path(run, which))[0].position.epoch for which in ("last", "previous", "best")
    }
    assert found == {"last": 2, "previous": 1, "best": 2}


def test_a_write_that_fails_leaves_the_last_state(run: RunDirectory, monkeypatch: pytest.MonkeyPatch) -> None:
    save_state(run, state(1), IDENTITY, is_best=True)

    def fail(path: Path, *_: object) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("nettool.record.checkpoints.states.write_state", fail)
    with pytest.raises(OSError, match="No space"):
        save_state(run, state(2), IDENTITY, is_best=True)
    assert last_state(run)[0].position == Position(1)
    assert sorted(path.name for path in run.path.rglob("*")) == [
        "best",
        "checkpoints",
        "last",
        *["state.npz"] * 2,
    ]


def damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def test_a_damaged_state_is_told_with_those_that_are_sound(run: RunDirectory) -> None:
    for epoch in (1, 2, 3):
        save_state(run, state(epoch), IDENTITY, is_best=epoch == 1)
    last, previous, best = (state_path(run, which) for which in ("last", "previous", "best"))
    damage(last)
    with pytest.raises(CannotResume) as told:
        last_state(run)
    assert str(told.value) == (
        f"{last} is damaged: it is cut off or not an archive; to resume from a sound state, copy it there: "
        f"{previous} (after 2 epochs), {best} (after 1 epoch)"
    )
    last.unlink()
    damage(previous)
    with pytest.raises(CannotResume) as told:
        last_state(run)
    assert str(told.value) == (
        f"{last} is missing; to resume from a sound state, copy it there: {best} (after 1 epoch)"
    )
    best.unlink()
    with pytest.raises(CannotResume, match="none of the run's states is sound"):
        last_state(run)
    assert best_state(run) is None


def test_a_run_that_ended_before_its_training_says_so(run: RunDirectory) -> None:
    run.path.mkdir()
    with pytest.raises(CannotResume, match="ended before anything was trained"):
        last_state(run)
