"""A training on a terminal: the lines of whole runs at two widths, and none wider than the terminal."""

import io
import re

import pytest
from command_goldens import assert_printed
from rich.console import Console

from nettool.cli.output.progress_display import ProgressDisplay
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
)

DIRECTORY = "runs/net/20250301-120000"


def epochs(names: list[str], *, validated: bool = True, number: int = 3, first: int = 1) -> list[Event]:
    """Epochs in which every metric is another number; the second one is the best."""
    names = [*names, *(f"val_{name}" for name in names if validated)]
    events: list[Event] = []
    for epoch in range(first, number + 1):
        metrics = {name: (place + 1) / (7 * epoch) for place, name in enumerate(names)}
        events += [
            EpochStarted(epoch, number, 41),
            StepsDone(epoch, 20, 41, metrics),
            EpochEnded(epoch, number, metrics, 0.001, 61.5 * epoch, is_best=epoch == 2),
        ]
    return events


def whole_run(names: list[str], *, name: str = "net", **options: bool) -> list[Event]:
    samples = {"train": 48_000, "validation": 12_000, "test": 10_000}
    return [
        RunStarted(name, DIRECTORY, samples, 1_234_567, 3, 32, "3 of 30 epochs"),
        Note("the images of digits are resized from 8×8 to 28×28 to fit the network's input `image`"),
        *epochs(names, **options),
        Evaluated("test", 10_000, dict.fromkeys(names, 0.125), 1.2),
        RunEnded("finished", DIRECTORY, 201.4),
    ]


RUNS = {
    "one_output": whole_run(["loss", "accuracy"]),
    "two_outputs": whole_run(
        ["loss", "digit_a_loss", "digit_b_loss", "digit_a_accuracy", "digit_b_accuracy"],
    ),
    "twelve_outputs": whole_run(["loss", *(f"out_{number}_loss" for number in range(12))]),
    "without_validation": whole_run(["loss", "mean_absolute_error"], validated=False),
    "long_names": whole_run(["loss", "label_sparse_top_k_categorical_accuracy", "label_accuracy"]),
    "resumed": [RunResumed(1, 20), *epochs(["loss"], first=2), RunEnded("interrupted", DIRECTORY, 4.0)],
    "odd_numbers": [
        EpochEnded(999, 1_000, {"loss": float("nan"), "mse": 1e30}, 0.001, 123_456.0),
        RunEnded("failed", DIRECTORY, 2.0),
    ],
}


def lines(events: list[Event], width: int) -> list[str]:
    screen = io.StringIO()
    display = ProgressDisplay(Console(file=screen, width=width, highlight=False))
    for event in events:
        display(event)
    return screen.getvalue().splitlines()


@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("name", RUNS)
def test_what_a_terminal_shows(name: str, width: int) -> None:
    assert_printed(f"training_{name}_{width}.txt", "\n".join(lines(RUNS[name], width)) + "\n")


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("name", RUNS)
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    assert [line for line in lines(RUNS[name], width) if len(line) > width] == []


@pytest.mark.parametrize("name", RUNS)
def test_an_epoch_has_at_most_two_lines(name: str) -> None:
    ended = sum(isinstance(event, EpochEnded) for event in RUNS[name])
    rows = [line for line in lines(RUNS[name], 80) if re.match(r" *\d+/\d+ | +validation ", line)]
    assert ended <= len(rows) <= 2 * ended


def test_columns_stand_under_their_names() -> None:
    printed = lines(RUNS["two_outputs"], 160)
    header = next(line for line in printed if line.startswith("epoch"))
    row = next(line for line in printed if line.lstrip().startswith("2/3"))
    for name, value in {"loss": 1 / 14, "digit_b_loss": 3 / 14, "digit_b_accuracy": 5 / 14}.items():
        end = header.index(f" {name}") + 1 + len(name)
        assert row[:end].endswith(f"{value:.4f}")
