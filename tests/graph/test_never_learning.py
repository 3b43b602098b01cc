"""Which outputs never learn: the warning against which weights have a gradient of the losses."""

import os

import pytest

from nettool.diagnostics.source import Source
from nettool.front_end import load_source

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

BODY = "  body: {layer: Dense, units: 4}\n  price: {layer: Dense, units: 1}\n"
CASES = {
    "a head of its own": (BODY + "  even: {layer: Dense, from: body, units: 2}\n", ["even"]),
    "two layers of its own": (
        BODY + "  hidden: {layer: Dense, from: body, units: 3}\n  even: {layer: Dense, units: 2}\n",
        ["even"],
    ),
    "nothing of its own": (BODY + "  even: {layer: Rescaling, from: body, scale: 2}\n", []),
    "a frozen layer": (BODY + "  even: {layer: Dense, from: body, units: 2, trainable: false}\n", []),
    "a layer that a loss trains": (BODY + "  even: {reuse: body, from: size}\n", []),
    "a step before the trained end": (BODY.replace("body", "even"), []),
}


@pytest.mark.keras
@pytest.mark.parametrize("case", CASES)
def test_a_warning_is_given_where_weights_have_no_gradient(case: str) -> None:
    import tensorflow as tf

    from nettool.engine.model.build_model import build_model

    nodes, expected = CASES[case]
    text = f"inputs: {{size: [4]}}\nnodes:\n{nodes}outputs: [price, even]\nlosses: {{price: mse}}\n"
    plan, found = load_source(Source("spec.yaml", text), "spec")
    assert [each.code for each in found] == ["NT425"] * len(expected)
    model = build_model(plan.graph)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(model(tf.ones((2, 4)))["price"] ** 2)
    without = [gradient is None for gradient in tape.gradient(loss, model.trainable_variables)]
    assert any(without) == bool(expected)


def test_a_loss_between_two_nodes_trains_both() -> None:
    text = (
        f"inputs: {{size: [4]}}\nnodes:\n{BODY}  even: {{layer: Dense, from: body, units: 1}}\n"
        "outputs: [price, even]\nlosses: {price: mse, gap: {loss: mse, between: [even, price]}}\n"
    )
    assert load_source(Source("spec.yaml", text), "spec")[1] == ()


def test_a_spec_without_losses_is_not_trained_at_all() -> None:
    text = f"inputs: {{size: [4]}}\nnodes:\n{BODY}outputs: [price, body]\n"
    assert load_source(Source("spec.yaml", text), "spec")[1] == ()
