"""`use_ema`: at the end of training the weights become their averages, in the model that is kept too."""

import pytest
from engine_plans import KeptCheckpoints, classify, dense_graph, equal_weights, ignore, images

from nettool.spec.train.optimizer import Optimizer

pytestmark = pytest.mark.keras


def test_the_model_that_is_kept_last_has_the_averaged_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    from nettool.engine.model.build_model import build_model
    from nettool.engine.stop_signal import StopSignal
    from nettool.engine.train.callbacks import model_files
    from nettool.engine.train.training import train

    monkeypatch.setattr(model_files, "SECONDS_BETWEEN", 0.0)
    averaging = Optimizer("Adam", {"learning_rate": 0.01, "use_ema": True})
    made = classify(dense_graph(), epochs=2, optimizer=averaging)
    model, checkpoints = build_model(made.graph), KeptCheckpoints([])
    train(model, made, images(96), None, ignore, StopSignal(), checkpoints)
    *_, before, (kept, weights) = checkpoints.kept
    assert kept == before[0] == "last"
    assert equal_weights(weights, model.get_weights())
    assert not equal_weights(before[1], weights)
