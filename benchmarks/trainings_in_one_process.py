"""How much a process grows by trainings, one after the other, and whether equal seeds come to equal weights.

    python benchmarks/trainings_in_one_process.py [--count 20] [--spec SPEC]
    python benchmarks/trainings_in_one_process.py --keras [--clear-session]

Each training is one epoch of configs/digits_cnn.yaml (or another spec) on 300 samples. With `--keras`, a
plain Keras script trains the network of configs/digits_cnn.yaml. Printed are the resident memory after each
training, and the growth from the fifth to the last: what the first ones load stays loaded.
"""

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import nettool

if TYPE_CHECKING:
    import keras

ROOT = Path(__file__).parents[1]
SPEC = ROOT / "configs" / "digits_cnn.yaml"
SAMPLES = 300
MIB = 1 << 20


def resident() -> float:
    """MiB of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MIB


def with_nettool(spec_path: Path, folder: str) -> "Callable[[], keras.Model]":
    """A training through the Python API; it gives the model."""
    spec = nettool.load(spec_path, {"train.epochs": 1, "data.limit": SAMPLES})
    return lambda: nettool.train(spec, runs_dir=folder, on_event=lambda _: None).model()


def with_keras(*, clear_session: bool) -> "Callable[[], keras.Model]":
    """The training that a person would write, of the same network."""
    import keras
    from sklearn.datasets import load_digits

    digits = load_digits()
    images = digits.images[:SAMPLES, :, :, None].astype("float32") / 16
    targets = keras.utils.to_categorical(digits.target[:SAMPLES], 10)
    layers = keras.layers

    def convolution(x: keras.KerasTensor) -> keras.KerasTensor:
        x = layers.Conv2D(32, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization(momentum=0.9)(x)

    def training() -> keras.Model:
        if clear_session:
            keras.backend.clear_session()
        keras.utils.set_random_seed(0)
        image = keras.Input((8, 8, 1))
        x = layers.Conv2D(32, 3, padding="same", activation="relu")(image)
        for _ in range(2):
            inner = layers.Activation("relu")(convolution(x))
            x = layers.Activation("relu")(layers.Add()([convolution(inner), x]))
        x = layers.Dropout(0.2)(layers.GlobalAveragePooling2D()(x))
        model = keras.Model(image, layers.Dense(10, activation="softmax")(x))
        model.compile("adam", "categorical_crossentropy", ["accuracy"])
        model.fit(images, targets, batch_size=32, epochs=1, validation_split=0.1, verbose=0)
        return model

    return training


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--spec", type=Path, default=SPEC)
    parser.add_argument("--keras", action="store_true")
    parser.add_argument("--clear-session", action="store_true")
    given = parser.parse_args()
    count: int = given.count
    sizes: list[float] = []
    weights: list[list[bytes]] = []
    with tempfile.TemporaryDirectory() as folder:
        training = (
            with_keras(clear_session=given.clear_session) if given.keras else with_nettool(given.spec, folder)
        )
        for number in range(1, count + 1):
            weights.append([array.tobytes() for array in training().get_weights()])
            sizes.append(resident())
            print(f"{number:>3} {sizes[-1]:>8.0f} MiB", flush=True)
    settled = min(5, count)
    grown = sizes[-1] - sizes[settled - 1]
    print(f"grown by {grown:.0f} MiB from training {settled} to {count}")
    print(f"weights are {'equal' if all(each == weights[0] for each in weights) else 'DIFFERENT'}")


if __name__ == "__main__":
    main()
