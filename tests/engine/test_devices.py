"""Which devices are taken, and what cannot be trained on several of them."""

from dataclasses import replace

import pytest
from engine_plans import classify, dense_graph, graph, input_node, loss, node

from nettool.graph.trainable_plan import TrainablePlan
from nettool.spec.train.optimizer import Optimizer

pytestmark = pytest.mark.keras


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What TensorFlow is told to see, on a machine with two GPUs."""
    import tensorflow as tf

    from nettool.engine.devices import devices, on_tensorflow

    told: list[object] = []
    monkeypatch.setattr(devices, "_in_use", devices.CPU)
    monkeypatch.setattr(on_tensorflow, "gpus", lambda: ("first", "second"))
    monkeypatch.setattr(tf.config, "set_visible_devices", lambda wanted, kind: told.append((wanted, kind)))
    return told


@pytest.mark.parametrize(
    ("text", "in_use", "told"),
    [
        ("auto", ("gpu:0",), [(["first"], "GPU")]),
        ("cpu", ("cpu:0",), [([], "GPU")]),
        ("gpu:1", ("gpu:1",), [(["second"], "GPU")]),
        ("gpu:0,1", ("gpu:0", "gpu:1"), []),
    ],
)
def test_tensorflow_sees_the_chosen_devices_alone(
    seen: list[object], text: str, in_use: tuple[str, ...], told: list[object]
) -> None:
    from nettool.engine.devices.device_choice import device_choice
    from nettool.engine.devices.devices import devices_in_use, use_devices

    use_devices(device_choice(text))
    assert devices_in_use() == in_use
    assert seen == told


def test_a_gpu_that_is_not_there_is_refused_with_those_there_are(seen: list[object]) -> None:
    from nettool.engine.devices.device_choice import device_choice
    from nettool.engine.devices.devices import CPU, devices_in_use, use_devices
    from nettool.engine.failures import NotPossible

    with pytest.raises(NotPossible) as refused:
        use_devices(device_choice("gpu:0,2"))
    assert str(refused.value) == "there is no gpu:2 that tensorflow can use; there is: cpu, gpu:0, gpu:1"
    assert (devices_in_use(), seen) == (CPU, [])


DENSE = classify(dense_graph(), batch_size=16)
FIXED = graph(
    replace(input_node("pixels", (64,)), options={"batch_size": 16}),
    node("label", "Dense", "pixels", units=10, activation="softmax"),
    outputs=["label"],
)
PENALIZED = graph(
    input_node("pixels", (64,)),
    node("hidden", "Dense", "pixels", units=8, activity_regularizer={"regularizer": "L2", "l2": 0.1}),
    node("label", "Dense", "hidden", units=10, activation="softmax"),
    outputs=["label"],
)
SUM = loss("label", "CategoricalCrossentropy", reduction="sum")
ACCUMULATING = Optimizer("Adam", {"gradient_accumulation_steps": 4})


@pytest.mark.parametrize(
    ("plan", "samples", "told"),
    [
        (DENSE, 40, None),
        (DENSE, 17, "the last batch of an epoch, 1 sample, leaves a device without any; choose another"),
        (replace(DENSE, losses=(SUM,)), 40, "the loss of `label` must be a mean, and has `reduction: sum`"),
        (
            classify(dense_graph(), batch_size=16, optimizer=ACCUMULATING),
            40,
            "Keras cannot do `gradient_accumulation_steps` there; take a larger `batch_size`",
        ),
        (classify(FIXED, batch_size=16), 40, "built for batches of 16, which cannot be divided"),
        (classify(PENALIZED, batch_size=16), 40, "what `hidden` adds to the loss is a sum over the batch"),
    ],
    ids=["possible", "idle", "sum", "accumulating", "fixed", "penalized"],
)
def test_what_cannot_be_divided_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, plan: TrainablePlan, samples: int, told: str | None
) -> None:
    from nettool.engine.compile import supported as possible
    from nettool.engine.failures import NotPossible

    possible.require_possible(plan, 17)
    monkeypatch.setattr(possible, "devices_in_use", lambda: ("gpu:0", "gpu:1"))
    if told is None:
        possible.require_possible(plan, samples)
        return
    with pytest.raises(NotPossible) as refused:
        possible.require_possible(plan, samples)
    assert told in str(refused.value)
    assert str(refused.value).startswith("2 devices: ")
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(("count", "size"), [(2, 1), (3, 1), (3, 2), (4, 5), (4, 6), (4, 9)])
def test_a_part_is_empty_where_tensorflow_runs_out_of_samples(count: int, size: int) -> None:
    from nettool.engine.compile.supported import _leaves_one_idle

    share = -(-size // count)
    parts = [min(share, max(0, size - place * share)) for place in range(count)]
    assert sum(parts) == size
    assert _leaves_one_idle(size, size, count) == (0 in parts)
