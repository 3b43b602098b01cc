"""What `nettool train` takes after the last step, where there is much of something, beside plain Keras.

    python benchmarks/after_the_last_step.py [classes] [outputs] [samples]

Three small networks, trained for an epoch: one of 20,000 classes, tested on 40,000 samples; one of 50 outputs
that give a class each; and one that is tested on 1,000,000 rows of five numbers. The script trains the same
network with Keras on the same arrays, with batches of the same size, and evaluates it. Seconds are those of
the clock (but for those of the processor), so nothing else should run.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from processes import Ended, run

WIDTH, UNITS, BATCH, TEST_BATCH = 16, 32, 64, 256
LABEL, NUMBERS = "sparse_categorical_crossentropy", "mean_squared_error"


class Case(NamedTuple):
    """A network: so many outputs of so many units, and the samples it is trained and tested on."""

    outputs: int
    units: int
    training: int
    test: int
    loss: str


CASES = {
    "classes": Case(1, 20_000, 20_000, 40_000, LABEL),
    "outputs": Case(50, 10, 2_000, 2_000, LABEL),
    "samples": Case(1, 5, 2_000, 1_000_000, NUMBERS),
}


def outputs_of(case: Case) -> list[str]:
    return [f"y{number}" for number in range(case.outputs)]


def spec_of(case: Case) -> str:
    activation = ", activation: softmax" if case.loss == LABEL else ""
    outputs = outputs_of(case)
    layers = [
        f"  {name}: {{layer: Dense, from: hidden, units: {case.units}{activation}}}" for name in outputs
    ]
    metric = "accuracy" if case.loss == LABEL else "mae"
    return "\n".join(
        (
            "name: much\ndata: {arrays: data.npz}",
            f"inputs: {{x: [{WIDTH}]}}",
            f"nodes:\n  hidden: {{layer: Dense, units: {UNITS}, activation: relu}}",
            *layers,
            f"outputs: [{', '.join(outputs)}]",
            f"losses: {{{', '.join(f'{name}: {case.loss}' for name in outputs)}}}",
            f"metrics: {{{', '.join(f'{name}: {metric}' for name in outputs)}}}",
            f"train: {{epochs: 1, batch_size: {BATCH}, optimizer: Adam}}\n",
        )
    )


def write_data(case: Case, path: Path) -> None:
    random = np.random.default_rng(0)
    arrays: dict[str, Any] = {}
    for part, count in (("train", case.training), ("test", case.test)):
        arrays[f"x_{part}"] = random.standard_normal((count, WIDTH), np.float32)
        for name in outputs_of(case):
            # Only what is needed: a process counts as large as the one that started it has been.
            arrays[f"{name}_{part}"] = (
                random.permutation(count) % case.units
                if case.loss == LABEL
                else random.standard_normal((count, case.units), np.float32)
            )
    np.savez(path, **arrays)


def keras_side(case: Case, path: Path) -> None:
    """The seconds of training and of testing, and the peak memory, as a line of JSON."""
    import resource
    import time

    import keras

    stored = np.load(path)
    names = outputs_of(case)
    inputs = keras.Input((WIDTH,))
    hidden = keras.layers.Dense(UNITS, activation="relu")(inputs)
    activation = "softmax" if case.loss == LABEL else None
    answers = {
        name: keras.layers.Dense(case.units, activation=activation, name=name)(hidden) for name in names
    }
    model = keras.Model(inputs, answers)
    metric = "accuracy" if case.loss == LABEL else "mae"
    model.compile("adam", dict.fromkeys(names, case.loss), metrics={name: [metric] for name in names})
    part = {
        part: (stored[f"x_{part}"], {name: stored[f"{name}_{part}"] for name in names})
        for part in ("train", "test")
    }
    began = time.perf_counter()
    model.fit(*part["train"], batch_size=BATCH, verbose=0)
    trained = time.perf_counter()
    model.evaluate(*part["test"], batch_size=TEST_BATCH, verbose=0)
    tested = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"training": trained - began, "test": tested - trained, "peak": peak}))


def nettool_side(folder: Path) -> tuple[Ended, Mapping[str, float]]:
    ended = run("-m", "nettool", "train", "much.yaml", "--quiet", folder=folder)
    latest = (folder / "runs" / "much" / "latest").resolve()
    timings: dict[str, float] = json.loads((latest / "results.json").read_text())["timings"]
    peak: int = json.loads((latest / "observations.json").read_text())["peak_memory"]
    return ended, {**timings, "peak": peak}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *CASES])
    parser.add_argument("--keras-side", choices=list(CASES), help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.keras_side:
        keras_side(CASES[asked.keras_side], asked.data)
        return
    print(
        "| what there is much of | side | training | test | plots | whole process | processor | peak memory |"
    )
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name in asked.names or CASES:
        case = CASES[name]
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            write_data(case, folder / "data.npz")
            (folder / "much.yaml").write_text(spec_of(case))
            ours, timings = nettool_side(folder)
            theirs = run(Path(__file__), "--keras-side", name, "--data", folder / "data.npz")
        print(row(name, "nettool", ours, timings))
        print(row(name, "Keras", theirs, theirs.last_line()), flush=True)


def row(name: str, side: str, ended: Ended, found: Mapping[str, float]) -> str:
    steps = (f"{found[step]:.1f} s" if step in found else "" for step in ("training", "test", "plots"))
    times = f"{ended.seconds:.1f} s | {ended.processor_seconds:.1f} s"
    return f"| {name} | {side} | {' | '.join(steps)} | {times} | {found['peak'] / 2**20:,.0f} MiB |"


if __name__ == "__main__":
    sys.exit(main())
