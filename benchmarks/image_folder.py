"""Images per second out of a folder of JPEG files: nettool against keras.utils.image_dataset_from_directory.

    python benchmarks/image_folder.py [--files 20000] [--side 96] [--rounds 5] [--folder KEEP]

Both decode every file, resize to 64×64, shuffle, and give batches of 64; nothing is trained. The files are
made in a temporary folder (or once in KEEP). Each side runs in a process of its own, in turns, and passes
over the images twice. Medians of the rounds are printed, by the clock and by the processor's time: what else
the machine does moves the clock.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

SIZE = 64
BATCH = 64
CLASSES = 10
SPEC = f"""
data: {{folder: FOLDER, resize: [{SIZE}, {SIZE}], test_split: 0.0001}}
inputs: {{image: [{SIZE}, {SIZE}, 3]}}
nodes:
  mean: {{layer: GlobalAveragePooling2D}}
  label: {{layer: Dense, units: {CLASSES}, activation: softmax}}
outputs: [label]
losses: {{label: SparseCategoricalCrossentropy}}
train: {{epochs: 1, batch_size: {BATCH}, validation_split: 0}}
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


def keras_batches(folder: Path) -> Iterable[object]:
    import keras
    import tensorflow as tf

    dataset = keras.utils.image_dataset_from_directory(
        folder, image_size=(SIZE, SIZE), batch_size=BATCH, shuffle=True, seed=1, verbose=False
    )
    return dataset.prefetch(tf.data.AUTOTUNE)


def nettool_batches(folder: Path) -> Iterable[object]:
    from nettool.data.load import load as load_data
    from nettool.data.place import Place
    from nettool.diagnostics.source import Source
    from nettool.engine.epoch_order import EpochOrder
    from nettool.engine.feed import training_feed
    from nettool.load import load_source

    plan, _ = load_source(Source("benchmark", SPEC.replace("FOLDER", str(folder))), "benchmark")
    assert plan.data is not None
    part = load_data(plan.data, Place(), lambda _: None, progress=False).train
    order = EpochOrder(1, len(part))
    order.begin(0)
    return training_feed(plan, part, BATCH, order).dataset


SIDES = {"keras": keras_batches, "nettool": nettool_batches}


def measure(side: str, folder: Path) -> None:
    """Print what one side needs, as JSON: seconds until it can begin, images per second, peak memory."""
    from nettool.engine.start import start

    start()
    begun = time.perf_counter()
    batches = SIDES[side](folder)
    figures: dict[str, list[float]] = {"listing": [time.perf_counter() - begun], "wall": [], "cpu": []}
    for _ in range(2):
        wall, cpu = time.perf_counter(), time.process_time()
        count = sum(len(images) for images, _ in batches)  # type: ignore[misc,attr-defined]
        figures["wall"].append(count / (time.perf_counter() - wall))
        figures["cpu"].append(count / (time.process_time() - cpu))
    figures["memory"] = [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]
    print(json.dumps(figures))


def compare(folder: Path, rounds: int) -> None:
    found: dict[str, list[dict[str, list[float]]]] = {side: [] for side in SIDES}
    for number in range(rounds):
        for side in SIDES:
            command = [sys.executable, __file__, "--measure", side, "--folder", str(folder)]
            printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            found[side].append(json.loads(printed.splitlines()[-1]))
        print(
            f"round {number + 1}", *(f"{side} {_pair(found[side][-1]['wall'])}" for side in SIDES), flush=True
        )
    for key, place, title in (
        ("wall", 0, "first pass, images/s"),
        ("wall", 1, "second pass, images/s"),
        ("cpu", 0, "first pass, images per second of processor time"),
        ("cpu", 1, "second pass, images per second of processor time"),
    ):
        keras, ours = (median(each[key][place] for each in found[side]) for side in SIDES)
        print(f"{title}: keras {keras:,.0f}, nettool {ours:,.0f}, ratio {ours / keras:.2f}")
    for key, title in (("listing", "seconds before the first pass"), ("memory", "peak memory, MB")):
        keras, ours = (median(each[key][0] for each in found[side]) for side in SIDES)
        print(f"{title}: keras {keras:,.2f}, nettool {ours:,.2f}")


def _pair(rates: list[float]) -> str:
    return " then ".join(f"{rate:,.0f}/s" for rate in rates)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--side", type=int, default=96)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--measure", choices=SIDES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure, options.folder)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary) / "images"
        if not folder.exists():
            make_files(folder, options.files, options.side)
        compare(folder, options.rounds)


if __name__ == "__main__":
    main()
