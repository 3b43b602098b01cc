import json
import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from nettool.record.files.status import EndState, Status, end, read_status, start
from nettool.record.run_directory import RunDirectory

ZONE = timezone(timedelta(hours=2))
NOON = datetime(2025, 3, 1, 12, 0, 0, tzinfo=ZONE)
LATER = datetime(2025, 3, 1, 12, 30, 5, tzinfo=ZONE)


def test_a_run_that_has_not_started_has_no_status(tmp_path: Path) -> None:
    assert read_status(RunDirectory(tmp_path)) is None


def test_a_started_run_is_running_in_this_process(tmp_path: Path) -> None:
    start(RunDirectory(tmp_path), NOON)
    assert json.loads((tmp_path / "status.json").read_text()) == {
        "state": "running",
        "started": "2025-03-01T12:00:00+02:00",
        "pid": os.getpid(),
        "why": None,
        "ended": None,
        "trial": None,
    }


@pytest.mark.parametrize(
    ("state", "why"),
    [("finished", None), ("interrupted", "Ctrl-C in epoch 3"), ("failed", "the loss is not a number")],
)
def test_a_running_run_ends_in_one_of_three_ways(tmp_path: Path, state: EndState, why: str | None) -> None:
    run = RunDirectory(tmp_path)
    start(run, NOON)
    end(run, state, LATER, why)
    expected = Status(state, "2025-03-01T12:00:00+02:00", os.getpid(), why, "2025-03-01T12:30:05+02:00")
    assert read_status(run) == expected


def test_a_run_ends_once(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    start(run, NOON)
    end(run, "finished", LATER)
    with pytest.raises(ValueError, match="not running"):
        end(run, "failed", LATER)


def test_a_run_that_never_started_cannot_end(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not running"):
        end(RunDirectory(tmp_path), "finished", LATER)
