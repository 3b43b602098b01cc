"""Files of a run that somebody altered: each is named with what was expected, and the other runs are listed."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from command_line import run as nettool
from reported_runs import write_reported
from small_runs import write_run

from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory
from nettool.record.run_report import read_report

FILES = ("status.json", "run.json", "results.json", "preparation.json", "observations.json")
OTHERS: tuple[Any, ...] = (None, True, -7, 1.5, 10**400, "x", "\ud800", [], [[]], {}, {"x": 1})


def places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [place]
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        found += places(inner, (*place, key))
    return found


def altered(value: Any, place: tuple[Any, ...], other: Any) -> Any:
    if not place:
        return other
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[place[0]] = altered(value[place[0]], place[1:], other)
    return copy


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("file", FILES)
def test_any_value_of_another_type_is_read_or_named(file: str, here: Path) -> None:
    path = write_reported(Path("runs")).path / file
    sound = json.loads(path.read_text())
    for place in places(sound):
        for other in OTHERS:
            path.write_text(json.dumps(altered(sound, place, other)))
            for arguments in (("runs", "--sort", "best"), ("report", "digits_mlp")):
                ended = nettool(*arguments)
                assert ended.code in (0, 2), (place, other, ended.err)
                assert ended.code == 0 or f"{file} is damaged: " in ended.err, (place, other, ended.err)


def test_a_damaged_run_does_not_hide_the_others(here: Path) -> None:
    sound, damaged = write_run(Path("runs"), name="a"), write_run(Path("runs"), name="b")
    facts = json.loads((damaged.path / "status.json").read_text())
    (damaged.path / "status.json").write_text(json.dumps({**facts, "state": None}))
    ended = nettool("runs")
    assert ended.code == 0
    assert f"a/{sound.path.name}" in ended.out
    assert ended.err == (
        f"note: skipped runs/b/{damaged.path.name}: status.json is damaged: `state` must be one of running, "
        "finished, interrupted, failed, not null\n"
    )


def test_times_whose_sum_is_no_number_are_named(here: Path) -> None:
    path = write_reported(Path("runs")).path / "results.json"
    facts = json.loads(path.read_text())
    path.write_text(json.dumps({**facts, "timings": dict.fromkeys(facts["timings"], 1e308)}))
    reason = "results.json is damaged: `timings.data` must be a number of seconds, not 1e+308"
    for arguments, code in ((("runs",), 0), (("runs", "--json"), 0), (("report", "digits_mlp"), 2)):
        ended = nettool(*arguments)
        assert (ended.code, reason in ended.err) == (code, True), (arguments, ended)


ODD_METRICS = {
    "loss\n0.5\n": "its first line must name the columns: `epoch`, and each metric once",
    "1,0.5\n2,0.4\n": "its first line must name the columns: `epoch`, and each metric once",
    "epoch,epoch\n1,1\n": "its first line must name the columns: `epoch`, and each metric once",
    "epoch,loss\n1\n": "line 2 must have 2 numbers",
    "epoch,loss\n1,0.5\n2,x\n": "line 3 must have 2 numbers",
    "epoch,loss\n1,0.5\n2,\n": "line 3 must have 2 numbers",
    "epoch,loss\n1,0.5\n\n2,0.4\n": "line 3 must have 2 numbers",
    "epoch,loss\n1,0.5,0.6\n": "line 2 must have 2 numbers",
    "epoch,loss\n0,1\n": "line 2 must be epoch 1, since each stands there once, not 0",
    "epoch,loss\n1,1\n3,1\n": "line 3 must be epoch 2, since each stands there once, not 3",
    "epoch,loss\n1,1\n1,1\n": "line 3 must be epoch 2, since each stands there once, not 1",
    "epoch,loss\n2,1\n1,1\n": "line 2 must be epoch 1, since each stands there once, not 2",
    "epoch,loss\n1.5,1\n": "line 2 must be epoch 1, since each stands there once, not 1.5",
    "epoch,loss\nnan,1\n": "line 2 must be epoch 1, since each stands there once, not nan",
}


@pytest.mark.parametrize("text", ODD_METRICS)
def test_odd_metrics_are_named(text: str, here: Path) -> None:
    run, other = write_run(here / "runs", state=None), write_run(here / "runs", name="other")
    (run.path / "metrics.csv").write_text(text)
    reason = f"metrics.csv is damaged: {ODD_METRICS[text]}"
    for arguments in (("report", "digits_mlp"), ("compare", "digits_mlp", "other")):
        ended = nettool(*arguments)
        assert (ended.code, ended.out) == (2, ""), arguments
        assert reason in ended.err
    listed = nettool("runs")
    assert (listed.code, f"other/{other.path.name}" in listed.out) == (0, True)
    assert reason in listed.err


@pytest.mark.parametrize("file", [*FILES, "metrics.csv", "spec.yaml", "train.log"])
def test_a_pipe_or_a_folder_in_the_place_of_a_file_is_refused_at_once(file: str, here: Path) -> None:
    from datetime import datetime

    for make in (os.mkfifo, os.mkdir):
        path = write_reported(here / make.__name__).path / file
        path.unlink()
        make(path)
        with pytest.raises((RunDamaged, IsADirectoryError)):
            read_report(RunDirectory(path.parent), "x/y", datetime(2025, 3, 2))


@pytest.mark.parametrize("place", ["train.log", "metrics.csv", "report.html", "plots", "checkpoints", "new"])
@pytest.mark.parametrize("command", [("report", "digits_mlp"), ("train", "--resume", "digits_mlp")])
def test_nothing_is_written_through_a_link_that_leads_outside(
    command: tuple[str, ...], place: str, here: Path
) -> None:
    link = write_reported(Path("runs")).path / place
    outside = here / "outside"
    if link.exists():
        link.rename(outside)
    link.symlink_to(outside)
    before = sorted((path, path.stat().st_mtime_ns) for path in here.glob("outside/**/*"))
    ended = nettool(*command)
    assert ended.code == 2
    assert f"{place} is damaged: it is a link that leads outside of the run" in ended.err
    assert sorted((path, path.stat().st_mtime_ns) for path in here.glob("outside/**/*")) == before


def test_a_pipe_or_a_folder_in_the_place_of_a_picture_costs_only_the_picture(here: Path) -> None:
    for make in (os.mkfifo, os.mkdir):
        path = write_reported(here / make.__name__).path / "model.svg"
        path.unlink()
        make(path)
        ended = nettool("report", str(path.parent))
        assert (make, ended.code) == (make, 0), ended.err
