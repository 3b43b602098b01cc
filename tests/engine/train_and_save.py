"""Train two small networks into a folder and say what came out; also a program that prints it as JSON."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from engine_plans import KeptCheckpoints, classify, convolution_graph, dense_graph, ignore, images


def train_and_save(folder: Path) -> dict[str, Any]:
    """By network: the figures of the epochs and of the test, and the weights to the bit."""
    from nettool.engine.devices.process_setup import seed_everything
    from nettool.engine.evaluate.evaluation import evaluate
    from nettool.engine.model.build_model import build_model
    from nettool.engine.stop_signal import StopSignal
    from nettool.engine.train.training import train

    facts = {}
    test = images(90, 1)
    for network in (dense_graph(dropout=True), convolution_graph()):
        made = classify(network, epochs=3, seed=5)
        seed_everything(5)
        model = build_model(network)
        history = train(model, made, images(500), test, ignore, StopSignal(), KeptCheckpoints([]))
        facts[network.name] = {
            "rows": [dict(row) for row in history.rows],
            "weights": [weight.tobytes().hex() for weight in model.get_weights()],
            "test": evaluate(model, made, test),
        }
        model.save(folder / f"{network.name}.keras")
        x = test.columns["image"].values.reshape(-1, *network.nodes[0].shape or ()) / np.float32(255)
        np.savez(folder / f"{network.name}.npz", x=x, y=np.eye(10)[test.columns["label"].values])
    return facts


if __name__ == "__main__":
    from nettool.engine.devices.start import start

    start()
    print(json.dumps(train_and_save(Path(sys.argv[1]))))  # noqa: T201
