"""What is kept of an output's numbers, against what NumPy and scikit-learn make of all of them at once."""

import tracemalloc

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import mean_absolute_error, mean_squared_error

from nettool.data.column import Column, Part
from nettool.data.field import Field
from nettool.data.scale import AS_STORED, Scale
from nettool.front_end import load
from nettool.graph.trainable_plan import TrainablePlan, trainable
from nettool.jobs.observe.numbers import observe_numbers
from nettool.record.files.observations import SeenNumbers
from nettool.views.predictions.prediction import AnswerForm

RANDOM = np.random.default_rng(3)
SPEC = """
inputs: {x: [4]}
nodes: {y: {layer: Dense, units: 2}}
outputs: [y]
losses: {y: mse}
data: {random: {x: {shape: [4]}, y: {shape: [2]}}, samples: 4}
train: {}
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> TrainablePlan:
    path = tmp_path_factory.mktemp("spec") / "s.yaml"
    path.write_text(SPEC)
    return trainable(load(path)[0])


def observed(
    plan: TrainablePlan, wanted: NDArray[np.generic], answers: NDArray[np.float32], scale: Scale = AS_STORED
) -> list[SeenNumbers]:
    field = Field("y", "vector", wanted.shape[1:], str(wanted.dtype))
    form = AnswerForm("y", "numbers", field, scale=scale)
    return list(observe_numbers(plan, Part({"y": Column(wanted)}), form, answers))


@pytest.mark.parametrize("shape", [(500, 3), (500, 1), (500,), (500, 2, 4)])
def test_each_number_is_told_in_the_units_of_the_data(plan: TrainablePlan, shape: tuple[int, ...]) -> None:
    wanted = 1e6 + RANDOM.standard_normal(shape)
    channels = shape[-1] if len(shape) > 1 else 1
    scale = Scale((1e6,), tuple(map(float, RANDOM.uniform(1, 9, channels))))
    answers = RANDOM.standard_normal((*shape, *((1,) if len(shape) == 1 else ()))).astype(np.float32)
    given = (answers * np.array(scale.divisor) + 1e6).reshape(500, -1)
    found, wanted_columns = observed(plan, wanted, answers, scale), wanted.reshape(500, -1)
    assert len(found) == given.shape[1]
    for each, one, other in zip(found, wanted_columns.T, given.T, strict=True):
        assert each.mean_absolute_error == pytest.approx(mean_absolute_error(one, other), rel=1e-9)
        assert each.root_mean_square_error == pytest.approx(mean_squared_error(one, other) ** 0.5, rel=1e-9)
        assert each.standard_deviation == pytest.approx(one.std(), rel=1e-9)
        assert (each.samples, len(each.pairs)) == (500, 300)


def test_many_numbers_are_told_as_one(plan: TrainablePlan) -> None:
    wanted, answers = RANDOM.standard_normal((70, 5, 4)), RANDOM.standard_normal((70, 20)).astype(np.float32)
    wanted += np.arange(4)
    (found,) = observed(plan, wanted, answers.reshape(70, 5, 4))
    one, other = wanted.ravel(), answers.ravel().astype(np.float64)
    assert (found.name, found.samples) == ("y", 1400)
    assert found.mean_absolute_error == pytest.approx(mean_absolute_error(one, other))
    assert found.root_mean_square_error == pytest.approx(mean_squared_error(one, other) ** 0.5)
    assert found.standard_deviation == pytest.approx(one.std())
    rows = np.linspace(0, 1399, 300).astype(int)
    assert [pair[0] for pair in found.pairs] == pytest.approx(one[rows], rel=1e-5)
    assert [pair[1] for pair in found.pairs] == pytest.approx(other[rows], rel=1e-5)


def test_targets_of_another_size_are_left_out(plan: TrainablePlan) -> None:
    assert not observed(plan, np.zeros((9, 3)), np.zeros((9, 2), np.float32))


def test_memory_is_that_of_a_few_columns_however_many_numbers_there_are(plan: TrainablePlan) -> None:
    samples = 50_000
    wanted = RANDOM.standard_normal((samples, 40)).astype(np.float32)
    tracemalloc.start()
    try:
        observed(plan, wanted, wanted)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * samples * np.dtype(np.float64).itemsize
