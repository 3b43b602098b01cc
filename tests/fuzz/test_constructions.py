"""Whatever options the checker accepts, Keras makes the thing, or it is refused at the place where it is written.

`python tests/fuzz/many_constructions.py --cases 5000 --seed 1` tries as many as one likes.
"""

import pytest
from constructions import Construction, checked, construction, is_made_or_refused_in_place, steps_through

from nettool.graph.plan import Plan
from nettool.vocabulary.keras_names import optimizers

pytestmark = pytest.mark.keras

BATCHES = 4
CASES_IN_A_BATCH = 130


@pytest.mark.parametrize("batch", range(BATCHES))
def test_what_the_checker_accepts_is_made_or_refused_in_place(batch: int) -> None:
    accepted = made = 0
    for number in range(batch * CASES_IN_A_BATCH, (batch + 1) * CASES_IN_A_BATCH):
        tried = construction(number, seed=0)
        plan = checked(tried.text)
        if isinstance(plan, Plan):
            accepted += 1
            made += is_made_or_refused_in_place(tried, plan)
    assert accepted > CASES_IN_A_BATCH / 2
    assert made >= 0.9 * accepted


@pytest.mark.parametrize("name", optimizers())
def test_every_optimizer_steps_with_a_whole_learning_rate(name: str) -> None:
    plan = checked(Construction("optimizers", name, {"learning_rate": 1}).text)
    assert isinstance(plan, Plan)
    steps_through(plan)


@pytest.mark.parametrize("loss", ["Dice", "LogCosh", "CategoricalFocalCrossentropy"])
def test_a_loss_computes_with_fractions(loss: str) -> None:
    assert isinstance(checked(Construction("losses", loss, {"dtype": "uint16"}).text), str)
    plan = checked(Construction("losses", loss, {"dtype": "float64"}).text)
    assert isinstance(plan, Plan)
    steps_through(plan)


def test_a_small_part_of_an_epoch_is_one_step_at_least() -> None:
    schedule = {"initial_learning_rate": 1, "decay_steps": "0.1 epochs", "decay_rate": 1}
    plan = checked(Construction("schedules", "ExponentialDecay", schedule).text)
    assert isinstance(plan, Plan)
    steps_through(plan)


def test_whole_numbers_do_in_all_options_of_a_fraction() -> None:
    plan = checked(Construction("optimizers", "SGD", {"learning_rate": 1, "momentum": 0}).text)
    assert isinstance(plan, Plan)
    steps_through(plan)
