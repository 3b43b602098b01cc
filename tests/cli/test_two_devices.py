"""Training on two devices: the same figures and weights as on one, to the tolerance of floating point."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.keras

PROGRAM = Path(__file__).parent / "two_devices.py"


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("two_devices")
    done = subprocess.run(
        [sys.executable, str(PROGRAM)], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_training_on_two_devices_stopping_and_going_on_end_as_on_one(facts: Any) -> None:
    assert facts["ended"] == [[0, ""], [130, ""], [0, ""], [0, ""]]
    assert [facts[name]["devices"] for name in ("one", "two", "stopped")] == [
        ["cpu:0"],
        ["cpu:0", "cpu:1"],
        ["cpu:0", "cpu:1"],
    ]
    assert facts["stopped"]["resumed_on"] == [["cpu:0", "cpu:1"]]


@pytest.mark.parametrize("name", ["two", "stopped"])
def test_the_figures_and_weights_are_those_of_one_device(facts: Any, name: str) -> None:
    """Batches of 15 and a last one of 7 are divided unevenly, and validation is, too."""
    one, other = facts["one"], facts[name]
    assert len(one["rows"]) == len(other["rows"]) == 2
    for row, same in zip(one["rows"], other["rows"], strict=True):
        assert same == pytest.approx(row, rel=1e-5)
    assert other["test"] == pytest.approx(one["test"], rel=1e-5)
    for weights, same in zip(one["weights"], other["weights"], strict=True):
        assert same == pytest.approx(weights, rel=1e-4, abs=1e-5)


def test_a_batch_that_leaves_a_device_without_samples_is_refused_before_anything_is_written(
    facts: Any,
) -> None:
    code, told, is_written = facts["refused"]
    assert (code, is_written) == (2, False)
    assert told == (
        "error: 2 devices: the last batch of an epoch, 1 sample, leaves a device without any; choose another "
        "`batch_size`\n"
    )
