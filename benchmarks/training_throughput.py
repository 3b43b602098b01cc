"""Samples per second of `nettool train` against the Keras script that people would write, in one run.

Run `python benchmarks/training_throughput.py [dense] [convolutions]`. The data are random, in the shapes of
MNIST and CIFAR-10. Both sides train in turns, three times some epochs, and the best epoch of each counts: the
first one holds the tracing, and a busy machine slows others.
"""

import sys
import time
from collections.abc import Callable, Mapping

from nettool.engine.start import start

start()

import keras  # noqa: E402
import numpy as np  # noqa: E402

from nettool.data.column import Column, Part  # noqa: E402
from nettool.data.field import Field  # noqa: E402
from nettool.data.scale import fraction_of  # noqa: E402
from nettool.diagnostics.source import Source, Span  # noqa: E402
from nettool.engine.agreement import completed  # noqa: E402
from nettool.engine.build import build_model  # noqa: E402
from nettool.engine.callbacks.stop_on_request import StopSignal  # noqa: E402
from nettool.engine.keeper import KeepsNothing  # noqa: E402
from nettool.engine.seeds import seed_everything  # noqa: E402
from nettool.engine.training import train  # noqa: E402
from nettool.graph.binding import Binding, InputBinding, TargetBinding  # noqa: E402
from nettool.graph.network import Graph, Node  # noqa: E402
from nettool.graph.objectives import Loss, Metric  # noqa: E402
from nettool.graph.plan import Plan  # noqa: E402
from nettool.graph.settings import Optimizer, Training  # noqa: E402

BATCH = 64
ROUNDS = 3
HERE = Span(Source("benchmark", ""), 1, 1, 1, 1)
CONV: Mapping[str, object] = {"kernel_size": 3, "activation": "relu"}
SAME: Mapping[str, object] = {**CONV, "padding": "same"}

Row = tuple[str, str, tuple[str, ...], Mapping[str, object]]

DENSE: list[Row] = [
    ("dense_1", "Dense", ("image",), {"units": 64, "activation": "relu"}),
    ("dense_2", "Dense", ("dense_1",), {"units": 64, "activation": "relu"}),
    ("label", "Dense", ("dense_2",), {"units": 10, "activation": "softmax"}),
]
RESNET: list[Row] = [
    ("conv_1", "Conv2D", ("image",), {"filters": 32, **CONV}),
    ("conv_2", "Conv2D", ("conv_1",), {"filters": 64, **CONV}),
    ("pool", "MaxPooling2D", ("conv_2",), {"pool_size": 3}),
    ("a_1", "Conv2D", ("pool",), {"filters": 64, **SAME}),
    ("b_1", "Conv2D", ("a_1",), {"filters": 64, **SAME}),
    ("sum_1", "Add", ("b_1", "pool"), {}),
    ("a_2", "Conv2D", ("sum_1",), {"filters": 64, **SAME}),
    ("b_2", "Conv2D", ("a_2",), {"filters": 64, **SAME}),
    ("sum_2", "Add", ("b_2", "sum_1"), {}),
    ("conv_3", "Conv2D", ("sum_2",), {"filters": 64, **CONV}),
    ("mean", "GlobalAveragePooling2D", ("conv_3",), {}),
    ("dense", "Dense", ("mean",), {"units": 256, "activation": "relu"}),
    ("drop", "Dropout", ("dense",), {"rate": 0.5}),
    ("label", "Dense", ("drop",), {"units": 10, "activation": "softmax"}),
]


def compare(
    title: str, rows: list[Row], images: tuple[int, ...], shape: tuple[int, ...], samples: int, epochs: int
) -> None:
    """Print both rates (samples per second, validation included on neither side) and their ratio."""
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (samples, *images), dtype=np.uint8)
    labels = rng.integers(0, 10, samples)
    plan = _plan(rows, images, shape, epochs)
    part = Part({"image": Column(pixels, scale=fraction_of(255.0)), "label": Column(labels)})
    script_seconds: list[float] = []
    our_seconds: list[float] = []
    for _ in range(ROUNDS):
        script_seconds += _script_seconds(plan.graph, pixels.reshape(samples, *shape), labels, epochs)
        our_seconds += _our_seconds(plan, part)
    script, ours = samples / min(script_seconds), samples / min(our_seconds)
    print(f"{title}: script {script:,.0f}/s, nettool {ours:,.0f}/s, ratio {ours / script:.2f}", flush=True)


def _script_seconds(graph: Graph, pixels: np.ndarray, labels: np.ndarray, epochs: int) -> list[float]:
    x = pixels.astype("float32") / 255
    y = keras.utils.to_categorical(labels, 10)
    seed_everything(0)
    model = build_model(graph)
    model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
    clock = _Clock()
    model.fit(x, y, batch_size=BATCH, epochs=epochs, verbose=0, callbacks=[clock])
    return clock.seconds


def _our_seconds(plan: Plan, part: Part) -> list[float]:
    seed_everything(0)
    model = build_model(plan.graph)
    return list(train(model, plan, part, None, lambda event: None, StopSignal(), KeepsNothing()).seconds)


class _Clock(keras.callbacks.Callback):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []

    def on_epoch_begin(self, epoch: int, logs: object = None) -> None:
        self.began = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: object = None) -> None:
        self.seconds.append(time.perf_counter() - self.began)


def _plan(rows: list[Row], images: tuple[int, ...], shape: tuple[int, ...], epochs: int) -> Plan:
    nodes = [Node("image", "InputLayer", {}, (), HERE, shape, ())]
    nodes += [Node(name, operation, options, inputs, HERE) for name, operation, inputs, options in rows]
    graph = Graph("network", tuple(nodes), ("image",), ("label",))
    fields = (
        Field("image", "image", images, "uint8", 255.0),
        Field("label", "label", (), "int64", 1.0, tuple("0123456789")),
    )
    target = TargetBinding("label", "label", "one_hot", (10,), 10)
    return Plan(
        completed(graph, build_model(graph)),
        (Loss("label", "CategoricalCrossentropy", {}, HERE),),
        (Metric("label", "Accuracy", "accuracy", {}, HERE),),
        None,
        Binding(fields, (InputBinding("image", "image", shape),), (target,)),
        Training(Optimizer("RMSprop"), epochs, BATCH, 0.0),
        (),
        "",
        str,
    )


COMPARISONS: dict[str, Callable[[], None]] = {
    "dense": lambda: compare("784-64-64-10 on MNIST's shapes", DENSE, (28, 28), (784,), 60_000, 4),
    "convolutions": lambda: compare(
        "toy ResNet on CIFAR-10's shapes", RESNET, (32, 32, 3), (32, 32, 3), 3_200, 4
    ),
}

if __name__ == "__main__":
    for chosen in sys.argv[1:] or COMPARISONS:
        COMPARISONS[chosen]()
