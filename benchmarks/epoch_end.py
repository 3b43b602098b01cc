"""How long an epoch waits after its last batch: with TensorFlow's tuning of the input pipeline, and without.

    python benchmarks/epoch_end.py [--epochs 30] [--steps 2000]

The same pipeline, 60,000 rows of 784 numbers in batches of 256, is passed over again and again; nothing is
trained. nettool makes its pipelines without tuning.
"""

import argparse
import os
import time
from statistics import median

BATCH = 256
LONG = 0.02
"""Seconds: longer than it takes to end an epoch by far."""


def ends(*, is_tuned: bool, epochs: int, steps: int) -> tuple[list[float], list[float]]:
    """Seconds between the last batch and the end of each epoch, and of each epoch as a whole."""
    import tensorflow as tf

    rows = tf.random.uniform((60_000, 784))

    def batch(_: tf.Tensor) -> tf.Tensor:
        return tf.gather(rows, tf.random.uniform([BATCH], 0, 60_000, tf.int32))

    dataset = tf.data.Dataset.range(steps).map(batch, num_parallel_calls=tf.data.AUTOTUNE)
    options = tf.data.Options()
    options.autotune.enabled = is_tuned
    dataset = dataset.prefetch(tf.data.AUTOTUNE).with_options(options)
    waits, wholes = [], []
    for _ in range(epochs):
        begun = last = time.perf_counter()
        for _ in dataset:
            last = time.perf_counter()
        end = time.perf_counter()
        waits.append(end - last)
        wholes.append(end - begun)
    return waits, wholes


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--steps", type=int, default=2_000)
    options = parser.parse_args()
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    print("| | epochs that waited | longest wait, s | median epoch, s | mean epoch, s |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for title, is_tuned in (("tuned", True), ("not tuned", False)):
        waits, wholes = ends(is_tuned=is_tuned, epochs=options.epochs, steps=options.steps)
        held_up = sum(wait > LONG for wait in waits)
        print(
            f"| {title} | {held_up} of {len(waits)} | {max(waits):.3f} | {median(wholes):.3f} "
            f"| {sum(wholes) / len(wholes):.3f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
