"""A step of several outputs is traced once: losses and metrics have their variables before."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from engine_plans import KeptCheckpoints, classify, graph, ignore, images, input_node, loss, metric, node

from nettool.graph.trainable_plan import TrainablePlan

pytestmark = pytest.mark.keras

OUTPUTS = ("one", "other", "third")


def several_outputs() -> TrainablePlan:
    """Three that learn the same label, behind a layer that draws and one whose averages move on."""
    network = graph(
        input_node("pixels", (8, 8, 1)),
        node("flat", "Flatten", "pixels"),
        node("norm", "BatchNormalization", "flat"),
        node("drop", "Dropout", "norm", rate=0.5),
        *(node(name, "Dense", "drop", units=10, activation="softmax") for name in OUTPUTS),
        outputs=[OUTPUTS[0]],
    )
    single = classify(network)
    assert single.binding is not None
    (target,) = single.binding.targets
    return replace(
        single,
        graph=replace(network, outputs=OUTPUTS),
        losses=tuple(loss(name, "CategoricalCrossentropy") for name in OUTPUTS),
        metrics=tuple(metric(name, "accuracy") for name in OUTPUTS),
        binding=replace(single.binding, targets=tuple(replace(target, output=name) for name in OUTPUTS)),
    )


@pytest.fixture
def traced(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often Python goes through a step, which is when TensorFlow traces it."""
    import keras

    counts: Counter[str] = Counter()

    def count(name: str) -> None:
        step = getattr(keras.Model, name)

        def counted(model: object, data: object) -> object:
            counts[name] += 1
            return step(model, data)

        monkeypatch.setattr(keras.Model, name, counted)

    for name in ("train_step", "test_step"):
        count(name)
    return counts


def outcome() -> tuple[dict[str, float], list[np.ndarray]]:
    from nettool.engine.devices.process_setup import seed_everything
    from nettool.engine.evaluate.measurement import measure
    from nettool.engine.model.build_model import build_model
    from nettool.engine.stop_signal import StopSignal
    from nettool.engine.train.training import train

    seed_everything(5)
    made = several_outputs()
    model = build_model(made.graph)
    train(model, made, images(70), images(32), ignore, StopSignal(), KeptCheckpoints([]))
    return measure(model, made, images(40)), model.get_weights()


def test_steps_are_traced_once_and_come_to_what_keras_comes_to(
    traced: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from nettool.engine.devices import on_tensorflow

    figures, weights = outcome()
    # Once for the validation set, once for the test set, whose pass is nettool's own.
    assert traced == {"train_step": 1, "test_step": 2}
    traced.clear()
    monkeypatch.setattr(on_tensorflow, "build_objectives", lambda *_: None)
    as_keras_does, keras_weights = outcome()
    assert traced["train_step"] == 2
    # TensorFlow chooses for each graph in which order it adds up several losses, or their gradients: on some
    # machines the last bit differs. One wrong draw of the dropout would be seen in the second digit.
    assert figures == pytest.approx(as_keras_does, rel=1e-6)
    for one, other in zip(weights, keras_weights, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-6)


def test_a_model_from_a_file_is_measured_with_one_tracing(traced: Counter[str]) -> None:
    from nettool.engine.evaluate.measurement import measure
    from nettool.engine.model.build_model import build_model

    made = several_outputs()
    assert measure(build_model(made.graph), made, images(40))["loss"] > 0
    assert traced == {"test_step": 1}
