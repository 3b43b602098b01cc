"""What holds between processes: one seed gives one result, and plain Keras opens the saved model."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from train_and_save import train_and_save

pytestmark = pytest.mark.keras

PROGRAM = Path(__file__).parent / "train_and_save.py"
OPEN = """
import json, sys
import keras, numpy as np
facts = {}
for name in ("dense", "convolutions"):
    model = keras.models.load_model(f"{sys.argv[1]}/{name}.keras")
    data = np.load(f"{sys.argv[1]}/{name}.npz")
    model.run_eagerly = True
    figures = model.evaluate(data["x"], data["y"], verbose=0, return_dict=True)
    iterations = int(model.optimizer.iterations)
    model.fit(data["x"], data["y"], verbose=0)
    facts[name] = {"figures": figures, "optimizer": type(model.optimizer).__name__, "iterations": iterations}
print(json.dumps([facts, "nettool" in sys.modules]))
"""


def begin(*arguments: str | Path) -> subprocess.Popen[str]:
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": "7"}
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def end(process: subprocess.Popen[str]) -> Any:
    out, error = process.communicate(timeout=120)
    assert process.returncode == 0, error
    return json.loads(out)


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any, Any]:
    from nettool.engine.devices.start import start

    start()
    mine, other = tmp_path_factory.mktemp("mine"), tmp_path_factory.mktemp("other")
    process = begin(PROGRAM, other)
    facts = train_and_save(mine)
    return mine, facts, end(process)


@pytest.mark.parametrize("name", ["dense", "convolutions"])
def test_one_seed_gives_equal_figures_and_weights_to_the_bit(
    name: str, two_runs: tuple[Path, Any, Any]
) -> None:
    _, one, other = two_runs
    assert one[name]["rows"] == other[name]["rows"]
    assert one[name]["weights"] == other[name]["weights"]
    assert one[name]["rows"][-1]["accuracy"] > one[name]["rows"][0]["accuracy"]


def test_plain_keras_opens_the_model_measures_the_same_and_trains_on(
    two_runs: tuple[Path, Any, Any],
) -> None:
    folder, facts, _ = two_runs
    found, nettool_was_loaded = end(begin("-c", OPEN, folder))
    assert not nettool_was_loaded
    for name in ("dense", "convolutions"):
        assert found[name]["figures"] == pytest.approx(facts[name]["test"], rel=1e-5)
        assert (found[name]["optimizer"], found[name]["iterations"]) == ("Adam", 48)
