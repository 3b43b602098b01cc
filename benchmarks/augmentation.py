"""Samples per second of training with augmentation: `nettool train` against scripts that people write.

Run `python benchmarks/augmentation.py [--rounds N] [resnet] [small] [batches]`, on random images of the
shape of CIFAR-10's, with RandomFlip and RandomTranslation: the network of configs/resnet.yaml; a small one,
where the batches count for more; and the batches alone. The scripts use the same layers: in the model
(Keras's first advice), or in tf.data's map, image by image before `batch` or batch by batch after it. The
sides take turns, and the best epoch of each counts: the first one holds the tracing, and a busy machine
slows others.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from nettool.engine.devices.start import start

start()

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

from nettool.data.column import Column, Part  # noqa: E402
from nettool.data.request import Augmentation  # noqa: E402
from nettool.data.scale import fraction_of  # noqa: E402
from nettool.diagnostics.source import Source  # noqa: E402
from nettool.engine.devices.process_setup import (  # noqa: E402
    fresh_session,
    seed_everything,
)
from nettool.engine.input.epoch_order import EpochOrder  # noqa: E402
from nettool.engine.input.input_pipeline import training_pipeline  # noqa: E402
from nettool.engine.model.build_model import build_model  # noqa: E402
from nettool.engine.stop_signal import StopSignal  # noqa: E402
from nettool.engine.train.checkpoint_writer import KeepsNothing  # noqa: E402
from nettool.engine.train.training import train  # noqa: E402
from nettool.front_end import load, load_source  # noqa: E402
from nettool.graph.trainable_plan import TrainablePlan, trainable  # noqa: E402

RESNET = Path(__file__).parents[1] / "configs/resnet.yaml"
SMALL = """
data: cifar10
inputs: {img: [32, 32, 3]}
nodes:
  conv_1: {layer: Conv2D, filters: 16, kernel_size: 3, strides: 2, activation: relu}
  conv_2: {layer: Conv2D, filters: 32, kernel_size: 3, strides: 2, activation: relu}
  mean: {layer: GlobalAveragePooling2D}
  label: {layer: Dense, units: 10, activation: softmax}
outputs: [label]
losses: {label: categorical_crossentropy}
metrics: {label: accuracy}
train: {optimizer: RMSprop}
"""
AUGMENT = (
    Augmentation("RandomFlip", {"mode": "horizontal"}),
    Augmentation("RandomTranslation", {"height_factor": 0.1, "width_factor": 0.1}),
)
EPOCHS, BATCH = 3, 64
SETTINGS = (f"train.epochs={EPOCHS}", f"train.batch_size={BATCH}")

Images = np.ndarray
Labels = np.ndarray


def layers() -> list[keras.Layer]:
    """The layers as a script makes them."""
    return [keras.layers.RandomFlip("horizontal"), keras.layers.RandomTranslation(0.1, 0.1)]


def resnet() -> TrainablePlan:
    return trainable(load(RESNET, SETTINGS)[0])


def small() -> TrainablePlan:
    return trainable(load_source(Source("small", SMALL), "small", SETTINGS)[0])


def augmented(plan: TrainablePlan, augment: tuple[Augmentation, ...]) -> TrainablePlan:
    return replace(plan, data=replace(plan.data, augment=augment))


def part(images: Images, labels: Labels) -> Part:
    return Part({"image": Column(images, scale=fraction_of(255.0)), "label": Column(labels)})


def nettool(plan: TrainablePlan, images: Images, labels: Labels) -> list[float]:
    """The seconds of each epoch of nettool's own training."""
    return trained(augmented(plan, AUGMENT), images, labels)


def without(plan: TrainablePlan, images: Images, labels: Labels) -> list[float]:
    """nettool without augmentation: what the rest costs."""
    return trained(plan, images, labels)


def trained(plan: TrainablePlan, images: Images, labels: Labels) -> list[float]:
    seed_everything(0)
    model = build_model(plan.graph)
    data = part(images, labels)
    return list(train(model, plan, data, None, lambda event: None, StopSignal(), KeepsNothing()).seconds)


def in_the_model(plan: TrainablePlan, images: Images, labels: Labels) -> list[float]:
    """Random layers as the first layers of the network."""
    inputs = keras.Input((32, 32, 3))
    tensor = inputs
    for layer in (*layers(), keras.layers.Rescaling(1 / 255)):
        tensor = layer(tensor)
    model = keras.Model(inputs, build_model(plan.graph)(tensor))
    return fitted(model, images.astype("float32"), keras.utils.to_categorical(labels, 10), batch_size=BATCH)


def image_by_image(plan: TrainablePlan, images: Images, labels: Labels) -> list[float]:
    """`map` before `batch`, in parallel."""
    return fitted(build_model(plan.graph), dataset(images, labels, batch_first=False))


def batch_by_batch(plan: TrainablePlan, images: Images, labels: Labels) -> list[float]:
    """`map` after `batch`, in parallel."""
    return fitted(build_model(plan.graph), dataset(images, labels, batch_first=True))


def dataset(images: Images, labels: Labels, *, batch_first: bool) -> tf.data.Dataset:
    chain = layers()

    def augmented(image: tf.Tensor, label: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        image = tf.cast(image, "float32")
        for layer in chain:
            image = layer(image, training=True)
        return image / 255, label

    y = keras.utils.to_categorical(labels, 10)
    made = tf.data.Dataset.from_tensor_slices((images, y)).shuffle(len(images))
    if batch_first:
        made = made.batch(BATCH).map(augmented, num_parallel_calls=tf.data.AUTOTUNE)
    else:
        made = made.map(augmented, num_parallel_calls=tf.data.AUTOTUNE).batch(BATCH)
    return made.prefetch(tf.data.AUTOTUNE)


def fitted(model: keras.Model, *data: object, **options: object) -> list[float]:
    model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
    clock = Clock()
    model.fit(*data, epochs=EPOCHS, verbose=0, callbacks=[clock], **options)
    return clock.seconds


class Clock(keras.callbacks.Callback):  # type: ignore[misc]
    """The seconds of each epoch."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []

    def on_epoch_begin(self, epoch: int, logs: object = None) -> None:
        self.began = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: object = None) -> None:
        self.seconds.append(time.perf_counter() - self.began)


TRAININGS: dict[str, Callable[[TrainablePlan, Images, Labels], list[float]]] = {
    "nettool": nettool,
    "nettool without augmentation": without,
    "script, layers in the model": in_the_model,
    "script, tf.data image by image": image_by_image,
    "script, tf.data batch by batch": batch_by_batch,
}


def compare_trainings(plan: TrainablePlan, images: Images, labels: Labels, rounds: int) -> None:
    sides = {
        side: lambda seconds=seconds: seconds(plan, images, labels) for side, seconds in TRAININGS.items()
    }
    compare(sides, len(images), rounds)


def compare_batches(images: Images, labels: Labels, rounds: int) -> None:
    order = EpochOrder(0, len(images))
    feeds = {
        "nettool": training_pipeline(augmented(small(), AUGMENT), part(images, labels), BATCH, order).dataset,
        "nettool without augmentation": training_pipeline(
            small(), part(images, labels), BATCH, order
        ).dataset,
        "script, tf.data image by image": dataset(images, labels, batch_first=False),
        "script, tf.data batch by batch": dataset(images, labels, batch_first=True),
    }
    compare(
        {side: lambda batches=batches: [iterated(batches)] for side, batches in feeds.items()},
        len(images),
        rounds,
    )


def iterated(batches: tf.data.Dataset) -> float:
    began = time.perf_counter()
    for _ in batches:
        pass
    return time.perf_counter() - began


def compare(sides: dict[str, Callable[[], list[float]]], samples: int, rounds: int) -> None:
    """Print the best rate of each side, and how much faster the first one is."""
    best = dict.fromkeys(sides, float("inf"))
    for _ in range(rounds):
        for side, seconds in sides.items():
            best[side] = min(best[side], *seconds())
            fresh_session()
    first = next(iter(best.values()))
    for side, seconds in best.items():
        print(f"  {side:32} {samples / seconds:9,.0f} samples/s  nettool is {seconds / first:.2f} × as fast")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", default=["resnet", "small", "batches"])
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    random = np.random.default_rng(0)
    images = random.integers(0, 256, (25_600, 32, 32, 3), dtype=np.uint8)
    labels = random.integers(0, 10, len(images))
    for what in chosen.what:
        print(what, flush=True)
        if what == "batches":
            compare_batches(images, labels, chosen.rounds)
        else:
            plan, count = (resnet(), 1_600) if what == "resnet" else (small(), len(images))
            compare_trainings(plan, images[:count], labels[:count], chosen.rounds)


if __name__ == "__main__":
    main()
