"""nettool in a process that does other work, too: neither disturbs the other."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import numpy as np
import pytest

import nettool

if TYPE_CHECKING:
    from nettool.api.run import Run

pytestmark = pytest.mark.keras

SPEC = """
data: digits
inputs: {image: [8, 8, 1]}
nodes:
  filters: {layer: Conv2D, filters: 2, kernel_size: 3}
  flat: {layer: Flatten}
  drop: {layer: Dropout, rate: 0.2}
  label: {layer: Dense, units: 10, activation: softmax}
outputs: [label]
losses: {label: categorical_crossentropy}
metrics: {label: accuracy}
train: {epochs: 1, batch_size: 128, seed: 3}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("process")
    (made / "small.yaml").write_text(SPEC)
    return made


def trained(folder: Path, seed: int = 3) -> "Run":
    spec = nettool.load(folder / "small.yaml", {"train.seed": seed})
    return nettool.train(spec, runs_dir=folder / "runs", on_event=lambda event: None)


@pytest.fixture(scope="module")
def weights(folder: Path) -> list[np.ndarray]:  # type: ignore[type-arg]
    return list(trained(folder).model().get_weights())


def test_random_numbers_of_the_caller_go_on_as_if_nothing_had_been_trained(folder: Path) -> None:
    random.seed(5)
    np.random.seed(5)
    expected = (random.random(), np.random.rand())
    random.seed(5)
    np.random.seed(5)
    run = trained(folder)
    run.evaluate()
    nettool.build(folder / "small.yaml")
    assert (random.random(), np.random.rand()) == expected


def test_settings_of_keras_change_no_result_and_stay(folder: Path, weights: list[object]) -> None:
    import keras

    keras.config.set_floatx("float64")
    keras.config.set_image_data_format("channels_first")
    keras.config.set_epsilon(0.01)
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        run = trained(folder)
        same = run.model().get_weights()
        assert run.evaluate() == pytest.approx(run.results["test"], rel=1e-5)
        assert nettool.build(folder / "small.yaml").input_shape == (None, 8, 8, 1)
        assert keras.config.floatx() == "float64"
        assert keras.config.image_data_format() == "channels_first"
        assert keras.config.epsilon() == 0.01
        assert keras.config.dtype_policy().name == "mixed_bfloat16"
    finally:
        keras.config.set_floatx("float32")
        keras.config.set_image_data_format("channels_last")
        keras.config.set_epsilon(1e-7)
        keras.config.set_dtype_policy("float32")
    assert all(np.array_equal(one, two) for one, two in zip(same, weights, strict=True))


def test_the_precision_of_one_spec_is_not_that_of_the_next_model(folder: Path) -> None:
    import keras

    nettool.load(folder / "small.yaml", {"train.precision": "mixed_bfloat16"}).build()
    assert keras.config.dtype_policy().name == "float32"


def test_trainings_in_two_threads_are_those_of_one(folder: Path, weights: list[object]) -> None:
    runs: dict[int, Run] = {}

    def train(seed: int) -> None:
        runs[seed] = trained(folder, seed)

    threads = [Thread(target=train, args=(seed,)) for seed in (3, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {run.status for run in runs.values()} == {"finished"}
    found = runs[3].model().get_weights()
    assert all(np.array_equal(one, two) for one, two in zip(found, weights, strict=True))


@pytest.mark.skipif(sys.platform == "win32", reason="a signal as it is on Unix")
def test_an_interrupt_that_the_process_ignores_stays_ignored(folder: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        spec = nettool.load(folder / "small.yaml")
        run = nettool.train(
            spec, runs_dir=folder / "ignored", on_event=lambda event: signal.raise_signal(signal.SIGINT)
        )
    finally:
        signal.signal(signal.SIGINT, before)
    assert run.status == "finished"


def test_a_notebook_still_shows_pictures_of_its_own_after_a_training(folder: Path) -> None:
    program = (
        "import os, nettool\n"
        f"nettool.train({str(folder / 'small.yaml')!r}, runs_dir={str(folder / 'runs')!r})\n"
        "import matplotlib\n"
        "print(os.environ['MPLBACKEND'], os.environ['JAX_DEBUG_NANS'], matplotlib.rcParams['backend'])"
    )
    inline = "module://matplotlib_inline.backend_inline"
    found = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "MPLBACKEND": inline, "JAX_DEBUG_NANS": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    shown, variable, backend = found.stdout.split("\n")[-2].split()
    assert (shown, variable) == (inline, "0")
    assert "inline" in backend
