"""Trains a small spec on JAX, stopped within an epoch and resumed too; prints what came of it.

Keras takes its backend when it is loaded, so this is a program of its own.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from blank_pictures import blank_pictures
from command_line import Ended, run

SPEC = """
name: small
data:
  dataset: digits
  limit: 100
  augment: [{layer: RandomTranslation, height_factor: 0.1, width_factor: 0.1}, {layer: RandomRotation, factor: 0.05}]
inputs: {image: [8, 8, 1]}
nodes:
  conv: {layer: Conv2D, filters: 4, kernel_size: 3, activation: relu}
  norm: {layer: BatchNormalization}
  drop: {layer: Dropout, rate: 0.2}
  flat: {layer: Flatten}
  digit: {layer: Dense, units: 10, activation: softmax}
outputs: [digit]
losses: {digit: categorical_crossentropy}
metrics: {digit: accuracy}
train:
  optimizer: {optimizer: Adam, learning_rate: 0.01, use_ema: true}
  epochs: 2
  batch_size: 16
  validation_split: 0.2
  class_weights: balanced
"""


def main() -> None:
    from nettool.engine.devices.start import start

    start("jax")
    from nettool.engine.compile import compile_model as compiling

    compiling.steps_per_execution = lambda *_: 2
    blank_pictures(pytest.MonkeyPatch())
    Path("small.yaml").write_text(SPEC.lstrip())
    begin = ("small.yaml", "--quiet", "--backend", "jax", "--name")
    ended = [run("train", *begin, "whole")]
    with _stopped_in_second_execution():
        ended.append(run("train", *begin, "stopped"))
    ended.append(run("train", "--resume", "stopped", "--quiet"))
    measured = run("evaluate", "whole", "--json")
    several = run("train", *begin, "refused", "--device", "cpu:0,1")
    Path("hashing.yaml").write_text(SPEC.lstrip().replace("Dropout, rate: 0.2", "Hashing, num_bins: 3"))
    hashing = run("train", "hashing.yaml", "--quiet", "--backend", "jax", "--name", "refused")
    facts = {
        "ended": [[each.code, _errors(each)] for each in ended],
        "whole": _outcome(Path("runs/whole/latest")),
        "stopped": _outcome(Path("runs/stopped/latest")),
        "measured": json.loads(measured.out)["figures"],
        "refused": [[each.code, each.err] for each in (several, hashing)],
        "refused_is_written": Path("runs/refused").exists(),
    }
    print(json.dumps(facts))  # noqa: T201


@contextmanager
def _stopped_in_second_execution() -> Iterator[None]:
    from nettool.engine.stop_signal import Stopped
    from nettool.engine.train.callbacks.stop_on_request import StopOnRequest

    left, before = [2], StopOnRequest.on_train_batch_end

    def count(self: object, batch: int, logs: object = None) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Stopped

    StopOnRequest.on_train_batch_end = count  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        StopOnRequest.on_train_batch_end = before  # type: ignore[method-assign]


def _errors(ended: Ended) -> str:
    return "".join(line for line in ended.err.splitlines() if not line.startswith("note: "))


def _outcome(run_: Path) -> dict[str, Any]:
    import keras

    weights = keras.models.load_model(run_ / "checkpoints/last/model.keras", compile=False).get_weights()
    facts = json.loads((run_ / "run.json").read_text())
    return {
        "backend": facts["backend"],
        "packages": sorted(facts["versions"]),
        "test": json.loads((run_ / "results.json").read_text())["test"],
        "rows": (run_ / "metrics.csv").read_text(),
        "weights": [weight.tobytes().hex() for weight in weights],
    }


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
