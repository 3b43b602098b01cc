"""Peak memory of `nettool train` on CIFAR-10: what it takes above TensorFlow itself, in sizes of the set.

Run `python benchmarks/memory.py [--data-dir FOLDER]`. Without a folder the files are made up, random values
in the published binary form. The network is tiny and trained for one epoch, with validation, test and
plots: what is measured is what holds the data. The floor is a Keras script that trains one step. The budget
is the floor and 1.5 times the set's bytes.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

MEGABYTE = 1_000_000
SET = 60_000 * 32 * 32 * 3
BUDGET = 1.5
SPEC = """
name: tiny
data: cifar10
inputs: {img: [32, 32, 3]}
nodes:
  pool: {layer: AveragePooling2D, pool_size: 8}
  flat: {layer: Flatten}
  label: {layer: Dense, units: 10, activation: softmax}
outputs: [label]
losses: {label: categorical_crossentropy}
metrics: {label: accuracy}
train: {optimizer: RMSprop, epochs: 1, batch_size: 64, validation_split: 0.2}
"""
SCRIPT = """
import keras, numpy as np
inputs = keras.Input((32, 32, 3))
outputs = keras.layers.Dense(10, "softmax")(keras.layers.Flatten()(keras.layers.AveragePooling2D(8)(inputs)))
model = keras.Model(inputs, outputs)
model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
model.fit(np.zeros((64, 32, 32, 3), "float32"), np.zeros((64, 10)), batch_size=64, verbose=0)
"""


def peak(*arguments: str | Path) -> float:
    """The largest resident size that the process comes to, in megabytes."""
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
    process = subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment,
    )
    assert process.stderr is not None
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(told.decode())
    return usage.ru_maxrss * 1024 / MEGABYTE


def write_batches(folder: Path) -> Path:
    """Six files of 10,000 records: a byte for the label, 3,072 for the pixels."""
    place = folder / "cifar-10-batches-bin"
    place.mkdir()
    random = np.random.default_rng(0)
    for name in (*(f"data_batch_{number}.bin" for number in range(1, 6)), "test_batch.bin"):
        records = random.integers(0, 256, (10_000, 3_073), dtype=np.uint8)
        records[:, 0] = random.integers(0, 10, 10_000)
        (place / name).write_bytes(records.tobytes())
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spec = folder / "tiny.yaml"
        spec.write_text(SPEC)
        data = chosen.data_dir or write_batches(folder)
        train = ("-m", "nettool", "train", spec, "--quiet", "--offline", "--runs-dir", folder / "runs")
        floor = peak("-c", SCRIPT)
        small = peak(*train, "--data", "digits", "--set", "data.limit=200")
        whole = peak(*train, "--data-dir", data)
    size = SET / MEGABYTE
    print(f"a Keras script of one step         {floor:7,.0f} MB   the floor")
    print(
        f"nettool train on 400 digits        {small:7,.0f} MB   {(small - floor) / size:5.2f} sets above it"
    )
    print(
        f"nettool train on CIFAR-10          {whole:7,.0f} MB   {(whole - floor) / size:5.2f} sets above it"
    )
    most = floor + BUDGET * size
    print(f"budget                             {most:7,.0f} MB   {BUDGET:5.2f} sets of {size:.0f} MB")


if __name__ == "__main__":
    main()
