"""What holds between processes: one seed gives one result, and plain Keras opens the saved model."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.keras

TRAIN = """
import json, sys
from nettool.engine.start import start
start()
import numpy as np
from engine_plans import *
from nettool.engine.build import build_model
from nettool.engine.callbacks.stop_on_request import StopSignal
from nettool.engine.evaluation import evaluate
from nettool.engine.seeds import seed_everything
from nettool.engine.training import train

facts = {}
for network in (dense_graph(dropout=True), convolution_graph()):
    made = classify(network, epochs=3, seed=5)
    seed_everything(5)
    model = build_model(network)
    history = train(model, made, images(500), images(90, 1), ignore, StopSignal(), Keeper([]))
    facts[network.name] = {
        "rows": history.rows,
        "weights": [weight.tobytes().hex() for weight in model.get_weights()],
        "test": evaluate(model, made, images(90, 1)),
    }
    model.save(f"{sys.argv[1]}/{network.name}.keras")
    test = images(90, 1)
    np.savez(
        f"{sys.argv[1]}/{network.name}.npz",
        x=test.columns["image"].values.reshape(-1, *network.nodes[0].shape) / np.float32(255),
        y=np.eye(10)[test.columns["label"].values],
    )
print(json.dumps(facts))
"""
OPEN = """
import json, sys
import keras, numpy as np
facts = {}
for name in ("dense", "convolutions"):
    model = keras.models.load_model(f"{sys.argv[1]}/{name}.keras")
    data = np.load(f"{sys.argv[1]}/{name}.npz")
    figures = model.evaluate(data["x"], data["y"], verbose=0, return_dict=True)
    iterations = int(model.optimizer.iterations)
    model.fit(data["x"], data["y"], verbose=0)
    facts[name] = {"figures": figures, "optimizer": type(model.optimizer).__name__, "iterations": iterations}
print(json.dumps([facts, "nettool" in sys.modules]))
"""


def begin(code: str, folder: Path, seed: str) -> subprocess.Popen[str]:
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": seed, "TF_CPP_MIN_LOG_LEVEL": "2"}
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
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
    folders = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    processes = [begin(TRAIN, folder, str(seed)) for seed, folder in enumerate(folders, 1)]
    one, other = (end(process) for process in processes)
    return folders[0], one, other


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
    found, nettool_was_loaded = end(begin(OPEN, folder, "0"))
    assert not nettool_was_loaded
    for name in ("dense", "convolutions"):
        assert found[name]["figures"] == pytest.approx(facts[name]["test"], rel=1e-5)
        assert (found[name]["optimizer"], found[name]["iterations"]) == ("Adam", 48)
