"""Layers that carry their state: each pass over a part begins at 0, so what is measured can be measured again."""

import numpy as np
import pytest
from engine_plans import KeptCheckpoints, graph, ignore, input_node, loss, node, part, plan

from nettool.data.field import Field
from nettool.graph.bind.binding import Binding, InputBinding, TargetBinding

pytestmark = pytest.mark.keras


def test_validation_and_test_begin_at_zero_and_so_does_every_epoch() -> None:
    from dataclasses import replace

    from nettool.engine.evaluate.evaluation import predict
    from nettool.engine.evaluate.measurement import measure
    from nettool.engine.model.build_model import build_model
    from nettool.engine.stop_signal import StopSignal
    from nettool.engine.train.training import train

    series = replace(input_node("x", (5, 2)), options={"batch_size": 8})
    network = graph(
        series,
        node("read", "LSTM", "x", units=3, stateful=True),
        node("y", "Dense", "read", units=1),
        outputs=["y"],
    )
    made = plan(
        network,
        losses=[loss("y", "MeanSquaredError")],
        metrics=[],
        binding=Binding(
            (Field("x", "vector", (5, 2), "float32"), Field("y", "vector", (1,), "float32")),
            (InputBinding("x", "x", (5, 2)),),
            (TargetBinding("y", "y", "value", (1,)),),
        ),
        batch_size=8,
    )
    draws = np.random.default_rng(0)
    data = part(
        x=draws.normal(size=(24, 5, 2)).astype(np.float32), y=draws.normal(size=(24, 1)).astype(np.float32)
    )
    model = build_model(network)
    history = train(model, made, data, data, ignore, StopSignal(), KeptCheckpoints([]))
    first = measure(model, made, data)
    assert history.rows[-1]["val_loss"] == pytest.approx(first["loss"])
    assert measure(model, made, data) == first
    answers = predict(model, made, data)["y"]
    np.testing.assert_array_equal(predict(model, made, data)["y"], answers)
    assert first["loss"] == pytest.approx(((answers - data.columns["y"].array()) ** 2).mean())
