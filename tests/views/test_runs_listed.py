from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from math import nan
from pathlib import Path

import pytest
from small_runs import NOON

from nettool.record.files.results import Best
from nettool.record.files.run_request import RunRequest
from nettool.record.run_directory import RunDirectory
from nettool.record.run_summary import RunSummary
from nettool.views.main_metrics import main_metrics, main_metrics_text
from nettool.views.runs.listing import runs_markdown
from nettool.views.runs.order import ORDERS, chosen, newest_finished, ordered
from nettool.views.runs.repeat import repeat_command
from nettool.vocabulary.metric_directions import Direction


def run_summary(label: str, minutes: int = 0, **changes: object) -> RunSummary:
    run = RunDirectory(Path("runs", label))
    better: dict[str, Direction] = {"loss": "min", "accuracy": "max", "mae": "min"}
    plain = RunSummary(run, label, "finished", NOON + timedelta(minutes=minutes), better=better)
    return replace(plain, **changes)  # type: ignore[arg-type]


RUNS = (
    run_summary(
        "b/1", 1, epochs=5, seconds=9.0, test={"accuracy": 0.8}, best=Best(1, "val_loss", {"val_loss": 0.5})
    ),
    run_summary(
        "a/1", 2, epochs=9, seconds=None, status="killed", best=Best(1, "val_loss", {"val_loss": 0.1})
    ),
    run_summary("c/1", 3, epochs=1, seconds=2.0, test={"loss": 0.1, "accuracy": 0.9}),
    run_summary(
        "a/2", 4, epochs=5, seconds=5.0, test={"mae": 0.3}, best=Best(1, "val_loss", {"val_loss": nan})
    ),
)


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        ("when", ["a/2", "c/1", "a/1", "b/1"]),
        ("name", ["a/2", "a/1", "b/1", "c/1"]),
        ("status", ["a/2", "c/1", "b/1", "a/1"]),
        ("epochs", ["a/1", "a/2", "b/1", "c/1"]),
        ("best", ["a/1", "b/1", "a/2", "c/1"]),
        ("test", ["c/1", "b/1", "a/2", "a/1"]),
        ("time", ["c/1", "a/2", "b/1", "a/1"]),
    ],
)
def test_runs_come_in_the_order_that_is_asked_for(by: str, labels: list[str]) -> None:
    assert [each.label for each in ordered(RUNS, by)] == labels
    assert [each.label for each in ordered(RUNS, by, reverse=True)] == labels[::-1]


def test_the_best_goes_by_what_a_metric_is_whatever_it_is_called() -> None:
    runs = [
        run_summary(label, test={name: value}, better={name: direction})
        for label, name, value, direction in (
            ("a/1", "accuracy_error", 0.9, "max"),
            ("b/1", "accuracy_error", 0.2, "max"),
            ("c/1", "off_by", 0.9, "min"),
            ("d/1", "off_by", 0.2, "min"),
            ("e/1", "unknown", 0.2, None),
        )
    ]
    assert [each.label for each in ordered(runs, "test")] == ["a/1", "b/1", "d/1", "c/1", "e/1"]


def test_every_order_is_tested_above() -> None:
    mark = next(iter(test_runs_come_in_the_order_that_is_asked_for.pytestmark))  # type: ignore[attr-defined]
    assert [case[0] for case in mark.args[1]] == list(ORDERS)


def test_runs_are_chosen_by_patterns_of_names_and_by_how_they_stand() -> None:
    assert [each.label for each in chosen(RUNS)] == ["b/1", "a/1", "c/1", "a/2"]
    assert [each.label for each in chosen(RUNS, ["a", "[c-z]*"])] == ["a/1", "c/1", "a/2"]
    assert [each.label for each in chosen(RUNS, ["a"], ["killed"])] == ["a/1"]


def test_the_newest_finished_run_of_each_name_may_not_be_the_newest() -> None:
    runs = (
        run_summary("a/1", 1),
        run_summary("a/2", 2),
        run_summary("a/3", 3, status="failed"),
        run_summary("b/1", 0),
    )
    assert [each.label for each in newest_finished(runs)] == ["a/2", "b/1"]


@pytest.mark.parametrize(
    ("command", "resumptions", "repeats"),
    [
        ("train a.yaml", [], "nettool train a.yaml"),
        ("train a.yaml --runs-dir /tmp/r --quiet --seed 3", [], "nettool train a.yaml --seed 3"),
        ("train a.yaml --runs-dir=/tmp/r --json --epochs=2", [], "nettool train a.yaml --epochs=2"),
        ("train --data-dir /d a.yaml", [], "nettool train --data-dir DATA a.yaml"),
        ("train --data-dir=/d a.yaml", [], "nettool train --data-dir DATA a.yaml"),
        ("train a.yaml", ["train --resume a"], "nettool train a.yaml"),
        (
            "train a.yaml",
            ["train --resume a --epochs 9", "train --resume a"],
            "nettool train a.yaml --epochs 9",
        ),
        ("train a.yaml", ["train --epochs=9 --resume a"], "nettool train a.yaml --epochs 9"),
    ],
)
def test_a_run_is_repeated_by_what_was_typed_without_places_of_this_machine(
    command: str, resumptions: list[str], repeats: str
) -> None:
    typed = tuple(tuple(each.split()) for each in resumptions)
    assert (
        repeat_command(
            run_summary("a/1", request=RunRequest(command=tuple(command.split())), resumptions=typed)
        )
        == repeats
    )


def test_words_that_the_shell_would_split_are_quoted() -> None:
    command = ("train", "my net.yaml", "--set", "meta.note=a b")
    assert (
        repeat_command(run_summary("a/1", request=RunRequest(command=command)))
        == "nettool train 'my net.yaml' --set 'meta.note=a b'"
    )


def test_a_bar_in_a_command_does_not_end_its_cell() -> None:
    row = runs_markdown([run_summary("a/1", request=RunRequest(command=("train", "a|b.yaml")))]).splitlines()[
        2
    ]
    assert row.replace("\\|", "").count("|") == 8


@pytest.mark.parametrize(
    ("figures", "main", "text"),
    [
        ({}, {}, ""),
        ({"loss": 0.5}, {"loss": 0.5}, "loss 0.5000"),
        ({"loss": 0.5, "a_loss": 0.2, "a_acc": 0.9, "b": 0.8, "c": 1}, {"a_acc": 0.9, "b": 0.8, "c": 1}, "a_acc 0.9000, b 0.8000, …"),
        ({"loss": 0.5, "a_loss": 0.2}, {"loss": 0.5}, "loss 0.5000"),
    ],
)  # fmt: skip
def test_metrics_are_told_before_losses(
    figures: Mapping[str, float], main: Mapping[str, float], text: str
) -> None:
    assert (main_metrics(figures), main_metrics_text(figures, 2)) == (main, text)
