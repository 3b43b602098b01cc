"""Every Keras optimizer with every option that they share: through the checker, the same as in plain Keras."""

from typing import Any

import numpy as np
import pytest

from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.graph.plan import Plan
from nettool.vocabulary.keras_names import optimizers

pytestmark = pytest.mark.keras

SHARED: dict[str, dict[str, Any]] = {
    "nothing": {},
    "clipnorm": {"clipnorm": 0.5},
    "clipvalue": {"clipvalue": 0.05},
    "global_clipnorm": {"global_clipnorm": 0.5},
    "weight_decay": {"weight_decay": 0.1},
    "ema": {"use_ema": True, "ema_momentum": 0.5, "ema_overwrite_frequency": 1},
    "accumulation": {"gradient_accumulation_steps": 2},
    "loss_scale": {"loss_scale_factor": 2.0},
}
SCHEDULE = {"schedule": "CosineDecay", "initial_learning_rate": 0.1, "decay_steps": 3}

SPEC = """
inputs: {{image: [4]}}
nodes: {{digit: {{layer: Dense, units: 3}}}}
outputs: [digit]
losses: {{digit: mse}}
train: {{optimizer: {{optimizer: {name}, {options}}}}}
"""


def plan(name: str, options: dict[str, Any]) -> Plan:
    written = ", ".join(f"{key}: {str(value).lower()}" for key, value in options.items())
    return load_source(Source("optimizer", SPEC.format(name=name, options=written)), "optimizer")[0]


def after_two_steps(optimizer: Any) -> list[np.ndarray]:
    import keras

    draws = np.random.default_rng(0)
    shapes = ((4, 3), (3,))
    variables = [keras.Variable(draws.normal(size=shape), dtype="float32") for shape in shapes]
    for _ in range(2):
        gradients = [keras.ops.convert_to_tensor(draws.normal(size=shape), "float32") for shape in shapes]
        optimizer.apply(gradients, variables)
    optimizer.finalize_variable_values(variables)
    return [np.array(variable) for variable in (*variables, *optimizer.variables)]


@pytest.mark.parametrize("shared", SHARED)
@pytest.mark.parametrize("name", optimizers())
def test_two_steps_end_where_plain_keras_ends(name: str, shared: str) -> None:
    import keras

    from nettool.engine.compile.optimizer import keras_optimizer

    training = plan(name, {"learning_rate": 0.1} | SHARED[shared]).training
    assert training is not None
    ours = after_two_steps(keras_optimizer(training.optimizer))
    plain = after_two_steps(getattr(keras.optimizers, name)(**({"learning_rate": 0.1} | SHARED[shared])))
    assert len(ours) == len(plain)
    assert all(map(np.array_equal, ours, plain))


@pytest.mark.parametrize("name", optimizers())
def test_every_optimizer_follows_a_schedule(name: str) -> None:
    import keras

    from nettool.engine.compile.optimizer import keras_optimizer
    from nettool.spec.train.optimizer import Optimizer

    ours = after_two_steps(keras_optimizer(Optimizer(name, {"learning_rate": SCHEDULE})))
    rate = keras.optimizers.schedules.CosineDecay(0.1, 3)
    assert all(map(np.array_equal, ours, after_two_steps(getattr(keras.optimizers, name)(rate))))
