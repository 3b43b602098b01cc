"""Plans with augmentation and their batches; also a program that prints what two epochs of them hold."""

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from engine_plans import graph, input_node, loss, node, plan

from nettool.data.column import Column, Part
from nettool.data.field import Field
from nettool.data.request import Augmentation, DataRequest
from nettool.data.scale import fraction_of
from nettool.data.sources.built_in import BuiltIn
from nettool.graph.bind.binding import Binding, InputBinding, TargetBinding
from nettool.graph.trainable_plan import TrainablePlan

FLIP = Augmentation("RandomFlip", {"mode": "horizontal"})
TRANSLATE = Augmentation("RandomTranslation", {"height_factor": 0.2, "width_factor": 0.2})
SHAPE = (6, 6, 3)

Batches = list[tuple[Any, Any]]


def image(highest: float = 255.0) -> Field:
    return Field("image", "image", SHAPE, "uint8", highest)


def colours(samples: int) -> Part:
    """Images of noise, and the number of each row as its target."""
    pixels = np.random.default_rng(0).integers(0, 256, (samples, *SHAPE), dtype=np.uint8)
    return Part({"image": Column(pixels, scale=fraction_of(255.0)), "row": Column(np.arange(samples))})


def augmented(
    *layers: Augmentation, seed: int = 0, highest: float = 255.0, dtype: str = "float32"
) -> TrainablePlan:
    """Images in, the number of the row as the target."""
    network = graph(
        input_node("img", SHAPE, dtype), node("flat", "Flatten", "img"), outputs=["flat"], name="rows"
    )
    made = plan(
        network,
        losses=[loss("flat", "MeanSquaredError")],
        metrics=[],
        binding=Binding(
            (image(highest), Field("row", "label", (), "int64")),
            (InputBinding("img", "image", SHAPE),),
            (TargetBinding("flat", "row", "index", ()),),
        ),
        seed=seed,
    )
    return replace(made, data=DataRequest(BuiltIn("cifar10"), augment=layers))


def two_inputs(*layers: Augmentation) -> TrainablePlan:
    """One field for both inputs and the target."""
    network = graph(
        input_node("left", SHAPE),
        input_node("right", SHAPE),
        node("sum", "Add", ["left", "right"]),
        outputs=["sum"],
    )
    made = plan(
        network,
        losses=[loss("sum", "MeanSquaredError")],
        metrics=[],
        binding=Binding(
            (image(),),
            (InputBinding("left", "image", SHAPE), InputBinding("right", "image", SHAPE)),
            (TargetBinding("sum", "image", "value", SHAPE),),
        ),
    )
    return replace(made, data=DataRequest(BuiltIn("cifar10"), augment=layers))


def epoch(
    made: TrainablePlan, part: Part, epochs: Sequence[int], batch_size: int = 8, order_seed: int = 0
) -> list[Batches]:
    """The batches of these epochs, from one feed."""
    from nettool.engine.input.epoch_order import EpochOrder
    from nettool.engine.input.input_pipeline import training_pipeline

    order = EpochOrder(order_seed, len(part))
    dataset = training_pipeline(made, part, batch_size, order).dataset
    found = []
    for number in epochs:
        order.begin(number)
        found.append(list(dataset.as_numpy_iterator()))
    return found


def digest(batches: Batches) -> str:
    """Different for batches that differ in a single bit."""
    return hashlib.sha256(b"".join(array.tobytes() for batch in batches for array in batch)).hexdigest()


if __name__ == "__main__":
    from nettool.engine.devices.start import start

    start(sys.argv[1])  # type: ignore[arg-type]
    made = epoch(augmented(FLIP, TRANSLATE), colours(96), [4, 5])
    print(json.dumps([digest(batches) for batches in made]))  # noqa: T201
