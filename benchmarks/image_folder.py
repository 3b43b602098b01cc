"""Images per second out of a folder of JPEG files: nettool against keras.utils.image_dataset_from_directory.

    python benchmarks/image_folder.py [--files 20000] [--side 96] [--size 64] [--rounds 5] [--folder KEEP]

Both decode every file, resize to SIZE×SIZE, shuffle, and give batches of 64; nothing is trained. The files
are made in a temporary folder (or once in KEEP). Each side runs in a process of its own, in turns, imports
what it needs, and passes over the images twice. Medians of the rounds are printed.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

BATCH = 64
CLASSES = 10
SPEC = """
data: {folder: FOLDER, resize: [SIZE, SIZE], test_split: 0.0001}
inputs: {image: [SIZE, SIZE, 3]}
nodes:
  mean: {layer: GlobalAveragePooling2D}
  label: {layer: Dense, units: CLASSES, activation: softmax}
outputs: [label]
losses: {label: SparseCategoricalCrossentropy}
train: {epochs: 1, batch_size: BATCH, validation_split: 0}
"""


def make_files(folder: Path, count: int, side: int) -> None:
    """Soft random pictures, which compress about as photographs do."""
    import numpy as np
    from PIL import Image

    random = np.random.default_rng(0)
    for number in range(CLASSES):
        (folder / f"class_{number}").mkdir(parents=True)
    for number in range(count):
        coarse = random.integers(0, 256, (side // 8, side // 8, 3), dtype=np.uint8)
        picture = Image.fromarray(coarse).resize((side, side), Image.Resampling.BICUBIC)
        picture.save(folder / f"class_{number % CLASSES}" / f"{number:06}.jpg", quality=90)


def keras_batches(folder: Path, size: int) -> Iterable[object]:
    import keras
    import tensorflow as tf

    dataset = keras.utils.image_dataset_from_directory(
        folder, image_size=(size, size), batch_size=BATCH, shuffle=True, seed=1, verbose=False
    )
    return dataset.prefetch(tf.data.AUTOTUNE)


def nettool_batches(folder: Path, size: int, *, begins_early: bool = True) -> Iterable[object]:
    """As `nettool train` does it: the images are decoded from the moment the spec has been checked."""
    from nettool.data.place import Place
    from nettool.diagnostics.source import Source
    from nettool.front_end import load_source
    from nettool.graph.trainable_plan import trainable
    from nettool.jobs.run.early_data import EarlyData

    spec = SPEC
    for name, value in (("FOLDER", folder), ("SIZE", size), ("CLASSES", CLASSES), ("BATCH", BATCH)):
        spec = spec.replace(name, str(value))
    plan = trainable(load_source(Source("benchmark", spec), "benchmark")[0])
    early = EarlyData(plan, Place(), will_be_used=begins_early)
    from nettool.engine.devices.start import start

    start()
    from nettool.engine.input.epoch_order import EpochOrder
    from nettool.engine.input.input_pipeline import training_pipeline

    loaded = early.loaded()
    assert loaded is not None
    order = EpochOrder(1, len(loaded.train))
    order.begin(0)
    return training_pipeline(plan, loaded.train, BATCH, order).dataset


def nettool_batches_late(folder: Path, size: int) -> Iterable[object]:
    """The same without a head start: nothing is decoded before the feed is made."""
    return nettool_batches(folder, size, begins_early=False)


SIDES = {"keras": keras_batches, "nettool": nettool_batches, "nettool, no head start": nettool_batches_late}


def measure(side: str, folder: Path, size: int) -> None:
    """Print what one side needs, as JSON: seconds until it can begin, images per second, peak memory."""
    begun = time.perf_counter()
    batches = SIDES[side](folder, size)
    figures = {"ready": time.perf_counter() - begun}
    for number in ("first", "second"):
        start = time.perf_counter()
        count = sum(len(images) for images, _ in batches)  # type: ignore[misc,attr-defined]
        end = time.perf_counter()
        figures[f"{number} pass"] = count / (end - start)
        figures[f"until the {number} pass has ended"] = end - begun
    figures["memory"] = _peak_memory()
    print(json.dumps(figures))


def _peak_memory() -> float:
    """MB, of this process and of those that it started and that still run."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peaks = (
        int(line.split()[1]) / 1024
        for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        for line in Path(f"/proc/{child}/status").read_text().splitlines()
        if line.startswith("VmHWM:")
    )
    return own + sum(peaks)


ROWS = (
    ("first pass", "first pass, images/s", "{:,.0f}"),
    ("second pass", "second pass, images/s", "{:,.0f}"),
    ("ready", "seconds from the start of the program until the first pass", "{:.1f}"),
    ("until the first pass has ended", "seconds until the first pass has ended", "{:.1f}"),
    ("until the second pass has ended", "seconds until the second pass has ended", "{:.1f}"),
    ("memory", "peak memory, MB", "{:,.0f}"),
)


def compare(folder: Path, size: int, rounds: int) -> None:
    found: dict[str, list[dict[str, float]]] = {side: [] for side in SIDES}
    for number in range(rounds):
        for side in SIDES:
            command = [
                sys.executable,
                __file__,
                "--measure",
                side,
                "--folder",
                str(folder),
                "--size",
                str(size),
            ]
            printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            found[side].append(json.loads(printed.splitlines()[-1]))
        rates = (f"{side} {found[side][-1]['first pass']:,.0f}/s" for side in SIDES)
        print(f"round {number + 1}: {', '.join(rates)}", flush=True)
    print("| |", " | ".join(SIDES), "|")
    print("| --- |", " ---: |" * len(SIDES))
    for key, title, form in ROWS:
        medians = (median(each[key] for each in found[side]) for side in SIDES)
        print(f"| {title} |", " | ".join(form.format(figure) for figure in medians), "|")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--side", type=int, default=96)
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--measure", choices=SIDES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure, options.folder, options.size)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary) / "images"
        if not folder.exists():
            make_files(folder, options.files, options.side)
        compare(folder, options.size, options.rounds)


if __name__ == "__main__":
    main()
