"""Statistics of the weights that a run keeps: what they say, and which of its states they are taken from."""

from math import isnan
from pathlib import Path

import numpy as np
import pytest

from nettool.record.checkpoints.states import save_state, state_path
from nettool.record.checkpoints.training_state import Identity, NamedArrays, TrainingState
from nettool.record.checkpoints.weight_statistics import (
    BINS,
    WeightStatistics,
    kept_weights,
    variable_statistics,
)
from nettool.record.events.events import EpochEnded
from nettool.record.events.position import Position
from nettool.record.run_directory import RunDirectory

ARRAYS: NamedArrays = (
    ("res.1.conv_a/kernel", np.arange(48, dtype=np.float32).reshape(2, 2, 3, 4)),
    ("res.1.conv_a/bias", np.zeros(4, np.float32)),
    ("drop/seed_generator/seed_generator_state", np.zeros(2, np.int64)),
    ("seed_generator/seed_generator_state", np.zeros(2, np.int64)),
    ("read/forward_lstm/lstm_cell/kernel", np.ones((3, 8), np.float32)),
)


def saved(run: RunDirectory, epoch: int, *, is_best: bool) -> None:
    history = tuple(EpochEnded(number, epoch, {}, 0.1, 1.0) for number in range(1, epoch + 1))
    arrays = {"model": ARRAYS, "optimizer": (), "draws": (), "metrics": ()}
    state = TrainingState(Position(epoch), arrays, history=history)
    save_state(run, state, Identity("", {}, {}), is_best=is_best)


def test_figures_are_those_of_the_numbers() -> None:
    values = np.array([[-1.0, 0.0], [0.5, 1.5]], np.float32)
    found = variable_statistics("kernel", values)
    assert (found.name, found.shape, found.mean) == ("kernel", (2, 2), 0.25)
    assert (found.lowest, found.highest, found.standard_deviation) == (-1.0, 1.5, pytest.approx(values.std()))
    places = {0: 1, 9: 1, 14: 1, 23: 1}  # of 24 parts of 2.5 / 24 each: 0, 9.6, 14.4 and the end
    assert found.counts == tuple(places.get(place, 0) for place in range(BINS))


def test_equal_numbers_are_one_part_and_numbers_that_are_not_finite_do_not_count() -> None:
    assert variable_statistics("bias", np.full(3, 2.0)) == WeightStatistics(
        "bias", (3,), 2.0, 0.0, 2.0, 2.0, (3,)
    )
    assert variable_statistics("bias", np.array([np.nan, 1.0, 3.0, np.inf])).counts[:: BINS - 1] == (1, 1)
    nothing = variable_statistics("bias", np.array([np.nan]))
    assert isnan(nothing.mean) and nothing.counts == ()


def test_the_best_epoch_counts_and_seeds_are_no_weights(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    saved(run, 3, is_best=True)
    saved(run, 4, is_best=False)
    kept = kept_weights(run)
    assert kept is not None
    assert kept.of == "best epoch (3)"
    assert {node: [each.name for each in figures] for node, figures in kept.by_node.items()} == {
        "res.1.conv_a": ["kernel", "bias"],
        "read": ["forward_lstm/lstm_cell/kernel"],
    }


def test_without_a_best_epoch_it_is_the_last_and_without_any_there_is_nothing(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    assert kept_weights(run) is None
    saved(run, 4, is_best=False)
    kept = kept_weights(run)
    assert kept is not None and kept.of == "last epoch (4)"
    state_path(run, "last").write_bytes(b"cut off")
    assert kept_weights(run) is None
