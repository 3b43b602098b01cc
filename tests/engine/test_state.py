"""The values of a model's variables, copied for a state or only looked at."""

from pathlib import Path

import numpy as np
import pytest

from nettool.front_end import load

pytestmark = pytest.mark.keras

SOUND = """
inputs: {x: [4]}
nodes: {y: {layer: Dense, units: 1}}
outputs: [y]
losses: {y: {loss: mse, weight: 9.0e+29}}
"""


@pytest.mark.parametrize("type_", ["float32", "float16", "bfloat16", "float64", "int32", "bool"])
@pytest.mark.parametrize("shape", [(), (3, 4)])
def test_views_hold_what_copies_do_and_copies_do_not_change(type_: str, shape: tuple[int, ...]) -> None:
    import keras

    from nettool.engine.model.training_state import copies, views

    variable = keras.Variable(np.full(shape, 1), dtype=type_)
    ((_, seen),), ((_, copied),) = views([variable]), copies([variable])
    for values in (seen, copied):
        assert (values.dtype.name, values.shape) == (type_, shape)
        np.testing.assert_array_equal(values.astype(float), np.ones(shape))
    assert seen.flags.owndata is (type_ == "bfloat16")
    variable.assign(np.zeros(shape))
    np.testing.assert_array_equal(copied.astype(float), np.ones(shape))
    np.testing.assert_array_equal(views([variable])[0][1].astype(float), np.zeros(shape))


@pytest.mark.parametrize("rate", [0.01, 1e38])
def test_a_smoke_run_copies_no_weights_and_sees_those_that_are_no_longer_finite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rate: float
) -> None:
    from nettool.engine.failures import TrainingFailed
    from nettool.engine.train.callbacks import state_saving
    from nettool.jobs.spec import smoke

    def copied(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(state_saving, "copies", copied)
    # One step: its loss is finite, the weights after it need not be.
    monkeypatch.setattr(smoke, "STEPS", 1)
    path = tmp_path / "s.yaml"
    path.write_text(SOUND + f"train: {{optimizer: {{optimizer: SGD, learning_rate: {rate:e}}}}}\n")
    plan, _ = load(path)
    if rate > 1:
        with pytest.raises(TrainingFailed, match=r"`y/(kernel|bias)` became"):
            smoke.smoke(plan)
    else:
        assert smoke.smoke(plan).loss is not None
