from pathlib import Path
from typing import Any

import pytest

from nettool.spec.train.optimizer import Optimizer

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
    from nettool.engine.compile.optimizer import with_steps
    from nettool.engine.compile.training_length import TrainingLength

    found = with_steps(Optimizer("SGD", {"learning_rate": written, "momentum": 0.9}), TrainingLength(25, 4))
    assert found == Optimizer("SGD", {"learning_rate": in_steps, "momentum": 0.9})


def test_the_warm_up_of_an_optimizer_may_be_said_in_epochs() -> None:
    from nettool.engine.compile.optimizer import with_steps
    from nettool.engine.compile.training_length import TrainingLength

    written = Optimizer("ScheduleFreeAdamW", {"warmup_steps": "2 epochs"})
    assert with_steps(written, TrainingLength(25, 4)).options == {"warmup_steps": 50}


def test_warm_up_and_cosine_reach_their_peak_and_end_near_nothing() -> None:
    from nettool.engine.compile.optimizer import keras_optimizer, with_steps
    from nettool.engine.compile.training_length import TrainingLength

    schedule = COSINE | {"warmup_steps": "1 epoch"}
    made = keras_optimizer(with_steps(Optimizer("SGD", {"learning_rate": schedule}), TrainingLength(25, 4)))
    rates = [float(made._learning_rate(step)) for step in (0, 5, 25, 62, 100)]
    assert rates == pytest.approx([0.0, 0.02, 0.1, 0.0510, 0.0], abs=1e-3)


DOCUMENTED = {
    "one-cycle": [0.0, 0.05, 0.1, 0.05, 0.0],
    "warm-up, then": [0.0, 0.05, 0.1, 0.1, 0.1],
    "straight down": [0.1, 0.075, 0.05, 0.025, 0.0],
    "in stairs": [0.1, 0.1, 0.1, 0.01, 0.001],
    "a cosine": [0.1, 0.05, 0.1, 0.05, 0.1],
}


@pytest.mark.parametrize("course", DOCUMENTED)
def test_the_courses_that_the_documentation_shows_go_as_it_says(course: str) -> None:
    """At each of four epochs of 25 steps, and at the end."""
    import yaml

    from nettool.engine.compile.optimizer import keras_optimizer, with_steps
    from nettool.engine.compile.training_length import TrainingLength

    text = (Path(__file__).parents[2] / "docs" / "spec.md").read_text()
    (row,) = [line for line in text.splitlines() if line.startswith(f"| {course}")]
    written = yaml.safe_load(row.split("`")[1])
    made = keras_optimizer(with_steps(Optimizer("SGD", {"learning_rate": written}), TrainingLength(25, 4)))
    rates = [float(made._learning_rate(step)) for step in (0, 25, 50, 75, 100)]
    assert rates == pytest.approx(DOCUMENTED[course], abs=2e-3)


def test_the_counts_of_schedules_are_those_of_the_vocabulary() -> None:
    from nettool.engine.compile.optimizer import COUNTS
    from nettool.vocabulary.training_options import SCHEDULES

    assert {name for name, kind in SCHEDULES.items() if "steps" in kind.description} == set(COUNTS)
