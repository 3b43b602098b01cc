"""resolved.yaml says beside each value that the command line said that it did."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from nettool.diagnostics.caller import on_command_line
from nettool.diagnostics.source import Source
from nettool.front_end import load_source

CONFIGS = sorted((Path(__file__).parents[2] / "configs").glob("*.yaml"))
SPEC = """
inputs: {image: [64]}
nodes:
  hidden: {layer: Dense, units: 16}
  digit: {layer: Dense, units: 10, activation: softmax}
outputs: [digit]
losses: {digit: categorical_crossentropy}
data: digits
train: {epochs: 5, optimizer: {optimizer: SGD, learning_rate: 0.1}}
meta: {note: "a text #that is no comment", words: [a, b]}
"""


def commented(*overrides: str, data: str | None = None) -> list[str]:
    plan, _ = load_source(Source("spec", SPEC), "spec", overrides, data)
    return [line.strip() for line in plan.resolved.splitlines() if "  # " in line]


@pytest.fixture(autouse=True)
def typed() -> Iterator[None]:
    with on_command_line():
        yield


def test_nothing_is_said_of_a_spec_as_it_is_written() -> None:
    assert commented() == []


def test_each_value_from_the_command_line_is_marked() -> None:
    assert commented("train.epochs=3", "train.seed=7") == [
        "epochs: 3  # set on the command line",
        "seed: 7  # set on the command line",
    ]


def test_a_value_in_brackets_is_marked_behind_them_by_its_name() -> None:
    assert commented("data.limit=100") == [
        "data: {dataset: digits, task: classify, limit: 100}  # limit: set on the command line"
    ]
    assert commented("outputs.0=digit") == ["outputs: [digit]  # 0: set on the command line"]
    (line,) = commented("train.optimizer.learning_rate=0.5")
    assert line.endswith("}  # learning_rate: set on the command line")


def test_other_data_are_marked_with_their_option() -> None:
    assert commented(data="mnist") == ["data:  # --data mnist"]
    assert commented("data.limit=9", data="mnist") == [
        "data:  # --data mnist",
        "limit: 9  # set on the command line",
    ]


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_it_reads_back_as_the_same(path: Path) -> None:
    overrides = ("train.epochs=2", "train.early_stopping={patience: 3}", "meta.what={a: [1, {b: 2}]}")
    source = Source(str(path), path.read_text(encoding="utf-8"))
    plan, _ = load_source(source, path.stem, overrides, folder=path.parent)
    again, _ = load_source(Source(str(path), plan.resolved), path.stem, folder=path.parent)
    assert "  # set on the command line" in plan.resolved
    assert yaml.safe_load(again.resolved) == yaml.safe_load(plan.resolved)
