import json
from datetime import datetime
from math import nan
from pathlib import Path
from typing import get_args

import pytest

from nettool.record.events.event_text import event_text, number_text, seconds_text
from nettool.record.events.events import (
    EpochEnded,
    EpochStarted,
    Evaluated,
    Event,
    Note,
    RunEnded,
    RunResumed,
    RunStarted,
    StepsDone,
    Working,
    event_facts,
)
from nettool.record.events.log import TrainLog, log_path
from nettool.record.run_directory import RunDirectory

RUN = (
    RunStarted("mlp", "runs/mlp/20250301-120000", {"training": 1437, "test": 360}, 3466, 12, 32),
    RunResumed(2, 30),
    Note("images were\n  resized to 8×8"),
    EpochStarted(1, 12, 45),
    StepsDone(1, 20, 45, {"loss": 0.5}),
    EpochEnded(3, 12, {"loss": 0.12, "accuracy": 0.96444, "val_loss": 0.1317}, 0.001, 2.14),
    Evaluated("test", 10_000, {"loss": 0.1, "accuracy": 0.97}, 0.4),
    Working("making the report"),
    RunEnded("finished", "runs/mlp/20250301-120000", 65.2),
)


def test_a_run_reads_like_this_line_by_line() -> None:
    assert [event_text(event) for event in RUN] == [
        "run mlp: 3,466 parameters  samples: 1,437 training, 360 test  "
        "12 epochs of batches of 32  runs/mlp/20250301-120000",
        "resumed after 2 epochs and 30 steps",
        "note: images were resized to 8×8",
        None,
        None,
        "epoch  3/12  loss 0.1200  accuracy 0.9644  val_loss 0.1317  2.1 s",
        "test (10,000 samples)  loss 0.1000  accuracy 0.9700  0.4 s",
        None,
        "finished  after 1 min 05 s  runs/mlp/20250301-120000",
    ]


def test_a_run_as_facts() -> None:
    assert [event_facts(event) for event in RUN] == [
        {
            "event": "run_started",
            "name": "mlp",
            "directory": "runs/mlp/20250301-120000",
            "samples": {"training": 1437, "test": 360},
            "parameters": 3466,
            "epochs": 12,
            "batch_size": 32,
            "trial": None,
        },
        {"event": "run_resumed", "epochs": 2, "step": 30},
        {"event": "note", "text": "images were\n  resized to 8×8"},
        {"event": "epoch_started", "epoch": 1, "epochs": 12, "steps": 45},
        {"event": "steps_done", "epoch": 1, "step": 20, "steps": 45, "figures": {"loss": 0.5}},
        {
            "event": "epoch_ended",
            "epoch": 3,
            "epochs": 12,
            "figures": {"loss": 0.12, "accuracy": 0.96444, "val_loss": 0.1317},
            "learning_rate": 0.001,
            "seconds": 2.14,
            "is_best": False,
        },
        {
            "event": "evaluated",
            "part": "test",
            "samples": 10_000,
            "figures": {"loss": 0.1, "accuracy": 0.97},
            "seconds": 0.4,
            "left_out": 0,
        },
        {"event": "working", "what": "making the report"},
        {
            "event": "run_ended",
            "status": "finished",
            "directory": "runs/mlp/20250301-120000",
            "seconds": 65.2,
        },
    ]


def test_every_kind_of_event_is_told_above() -> None:
    assert {type(event) for event in RUN} == set(get_args(Event))


def test_a_figure_that_is_not_finite_is_null_in_the_facts_and_nan_in_the_text() -> None:
    ended = EpochEnded(1, 1, {"loss": nan}, 0.1, 1.0)
    assert json.loads(json.dumps(event_facts(ended), allow_nan=False))["figures"] == {"loss": None}
    assert event_text(ended) == "epoch 1/1  loss nan  1.0 s"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.12, "0.1200"),
        (0.0, "0.0000"),
        (1.0, "1.0000"),
        (-2.5, "-2.5000"),
        (0.001, "0.0010"),
        (0.000_999, "9.990e-04"),
        (99_999.0, "99999.0000"),
        (123_456.0, "1.235e+05"),
    ],
)
def test_a_figure_has_four_digits_that_say_something(value: float, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.04, "0.0 s"),
        (59.94, "59.9 s"),
        (59.96, "1 min 00 s"),
        (119.6, "2 min 00 s"),
        (3599.4, "59 min 59 s"),
        (3600, "1 h 00 min"),
        (7384, "2 h 03 min"),
    ],
)
def test_a_time_is_told_as_people_say_it(seconds: float, text: str) -> None:
    assert seconds_text(seconds) == text


def test_the_log_keeps_each_line_with_its_time_at_once(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    log = TrainLog(run, clock=lambda: datetime(2025, 3, 1, 12, 0, 0))
    for event in RUN[2:6]:
        log(event)
    assert log_path(run).read_text(encoding="utf-8") == (
        "2025-03-01 12:00:00  note: images were resized to 8×8\n"
        "2025-03-01 12:00:00  epoch  3/12  loss 0.1200  accuracy 0.9644  val_loss 0.1317  2.1 s\n"
    )
