"""Runs that earlier versions recorded are listed, reported, compared, evaluated, asked, looked into, and resumed.

`finished` and `stopped` are one spec with one seed, with Dropout, BatchNormalization, augmentation, a schedule
and early stopping; `stopped` was interrupted within its third epoch of six.
"""

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from command_line import run

OLD_RUNS = Path(__file__).parents[1] / "old_runs"


@pytest.fixture(params=["0.1.0", "0.1.0-last"])
def old(request: pytest.FixtureRequest) -> Path:
    """The runs of one version: its first day, or its last."""
    return OLD_RUNS / str(request.param)


@pytest.fixture
def runs(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "runs" / "old"
    shutil.copytree(old / "finished", folder / "20261129-031332")
    shutil.copytree(old / "stopped", folder / "20261129-031353")
    monkeypatch.chdir(tmp_path)
    return folder


def metrics(run_directory: Path) -> list[list[float]]:
    with (run_directory / "metrics.csv").open(encoding="utf-8") as file:
        return [[float(value) for value in row] for row in list(csv.reader(file))[1:]]


def test_they_are_listed(runs: Path) -> None:
    ended = run("runs")
    assert (ended.code, ended.err) == (0, "")
    assert "finished" in ended.out
    assert "interrupted" in ended.out


def test_they_are_reported_and_compared(runs: Path) -> None:
    first, second = (str(directory) for directory in sorted(runs.iterdir()))
    for command in (("report", first), ("report", second), ("compare", first, second), ("summary", first)):
        ended = run(*command)
        assert (command, ended.code, ended.err) == (command, 0, "")


@pytest.mark.keras
def test_they_are_evaluated_asked_and_looked_into(runs: Path, tmp_path: Path) -> None:
    finished = str(runs / "20261129-031332")
    images = tmp_path / "images.npy"
    np.save(images, np.zeros((3, 8, 8, 1), "uint8"))
    recorded = json.loads(Path(finished, "results.json").read_text(encoding="utf-8"))["test"]
    ended = run("evaluate", finished, "--json")
    assert ended.code == 0, ended.err
    measured = json.loads(ended.out)["figures"]
    assert measured == pytest.approx(recorded, rel=1e-5)
    for command in (
        ("predict", finished, str(images), "--csv"),
        ("inspect", finished, "weights"),
        ("inspect", finished, "mistakes", "-o", str(tmp_path / "mistakes.png")),
    ):
        ended = run(*command)
        assert (command, ended.code) == (command, 0), ended.err


@pytest.mark.keras
def test_a_stopped_one_goes_on_to_the_metrics_of_the_one_that_was_never_stopped(
    runs: Path, old: Path
) -> None:
    stopped = runs / "20261129-031353"
    ended = run("train", "--resume", str(stopped), "--quiet")
    assert ended.code == 0, ended.err
    assert (stopped / "split.npz").is_file()
    # To the bit on the machine that recorded it; another processor rounds a little differently.
    assert np.allclose(metrics(stopped), metrics(old / "finished"), rtol=1e-3)


@pytest.mark.parametrize("command", ["summary", "evaluate"])
def test_a_network_that_is_refused_by_now_is_said_to_make_the_run_useless(runs: Path, command: str) -> None:
    finished = runs / "20261129-031332"
    resolved = finished / "resolved.yaml"
    text = resolved.read_text(encoding="utf-8").replace("shape: [8, 8, 1]", "shape: [null, 8, 1]")
    assert "layer: Conv2D\n" in text
    timed = "layer: TimeDistributed\n    of: {layer: Dense, units: 4}\n    from: image\n  was:\n    layer: Conv2D\n"
    resolved.write_text(text.replace("layer: Conv2D\n", timed, 1), encoding="utf-8")
    ended = run(command, str(finished))
    assert ended.code == 2
    assert "NT313" in ended.err
    told = " ".join(ended.err.split())
    assert "an older nettool accepted this network when the run was recorded" in told
    assert "the run cannot be used any more" in told


def test_data_that_are_wrong_by_now_are_not_the_network_s_fault(runs: Path) -> None:
    ended = run("evaluate", str(runs / "20261129-031332"), "--data", "iris")
    assert ended.code == 2
    assert "older nettool" not in ended.err
