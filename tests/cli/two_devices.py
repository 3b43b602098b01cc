"""Trains a small spec on one part of the processor and on two, stopped and resumed; prints what came of it.

The processor can only be divided before TensorFlow computes anything, so this is a program of its own.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from blank_pictures import blank_pictures
from command_line import Ended, run

SPEC = """
name: two
data: {dataset: digits, limit: 121, augment: [{layer: RandomTranslation, height_factor: 0.1, width_factor: 0.1}]}
inputs: {image: [8, 8, 1]}
nodes:
  conv: {layer: Conv2D, filters: 4, kernel_size: 3, activation: relu, use_bias: false}
  norm: {layer: BatchNormalization, synchronized: true}
  flat: {layer: Flatten}
  hidden: {layer: Dense, units: 8, activation: relu, kernel_regularizer: l2, use_bias: false}
  digit: {layer: Dense, units: 10, activation: softmax}
  other: {layer: Dense, from: hidden, units: 10, activation: softmax, use_bias: false}
outputs: [digit, other]
losses:
  digit: [categorical_crossentropy, {loss: mse, weight: 0.5}]
  other: {loss: categorical_crossentropy, weight: 0.3}
metrics: {digit: accuracy}
train:
  optimizer: {optimizer: Adam, learning_rate: 0.01, use_ema: true, clipnorm: 0.5}
  epochs: 2
  batch_size: 15
  validation_split: 0.2
  class_weights: {digit: balanced}
"""

NAMES = ("one", "two", "stopped")


def main() -> None:
    from nettool.engine.devices.start import start
    from nettool.engine.train.callbacks.stop_on_request import StopOnRequest

    start()
    from nettool.engine.compile import compile_model as compiling
    from nettool.engine.devices.device_choice import device_choice
    from nettool.engine.devices.devices import use_devices

    use_devices(device_choice("cpu:0,1"))
    compiling.steps_per_execution = lambda *_: 2
    blank_pictures(pytest.MonkeyPatch())
    Path("two.yaml").write_text(SPEC.lstrip())
    quiet = ("two.yaml", "--quiet", "--name")
    ended = [run("train", *quiet, "two", "--device", "cpu:0,1")]
    with _stopped_after(StopOnRequest, 2):
        ended.append(run("train", *quiet, "stopped", "--device", "cpu:0,1"))
    ended.append(run("train", "--resume", "stopped", "--quiet"))
    ended.append(run("train", *quiet, "one"))
    told = run("train", *quiet, "refused", "--device", "cpu:0,1", "--batch-size", "96")
    facts = {
        "ended": [[each.code, _errors(each)] for each in ended],
        "refused": [told.code, told.err, Path("runs/refused").exists()],
        **{name: _outcome(Path("runs", name, "latest")) for name in NAMES},
    }
    print(json.dumps(facts))  # noqa: T201


@contextmanager
def _stopped_after(callback: Any, executions: int) -> Iterator[None]:
    from nettool.engine.stop_signal import Stopped

    left, before = [executions], callback.on_train_batch_end

    def count(self: object, batch: int, logs: object = None) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Stopped

    callback.on_train_batch_end = count
    try:
        yield
    finally:
        callback.on_train_batch_end = before


def _errors(ended: Ended) -> str:
    return "".join(line for line in ended.err.splitlines() if not line.startswith("note: "))


def _outcome(run_: Path) -> dict[str, Any]:
    import keras

    weights = keras.models.load_model(run_ / "checkpoints/last/model.keras", compile=False).get_weights()
    facts = json.loads((run_ / "run.json").read_text())
    return {
        "devices": facts["devices"],
        "resumed_on": [each["devices"] for each in facts["resumptions"]],
        "test": json.loads((run_ / "results.json").read_text())["test"],
        "rows": np.genfromtxt(run_ / "metrics.csv", delimiter=",", skip_header=1).tolist(),
        "weights": [weight.astype(float).ravel().tolist() for weight in weights],
    }


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
