"""Which way each metric of a run is better: from results.json, or from the spec that the run keeps."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from small_runs import EPOCHS, NOON, RESOLVED, write_run

from nettool.record.directions import direction_in, directions, directions_in
from nettool.record.run_summary import summary_of_run
from nettool.vocabulary.keras_names import metrics
from nettool.vocabulary.metric_directions import direction_of

NAMED = "metrics: {digit: [{metric: acc}, {metric: mae, name: off_by}, {metric: AUC, name: an_error}]}"


def resolved(section: str = NAMED) -> str:
    return RESOLVED.replace("metrics: {digit: [{metric: accuracy}]}", section)


def test_a_run_without_the_key_tells_by_the_metrics_of_its_spec(tmp_path: Path) -> None:
    run_summary = summary_of_run(write_run(tmp_path, resolved=resolved()), "x/y", NOON)
    better = directions(run_summary)
    assert run_summary.better == {}
    assert [direction_in(better, each) for each in ("loss", "val_loss", "digit_loss")] == ["min"] * 3
    assert direction_in(better, "acc") == direction_in(better, "an_error") == "max"
    assert direction_in(better, "off_by") == direction_in(better, "val_off_by") == "min"
    assert direction_in(better, "digit_off_by") == "min"
    assert direction_in(better, "other") is None


def test_what_results_say_is_believed(tmp_path: Path) -> None:
    run = write_run(tmp_path)
    path = run.path / "results.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"better": {"accuracy": "min"}}))
    assert directions(summary_of_run(run, "x/y", NOON)) == {"accuracy": "min"}


@pytest.mark.parametrize("damaged", ["", "- a list\n", "metrics: {digit: 3}\n", "metrics: [a]\nlosses: 1\n"])
def test_where_nothing_can_be_read_only_the_loss_is_known(tmp_path: Path, damaged: str) -> None:
    run = write_run(tmp_path)
    (run.path / "resolved.yaml").write_text(damaged)
    better = directions(summary_of_run(run, "x/y", NOON))
    assert direction_in(better, "accuracy") is None


@pytest.mark.parametrize("name", metrics())
def test_every_metric_under_any_name(name: str) -> None:
    section = {"out": [{"metric": name, "name": "accuracy_loss_error"}]}
    found = directions_in({"metrics": section, "losses": {"out": {"loss": "mse"}}})
    assert found["accuracy_loss_error"] == found["out_accuracy_loss_error"] == direction_of(name)


@pytest.mark.parametrize(
    ("best", "epoch"),
    [("{monitor: val_accuracy, mode: max}", 3), ("{monitor: val_accuracy, mode: min}", 1), ("null", 2)],
)
def test_a_run_that_has_no_results_yet_goes_by_what_its_spec_watches(
    tmp_path: Path, best: str, epoch: int
) -> None:
    watching = RESOLVED.replace("epochs: 3", f"epochs: 3, best: {best}")
    epochs = [*EPOCHS[:2], {**EPOCHS[2], "val_accuracy": 0.95}]
    run_summary = summary_of_run(
        write_run(tmp_path, resolved=watching, epochs=epochs, state=None), "x/y", NOON
    )
    assert run_summary.best is not None
    assert run_summary.best.epoch == epoch
    assert replace(run_summary, best=None).status == "killed"
