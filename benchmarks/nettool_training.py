"""The seconds of each epoch of nettool's own training on given arrays; benchmarks/ratios.py runs it.

python benchmarks/nettool_training.py ARRAYS EPOCHS dense|resnet|augmented [KEY=VALUE…]
"""

import json
import sys
from pathlib import Path

from nettool.engine.devices.start import start

start()

import numpy as np  # noqa: E402

from nettool.data.column import Column, Part  # noqa: E402
from nettool.data.scale import fraction_of  # noqa: E402
from nettool.engine.devices.process_setup import begin  # noqa: E402
from nettool.engine.model.build_model import build_model  # noqa: E402
from nettool.engine.stop_signal import StopSignal  # noqa: E402
from nettool.engine.train.checkpoint_writer import KeepsNothing  # noqa: E402
from nettool.engine.train.training import train  # noqa: E402
from nettool.front_end import load  # noqa: E402
from nettool.graph.trainable_plan import trainable  # noqa: E402

CONFIGS = Path(__file__).parents[1] / "configs"
AUGMENT = (
    "data.augment=[{layer: RandomFlip, mode: horizontal}, "
    "{layer: RandomTranslation, height_factor: 0.1, width_factor: 0.1}]"
)
SPECS = {
    "dense": ("mnist_mlp.yaml", ()),
    "resnet": ("resnet.yaml", ()),
    "augmented": ("resnet.yaml", ("data={dataset: cifar10}", AUGMENT)),
}


def main() -> None:
    arrays, epochs, which, *further = sys.argv[1:]
    spec, overrides = SPECS[which]
    settings = (f"train.epochs={epochs}", "train.batch_size=64", "train.validation_split=0")
    plan = trainable(load(CONFIGS / spec, (*overrides, *settings, *further))[0])
    with np.load(arrays) as found:
        images, labels = found["images"], found["labels"]
    part = Part({"image": Column(images, scale=fraction_of(255.0)), "label": Column(labels)})
    begin(plan.training)
    model = build_model(plan.graph)
    history = train(model, plan, part, None, lambda event: None, StopSignal(), KeepsNothing())
    print(json.dumps(history.seconds))


if __name__ == "__main__":
    main()
