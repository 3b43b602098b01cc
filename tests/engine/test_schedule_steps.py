from typing import Any

import pytest

from nettool.graph.settings import Optimizer

pytestmark = pytest.mark.keras

COSINE = {"schedule": "CosineDecay", "initial_learning_rate": 0.0, "warmup_target": 0.1}


@pytest.mark.parametrize(
    ("written", "in_steps"),
    [
        (COSINE, COSINE | {"decay_steps": 100}),
        (COSINE | {"decay_steps": None}, COSINE | {"decay_steps": 100}),
        (COSINE | {"warmup_steps": 30}, COSINE | {"warmup_steps": 30, "decay_steps": 70}),
        (COSINE | {"warmup_steps": "1 epoch"}, COSINE | {"warmup_steps": 25, "decay_steps": 75}),
        (COSINE | {"warmup_steps": "9 epochs"}, COSINE | {"warmup_steps": 225, "decay_steps": 1}),
        (COSINE | {"decay_steps": "1.5 epochs"}, COSINE | {"decay_steps": 38}),
        (COSINE | {"decay_steps": 7}, COSINE | {"decay_steps": 7}),
        (
            {"schedule": "PiecewiseConstantDecay", "boundaries": ["1 epoch", 60], "values": [3.0, 2.0, 1.0]},
            {"schedule": "PiecewiseConstantDecay", "boundaries": [25, 60], "values": [3.0, 2.0, 1.0]},
        ),
        (
            {
                "schedule": "CosineDecayRestarts",
                "initial_learning_rate": 0.1,
                "first_decay_steps": "2 epochs",
            },
            {"schedule": "CosineDecayRestarts", "initial_learning_rate": 0.1, "first_decay_steps": 50},
        ),
    ],
)
def test_counts_of_epochs_become_steps_and_a_decay_ends_with_the_training(
    written: dict[str, Any], in_steps: dict[str, Any]
) -> None:
    from nettool.engine.extent import Extent
    from nettool.engine.schedule_steps import with_steps

    found = with_steps(Optimizer("SGD", {"learning_rate": written, "momentum": 0.9}), Extent(25, 4))
    assert found == Optimizer("SGD", {"learning_rate": in_steps, "momentum": 0.9})


def test_the_warm_up_of_an_optimizer_may_be_said_in_epochs() -> None:
    from nettool.engine.extent import Extent
    from nettool.engine.schedule_steps import with_steps

    written = Optimizer("ScheduleFreeAdamW", {"warmup_steps": "2 epochs"})
    assert with_steps(written, Extent(25, 4)).options == {"warmup_steps": 50}


def test_warm_up_and_cosine_reach_their_peak_and_end_near_nothing() -> None:
    from nettool.engine.extent import Extent
    from nettool.engine.optimizer import keras_optimizer
    from nettool.engine.schedule_steps import with_steps

    schedule = COSINE | {"warmup_steps": "1 epoch"}
    made = keras_optimizer(with_steps(Optimizer("SGD", {"learning_rate": schedule}), Extent(25, 4)))
    rates = [float(made._learning_rate(step)) for step in (0, 5, 25, 62, 100)]
    assert rates == pytest.approx([0.0, 0.02, 0.1, 0.0510, 0.0], abs=1e-3)
