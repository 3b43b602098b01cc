"""A training whose numbers are no longer finite says where that began, and keeps what was sound."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from engine_plans import (
    IMAGE,
    LABEL,
    KeptCheckpoints,
    classify,
    graph,
    ignore,
    images,
    input_node,
    loss,
    node,
    part,
    plan,
)

from nettool.data.column import Part
from nettool.data.field import Field
from nettool.graph.bind.binding import Binding, InputBinding, TargetBinding
from nettool.graph.network import Graph
from nettool.graph.trainable_plan import TrainablePlan
from nettool.record.events.events import Note
from nettool.record.events.position import Position
from nettool.spec.train.optimizer import Optimizer

pytestmark = pytest.mark.keras


@pytest.fixture(autouse=True, scope="module")
def _own_layers() -> Iterator[None]:
    import keras

    class Root(keras.layers.Layer):  # type: ignore[misc]
        """The root of what is left above 0: its slope at 0 is infinite."""

        def call(self, x: Any) -> Any:
            return keras.ops.sqrt(keras.ops.relu(x))

    class Log(keras.layers.Layer):  # type: ignore[misc]
        def call(self, x: Any) -> Any:
            return keras.ops.log(x - 0.5)

    class Masked(keras.layers.Layer):  # type: ignore[misc]
        """All but the first number go to -inf, which a softmax makes 0 of."""

        def build(self, shape: Any) -> None:
            mask = np.full(shape[-1:], -np.inf)
            mask[:5] = 0
            self.mask = self.add_weight(name="mask", shape=shape[-1:], trainable=False)
            self.mask.assign(mask)

        def call(self, x: Any) -> Any:
            return x + self.mask

    class RootLoss(keras.losses.Loss):  # type: ignore[misc]
        def call(self, y_true: Any, y_pred: Any) -> Any:
            return keras.ops.sqrt(y_pred)

    def tiny(input_shape: tuple[int, ...], name: str) -> Any:
        first = keras.Input(input_shape)
        big = keras.layers.Rescaling(3e38, name="big")(first)
        last = keras.layers.Dense(8, kernel_initializer="ones", name="dense")(big)
        return keras.Model(first, keras.layers.Dense(16, name="last")(last), name=name)

    keras.applications.Tiny = tiny
    keras.losses.RootLoss = RootLoss
    known = keras.saving.get_custom_objects()
    own = {each.__name__: each for each in (Root, Log, Masked)}
    known.update(own)
    yield
    for name in own:
        del known[name]
    del keras.losses.RootLoss, keras.applications.Tiny


def fails(
    made: TrainablePlan,
    data: Part,
    checkpoints: KeptCheckpoints | None = None,
    validation: Part | None = None,
) -> Any:
    from nettool.engine.devices.process_setup import begin, use_precision
    from nettool.engine.failures import TrainingFailed
    from nettool.engine.model.build_model import build_model
    from nettool.engine.stop_signal import StopSignal
    from nettool.engine.train.training import train

    assert made.training is not None
    begin(made.training)
    try:
        model = build_model(made.graph)
        with pytest.raises(TrainingFailed) as failure:
            train(model, made, data, validation, ignore, StopSignal(), checkpoints or KeptCheckpoints([]))
    finally:
        use_precision("float32")
    return failure.value


def stack(*nodes: Any, outputs: tuple[str, ...] = ()) -> Graph:
    return graph(input_node("img", (64,)), *nodes, outputs=outputs or [nodes[-1].name])


def with_values(data: Part, field: str, at: Mapping[int, float]) -> Part:
    column = data.columns[field]
    values = column.values.astype(np.float32)  # type: ignore[union-attr]
    for position, value in at.items():
        values[position] = value
    return Part({**data.columns, field: replace(column, values=values)})


def sgd(rate: float, **options: object) -> Optimizer:
    return Optimizer("SGD", {"learning_rate": rate, **options})


HIDDEN = node("hidden", "Dense", "img", units=16, activation="relu")
LABELS = node("label", "Dense", "hidden", units=10, activation="softmax")


LINEAR = node("label", "Dense", "hidden", units=10)
BIG = node("big", "Rescaling", "img", scale=3e38)
SHARED = node("shared", "Dense", "big", units=16, owner="hidden")


def regression(network: Graph, *, loss_name: str = "MeanSquaredError", **training: object) -> TrainablePlan:
    targets = tuple(TargetBinding(output, "label", "one_hot", (10,), 10) for output in network.outputs)
    return plan(
        network,
        losses=[loss(output, loss_name) for output in network.outputs],
        metrics=[],
        binding=Binding((IMAGE, LABEL), (InputBinding("img", "image", (64,)),), targets),
        **training,
    )


def priced(**training: object) -> tuple[TrainablePlan, Part]:
    """A number to be told of an image; one of the numbers is none."""
    made = plan(
        stack(HIDDEN, node("price", "Dense", "hidden", units=1)),
        losses=[loss("price", "MeanSquaredError")],
        metrics=[],
        binding=Binding(
            (IMAGE, Field("price", "vector", (1,), "float32", 1.0)),
            (InputBinding("img", "image", (64,)),),
            (TargetBinding("price", "price", "value", (1,)),),
        ),
        **training,
    )
    prices = np.ones((256, 1), np.float32)
    prices[7] = np.inf
    return made, part(image=images(256).columns["image"].values, price=prices)


def case(name: str) -> tuple[TrainablePlan, Part]:
    data = images(256)
    match name:
        case "data":
            return classify(stack(HIDDEN, LABELS)), with_values(data, "image", {100: np.nan, 101: np.inf})
        case "target":
            return priced()
        case "learning rate":
            return classify(stack(HIDDEN, LINEAR), optimizer=sgd(1e25)), data
        case "log":
            network = stack(HIDDEN, node("log", "Log", "hidden"), replace(LABELS, inputs=("log",)))
            return classify(network), data
        case "root":
            network = stack(HIDDEN, node("root", "Root", "hidden"), replace(LABELS, inputs=("root",)))
            return classify(network), data
        case "loss":
            return regression(stack(HIDDEN, LINEAR), loss_name="Poisson"), data
        case "shared":
            network = stack(
                replace(HIDDEN, options={**HIDDEN.options, "kernel_initializer": "ones"}),
                BIG,
                SHARED,
                node("sum", "Add", ["hidden", "shared"]),
                node("a", "Dense", "hidden", units=10),
                node("b", "Dense", "sum", units=10),
                outputs=("a", "b"),
            )
            return regression(network, class_weights={None: "balanced"}), data
        case "16 bits":
            large = {"initializer": "Constant", "value": 3e3}
            hidden = replace(HIDDEN, options={**HIDDEN.options, "kernel_initializer": large})
            return classify(stack(hidden, LABELS), precision="mixed_float16"), data
        case "a layer of 16 bits":
            large = {"initializer": "Constant", "value": 3e3}
            options = {**HIDDEN.options, "kernel_initializer": large, "dtype": "float16"}
            return classify(stack(replace(HIDDEN, options=options), LABELS)), data
        case "penalty":
            penalty = {"regularizer": "L2", "l2": 1e38}
            hidden = replace(HIDDEN, options={**HIDDEN.options, "kernel_regularizer": penalty})
            return classify(stack(hidden, LABELS)), data
        case "weights":
            made = classify(stack(HIDDEN, LABELS), optimizer=sgd(3e38))
            return replace(made, losses=(loss("label", "CategoricalCrossentropy", weight=100.0),)), data
        case "the optimizer's own":
            made = classify(stack(HIDDEN, LABELS))
            return replace(made, losses=(loss("label", "CategoricalCrossentropy", weight=1e22),)), data
        case "inside a ready-made network":
            net = replace(node("net", "Tiny", "img"), application=True)
            return classify(stack(net, replace(LABELS, inputs=("net",)))), data
        case "the slope of a loss":
            return regression(
                stack(HIDDEN, replace(LINEAR, options={**LINEAR.options, "activation": "relu"})),
                loss_name="RootLoss",
            ), data
    raise ValueError(name)


SLOWER = "or `clipnorm: 1.0` in the optimizer"
ENDLESS = "(log of 0, a division by 0 and a root of a number below 0 do so)"
SAMPLES = "find these samples with `numpy.isfinite`, and mend them or leave them out"
FOUND = {
    "data": (
        "the weights became nan in epoch 1, step 2 of 8",
        "the input `img` (field `image`) gets nan in 1 of the 32 samples of the batch",
        SAMPLES,
    ),
    "target": (
        "the loss became inf in epoch 1, step 8 of 8",
        "the target of `price` (field `price`) is inf in 1 of the 32 samples of the batch",
        SAMPLES,
    ),
    "learning rate": (
        "the loss became nan in epoch 1, step 2 of 8",
        "the activation of `label` (Dense) is inf; it is given numbers up to ~, its weights go up to ~",
        "numbers so large mean that training has diverged: a lower learning rate (1e+24 instead of 1e+25) "
        + SLOWER,
    ),
    "log": (
        "the loss became nan in epoch 1, step 1 of 8",
        "the activation of `log` (Log) is nan; it is given numbers up to ~",
        f"the operation makes it of ordinary numbers {ENDLESS}: keep it away from them",
    ),
    "root": (
        "the weights became nan in epoch 1, step 1 of 8",
        "the gradient at `root` (Root) is nan, on the way back from a finite loss; it is given numbers up to "
        "~",
        "the way back makes it of ordinary numbers (the slope of a root or of a norm at 0 does so): add a small "
        "number under it",
    ),
    "loss": (
        "the loss became nan in epoch 1, step 1 of 8",
        "Poisson is nan at `label` (Dense), where all is finite yet; it is given numbers up to ~, its weights go up to ~",
        f"the loss makes it of ordinary numbers {ENDLESS}: see that the output's activation and the target are "
        "what this loss takes",
    ),
    "shared": (
        "the loss became nan in epoch 1, step 1 of 8",
        "the activation of `shared` (Dense) is inf; it is given numbers up to ~, its weights go up to ~",
        "numbers so large in the first step come from the data (`normalize: standard`), from an initializer or "
        "from the network's own sums and products",
    ),
    "16 bits": (
        "the loss became nan in epoch 1, step 1 of 8",
        "the activation of `hidden` (Dense) is inf; it is given numbers up to ~, its weights go up to ~",
        "16 bits end at 65,504: `precision: mixed_bfloat16`, or `dtype: float32` at this node",
    ),
    "a layer of 16 bits": (
        "the loss became nan in epoch 1, step 1 of 8",
        "the activation of `hidden` (Dense) is inf; it is given numbers up to ~, its weights go up to ~",
        "16 bits end at 65,504: `dtype: float32` at this node",
    ),
    "penalty": (
        "the loss became inf in epoch 1, step 1 of 8",
        "the penalty on `hidden` (Dense) is inf; its weights go up to ~",
        "look at the options of the regularizer",
    ),
    "weights": (
        "the weights became inf in epoch 1, step 1 of 8",
        "`kernel` of `hidden` (Dense) is inf after the step; activations, loss and gradients are finite, "
        "gradients up to ~",
        "the step was too long: a lower learning rate (3e+37 instead of 3e+38) " + SLOWER,
    ),
    "the optimizer's own": (
        "the weights became inf in epoch 1, step 1 of 8",
        "the optimizer's `hidden_kernel_velocity` is inf after the step; activations, loss and gradients are "
        "finite, gradients up to ~",
        "gradients so large need `clipnorm: 1.0` in the optimizer, or a loss of a smaller weight or scale",
    ),
    "inside a ready-made network": (
        "the loss became nan in epoch 1, step 1 of 8",
        "the activation of `net.dense` is inf; it is given numbers up to ~, its weights go up to ~",
        "numbers so large in the first step come from the data (`normalize: standard`), from an initializer or "
        "from the network's own sums and products",
    ),
    "the slope of a loss": (
        "the weights became nan in epoch 1, step 1 of 8",
        "the gradient of the loss at `label` is inf, the loss itself is finite; the values of `label` go up to "
        "~",
        "the way back makes it of ordinary numbers (the slope of a root or of a norm at 0 does so): add a small "
        "number under it",
    ),
}
ON_OTHER_PROCESSORS = {
    "data": ("the weights became nan", "the loss became nan"),
    "learning rate": ("(Dense) is inf", "(Dense) is nan"),
}
"""Whether a ReLU and a sum of products keep a NaN depends on the processor's instructions."""
KEPT = (
    "kept: the state before the first step; a resumed run would take the same steps again, so train anew with what "
    "you change"
)


@pytest.mark.parametrize("name", FOUND)
def test_the_first_thing_that_is_not_finite_is_named(name: str) -> None:
    failure = fails(*case(name))
    reason, first, to_do = FOUND[name]
    here, elsewhere = ON_OTHER_PROCESSORS.get(name, ("", ""))
    told = tuple(
        text.replace(elsewhere, here) if elsewhere else text for text in (failure.reason, *failure.details)
    )
    told = (told[0], re.sub(r"up to [\d.e+]+", "up to ~", told[1]), *told[2:])
    assert told == (reason, f"first: {first}", f"help: {to_do}", KEPT)


def diverging(**training: object) -> TrainablePlan:
    """A loss that grows from step to step, past what a float32 holds in the third epoch or so."""
    return regression(stack(LINEAR_ALONE), optimizer=sgd(30.0), epochs=9, **training)


LINEAR_ALONE = node("label", "Dense", "img", units=10)


def test_of_several_steps_in_one_execution_the_first_bad_one_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from nettool.engine.nonfinite.explain import Explaining

    checkpoints, data = KeptCheckpoints([]), images(256)
    failure = fails(diverging(), data, checkpoints)
    with monkeypatch.context() as patch:
        patch.setattr("nettool.engine.compile.compile_model.steps_per_execution", lambda *_: 1)
        patch.setattr(Explaining, "explained", lambda self, failure, kept: failure)
        one_by_one = fails(diverging(), data)
    assert one_by_one.epoch > 1
    assert (failure.epoch, failure.step) == (one_by_one.epoch, one_by_one.step)
    assert checkpoints.states[-1].position == Position(failure.epoch - 1)
    last = dict(checkpoints.states[-1].arrays["model"])
    ((which, weights),) = [kept for kept in checkpoints.kept if kept[0] == "last"]
    assert which == "last"
    assert all(np.array_equal(*pair) for pair in zip(weights, last.values(), strict=False))
    assert failure.details[-1].startswith(f"kept: the state after {checkpoints.states[-1].position}; ")


def test_no_state_that_is_not_finite_is_kept_not_even_of_the_last_step_of_an_epoch() -> None:
    checkpoints = KeptCheckpoints([])
    made, data = case("root")
    failure = fails(made, data.take(np.arange(32)), checkpoints, validation=data)
    assert failure.reason == "the weights became nan in epoch 1, step 1 of 1"
    assert [state.position for state in checkpoints.states] == [Position()]


def test_what_is_infinite_and_does_no_harm_is_not_named() -> None:
    masked = [
        node("scores", "Dense", "img", units=10),
        node("masked", "Masked", "scores"),
        node("shares", "Softmax", "masked"),
        node("label", "Dense", "shares", units=10),
    ]
    failure = fails(regression(stack(*masked), optimizer=sgd(1e4), epochs=9), images(256))
    assert failure.step > 1
    assert "masked" not in failure.details[0]


def test_a_failure_that_does_not_come_again_is_told_as_one() -> None:
    from nettool.engine.train.callbacks.finite_loss import FiniteLoss

    before = FiniteLoss.on_train_batch_end
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            FiniteLoss, "on_train_batch_end", lambda self, batch, logs: before(self, batch, {"loss": np.nan})
        )
        failure = fails(classify(stack(HIDDEN, LABELS)), images(256))
    assert failure.reason == "the loss became nan in epoch 1, by step 8 of 8"
    assert failure.details[0].startswith(
        "first: this cannot be said; trained again, the same steps came to finite"
    )


def test_a_loss_that_is_not_finite_on_the_held_out_part_alone_is_told_once_and_training_goes_on() -> None:
    from nettool.engine.model.build_model import build_model
    from nettool.engine.stop_signal import StopSignal
    from nettool.engine.train.training import train

    told: list[object] = []
    network = stack(node("label", "Dense", "img", units=10, activation="softmax"))
    held_out = with_values(images(32, 1), "image", {3: np.nan})
    made = classify(network, epochs=3)
    model = build_model(network)
    history = train(model, made, images(64), held_out, told.append, StopSignal(), KeptCheckpoints([]))
    assert (len(history.rows), history.best_epoch) == (3, None)
    (note,) = [each.text for each in told if isinstance(each, Note)]
    assert note.startswith(
        "val_loss is nan in epoch 1, while the loss of training and all weights are finite: "
    )
