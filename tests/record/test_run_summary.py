import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import isnan, nan
from pathlib import Path

import pytest
from small_runs import EPOCHS, NOON, PROVENANCE, write_run

from nettool.record.all_runs import all_runs
from nettool.record.files.provenance import Resumption, add_resumption
from nettool.record.files.results import Best, CheckedExpectation
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_summary import summary_of_run
from nettool.record.runs.lock import locked

LATER = NOON + timedelta(minutes=2)


def test_a_finished_run_tells_where_it_came_from_and_what_came_out(tmp_path: Path) -> None:
    run = write_run(
        tmp_path, expectations=(CheckedExpectation("test_accuracy", "at least", 0.9, 0.8612, held=False),)
    )
    run_summary = summary_of_run(run, "digits_mlp/20250301-120000", LATER)
    assert (run_summary.name, run_summary.status, run_summary.started) == ("digits_mlp", "finished", NOON)
    assert run_summary.command == ("train", "configs/digits_mlp.yaml")
    assert (run_summary.spec, run_summary.seed, run_summary.parameters) == (
        "configs/digits_mlp.yaml",
        0,
        2_410,
    )
    assert (run_summary.epochs, run_summary.best, run_summary.final) == (
        3,
        Best(2, "val_loss", EPOCHS[1]),
        EPOCHS[2],
    )
    assert run_summary.test == {"loss": 0.52, "accuracy": 0.8612}
    assert run_summary.seconds == 3.875
    assert run_summary.unmet == ("test_accuracy",)


def test_a_run_whose_process_is_gone_was_killed_and_told_by_its_epochs(tmp_path: Path) -> None:
    run_summary = summary_of_run(write_run(tmp_path, state=None), "x/y", LATER)
    assert (run_summary.status, run_summary.seconds) == ("killed", None)
    assert (run_summary.epochs, run_summary.best, run_summary.final) == (
        3,
        Best(2, "val_loss", EPOCHS[1]),
        EPOCHS[2],
    )


def test_a_run_that_a_process_holds_is_running_since_it_started(tmp_path: Path) -> None:
    run = write_run(tmp_path, state=None)
    with locked(run):
        run_summary = summary_of_run(run, "x/y", LATER)
    assert (run_summary.status, run_summary.seconds) == ("running", 120.0)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be changed here")
@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_how_long_a_run_has_been_running_does_not_depend_on_the_time_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    run = write_run(tmp_path, state=None)
    path = run.path / "status.json"
    status = json.loads(path.read_text())
    path.write_text(json.dumps({**status, "started": "2025-03-01T12:00:00+02:00"}))
    now = datetime(2025, 3, 1, 10, 3, tzinfo=UTC)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        with locked(run):
            assert summary_of_run(run, "x/y", now).seconds == 180.0
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_failed_run_says_why_and_how_long_it_took_by_the_clock(tmp_path: Path) -> None:
    run_summary = summary_of_run(
        write_run(tmp_path, state="failed", why="no memory", epochs=()), "x/y", LATER
    )
    assert (run_summary.status, run_summary.why, run_summary.seconds) == ("failed", "no memory", 7.0)
    assert (run_summary.epochs, run_summary.best, run_summary.final, run_summary.test) == (0, None, {}, {})


def test_a_figure_that_was_not_finite_is_nan(tmp_path: Path) -> None:
    run_summary = summary_of_run(write_run(tmp_path, test={"loss": nan}), "x/y", LATER)
    assert isnan(run_summary.test["loss"])


def test_without_a_finite_loss_no_epoch_is_the_best(tmp_path: Path) -> None:
    run = write_run(tmp_path, state=None, epochs=({"loss": nan},))
    assert summary_of_run(run, "x/y", LATER).best is None


def test_a_run_that_was_taken_up_again_knows_how(tmp_path: Path) -> None:
    run = write_run(tmp_path)
    command = ("train", "--resume", "digits_mlp", "--epochs", "5")
    add_resumption(
        run,
        Resumption(
            command=command, time="2025-03-01T12:00:05", epochs=3, steps=0, until=5, commit=None, versions={}
        ),
        None,
    )
    assert summary_of_run(run, "x/y", LATER).resumptions == (command,)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("status.json", "{"),
        ("status.json", '{"colour": "red"}'),
        ("run.json", "[]"),
        ("run.json", "{}"),
        ("results.json", '{"epochs": 3'),
        ("results.json", '{"epochs": 3}'),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, file: str, text: str) -> None:
    run = write_run(tmp_path)
    (run.path / file).write_text(text)
    with pytest.raises(RunDamaged, match=f"^{file} is damaged: "):
        summary_of_run(run, "x/y", LATER)


def test_figures_of_epochs_that_are_cut_off_are_damaged(tmp_path: Path) -> None:
    run = write_run(tmp_path, state=None)
    (run.path / "metrics.csv").write_text("epoch,loss,learning_rate\n1,0.")
    with pytest.raises(RunDamaged, match=r"^metrics.csv is damaged: line 2 must have 3 numbers"):
        summary_of_run(run, "x/y", LATER)


def test_all_runs_are_found_and_what_is_no_run_is_passed_over(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    write_run(runs, name="b")
    write_run(runs, name="a")
    write_run(runs, name="a", at=LATER)
    damaged = write_run(runs, name="c")
    (damaged.path / "results.json").write_text("{")
    (runs / "notes").mkdir()
    (runs / "a" / "old").mkdir()
    (runs / "a" / ".writing-x").mkdir()
    (runs / "README.txt").touch()
    found = all_runs(runs, LATER)
    assert [run_summary.label for run_summary in found.run_summaries] == [
        "a/20250301-120000",
        "a/20250301-120200",
        "b/20250301-120000",
    ]
    assert [(passed.path, passed.why) for passed in found.passed_over] == [
        (runs / "a" / "old", "it is no run: it has no status.json"),
        (damaged.path, "results.json is damaged: it is not JSON"),
    ]


def test_where_nothing_was_trained_there_are_no_runs(tmp_path: Path) -> None:
    assert all_runs(tmp_path / "nowhere", LATER) == all_runs(tmp_path, LATER)


def test_a_run_that_lies_in_the_folder_of_the_runs_itself_is_found(tmp_path: Path) -> None:
    write_run(tmp_path / "elsewhere").path.rename(tmp_path / "mine")
    (tmp_path / "elsewhere" / "digits_mlp" / "latest").unlink()
    assert [run_summary.label for run_summary in all_runs(tmp_path, LATER).run_summaries] == ["mine"]


def test_a_run_stopped_before_it_was_described_has_no_origin(tmp_path: Path) -> None:
    run = write_run(tmp_path, state=None, provenance=replace(PROVENANCE, seed=7))
    (run.path / "run.json").unlink()
    run_summary = summary_of_run(run, "x/y", LATER)
    assert (run_summary.spec, run_summary.command, run_summary.seed) == (None, (), None)


def test_the_command_survives_as_it_was_typed(tmp_path: Path) -> None:
    run = write_run(tmp_path)
    assert json.loads((run.path / "run.json").read_text())["command"] == ["train", "configs/digits_mlp.yaml"]
