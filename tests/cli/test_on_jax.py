"""Keras on JAX: training, resuming to the bit, and the same figures from TensorFlow."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from command_line import run

pytestmark = [
    pytest.mark.keras,
    pytest.mark.skipif(find_spec("jax") is None, reason="jax is not installed (pip install 'nettool[jax]')"),
]

PROGRAM = Path(__file__).parent / "on_jax.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("on_jax")


@pytest.fixture(scope="module")
def facts(folder: Path) -> Any:
    done = subprocess.run(
        [sys.executable, str(PROGRAM)], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_run_on_jax_says_so(facts: Any) -> None:
    assert facts["ended"] == [[0, ""], [130, ""], [0, ""]]
    assert facts["whole"]["backend"] == "jax"
    assert {"jax", "jaxlib"} < set(facts["whole"]["packages"])


def test_a_run_that_was_stopped_goes_on_on_jax_and_ends_with_the_same_bits(facts: Any) -> None:
    assert facts["stopped"] == facts["whole"]


def test_evaluate_measures_on_the_runs_own_backend(facts: Any) -> None:
    assert facts["measured"] == facts["whole"]["test"]


def test_tensorflow_measures_the_same(facts: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    ended = run("evaluate", "whole", "--backend", "tensorflow", "--json")
    assert json.loads(ended.out)["figures"] == pytest.approx(facts["whole"]["test"], rel=1e-5)


def test_what_jax_cannot_do_is_refused_before_anything_is_written(facts: Any) -> None:
    assert facts["refused"] == [
        [2, "error: cpu:0,1: several devices need the backend tensorflow; jax computes on one\n"],
        [2, "error: jax cannot compute `drop`: Hashing needs `--backend tensorflow`\n"],
    ]
    assert not facts["refused_is_written"]
