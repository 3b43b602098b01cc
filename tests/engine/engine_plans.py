"""Small networks, data and plans, built by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from nettool.data.column import Column, Part
from nettool.data.declare import Declaration
from nettool.data.field import Field
from nettool.data.request import DataRequest
from nettool.data.scale import AS_STORED, fraction_of
from nettool.data.sources.random_values import RandomValues
from nettool.data.sources.source import Statement
from nettool.diagnostics.source import Source, Span
from nettool.graph.bind.binding import Binding, InputBinding, TargetBinding
from nettool.graph.network import Graph, Node
from nettool.graph.objectives import Loss, Metric
from nettool.graph.trainable_plan import TrainablePlan
from nettool.layers.outcome import Shape, Weight
from nettool.record.checkpoints.training_state import TrainingState
from nettool.spec.document import Document
from nettool.spec.train.optimizer import Optimizer
from nettool.spec.train.training import Training
from nettool.spec.yaml.tree import Mapping

SPAN = Span(Source("by hand", ""), 1, 1, 1, 1)
NAMES = tuple("abcdefghij")
BY_HAND = Document(SPAN.source, Mapping((), SPAN), "by hand", (), {}, {}, (), (), (), (), None, None, ())


def input_node(name: str, shape: Shape, dtype: str = "float32") -> Node:
    return Node(name, "InputLayer", {}, (), SPAN, shape, (), dtype=dtype)


def node(
    name: str,
    operation: str,
    inputs: str | Sequence[str],
    shape: Shape | None = None,
    weights: tuple[Weight, ...] | None = None,
    owner: str | None = None,
    **options: object,
) -> Node:
    sources = (inputs,) if isinstance(inputs, str) else tuple(inputs)
    return Node(name, operation, options, sources, SPAN, shape, weights, owner)


def graph(*nodes: Node, outputs: Sequence[str], name: str = "toy") -> Graph:
    inputs = tuple(each.name for each in nodes if each.operation == "InputLayer")
    return Graph(name, nodes, inputs, tuple(outputs))


def dense_graph(*, dropout: bool = False) -> Graph:
    hidden = [node("hidden", "Dense", "pixels", units=16, activation="relu")]
    if dropout:
        hidden.append(node("drop", "Dropout", "hidden", rate=0.3))
    return graph(
        input_node("pixels", (64,)),
        *hidden,
        node("label", "Dense", hidden[-1].name, units=10, activation="softmax"),
        outputs=["label"],
        name="dense",
    )


def convolution_graph() -> Graph:
    return graph(
        input_node("pixels", (8, 8, 1)),
        node("conv_a", "Conv2D", "pixels", filters=8, kernel_size=3, padding="same", activation="relu"),
        node("norm", "BatchNormalization", "conv_a"),
        node("conv_b", "Conv2D", "norm", filters=8, kernel_size=3, padding="same", activation="relu"),
        node("sum", "Add", ["conv_a", "conv_b"]),
        node("pool", "MaxPooling2D", "sum", pool_size=2),
        node("flat", "Flatten", "pool"),
        node("drop", "Dropout", "flat", rate=0.5),
        node("label", "Dense", "drop", units=10, activation="softmax"),
        outputs=["label"],
        name="convolutions",
    )


IMAGE = Field("image", "image", (8, 8), "uint8", 255.0)
LABEL = Field("label", "label", (), "int64", 1.0, NAMES)


def classify(network: Graph, *, sparse: bool = False, **training: object) -> TrainablePlan:
    """The plan that learns `label` from `image` with the network's only input and output."""
    (output,) = network.outputs
    shape = network.by_name[network.inputs[0]].shape
    assert shape is not None
    target = TargetBinding(
        output, "label", "index" if sparse else "one_hot", () if sparse else (10,), classes=10
    )
    return plan(
        network,
        losses=[loss(output, "SparseCategoricalCrossentropy" if sparse else "CategoricalCrossentropy")],
        metrics=[metric(output, "accuracy")],
        binding=Binding((IMAGE, LABEL), (InputBinding(network.inputs[0], "image", shape),), (target,)),
        **training,
    )


def plan(
    network: Graph, *, losses: Sequence[Loss], metrics: Sequence[Metric], binding: Binding, **training: object
) -> TrainablePlan:
    settings = {"optimizer": Optimizer("Adam", {"learning_rate": 0.01}), "epochs": 2, "batch_size": 32}
    return TrainablePlan(
        document=BY_HAND,
        graph=network,
        losses=tuple(losses),
        metrics=tuple(metrics),
        data=DataRequest(RandomValues(binding.fields, 1)),
        declaration=Declaration(binding.fields, {}, Statement(binding.fields, {})),
        binding=binding,
        training=Training(**{**settings, **training}),  # type: ignore[arg-type]
    )


def loss(output: str, name: str, weight: float = 1.0, **options: object) -> Loss:
    return Loss(output, name, options, SPAN, weight)


def metric(output: str, name: str, label: str | None = None, **options: object) -> Metric:
    return Metric(output, name, label or name, options, SPAN)


def images(samples: int, seed: int = 0) -> Part:
    """Images of noise with a brighter row for each class: learnable within an epoch or two."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 10, samples)
    pixels = rng.integers(0, 160, (samples, 8, 8), dtype=np.uint8)
    for position, label in enumerate(labels):
        pixels[position].reshape(-1)[label * 6 : label * 6 + 6] += 90
    return part(image=pixels, label=labels)


def part(**columns: np.ndarray) -> Part:
    """Columns as they are loaded: bytes are images, which become fractions."""
    return Part(
        {
            name: Column(values, scale=fraction_of(255.0) if values.dtype == np.uint8 else AS_STORED)
            for name, values in columns.items()
        }
    )


@dataclass
class KeptCheckpoints:
    """Remembers the weights and the states that it was given."""

    kept: list[tuple[str, list[np.ndarray]]]
    states: list[TrainingState] = field(default_factory=list)
    best_so_far: TrainingState | None = None
    keeps: ClassVar[bool] = True

    def state(self, state: TrainingState, *, is_best: bool) -> None:
        self.states.append(state)
        if is_best:
            self.best_so_far = state

    def last_state(self) -> TrainingState | None:
        return self.states[-1] if self.states else None

    def best_state(self) -> TrainingState | None:
        return self.best_so_far

    def last(self, model: object) -> None:
        self.kept.append(("last", model.get_weights()))  # type: ignore[attr-defined]

    def best(self, model: object) -> None:
        self.kept.append(("best", model.get_weights()))  # type: ignore[attr-defined]


def ignore(event: object) -> None:
    """A listener that does not listen."""


def equal_weights(some: Sequence[np.ndarray], others: Sequence[np.ndarray]) -> bool:
    return len(some) == len(others) and all(map(np.array_equal, some, others))
