"""`--smoke` knows outputs that no data could train; what can be a target is what the data sections can say."""

import numpy as np
import pytest

from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.graph.untrainable import untrainable_outputs


def spec(input_shape: str, last: str, loss: str) -> str:
    return f"inputs: {{x: {input_shape}}}\nnodes:\n  y: {last}\noutputs: [y]\nlosses: {{y: {loss}}}\n"


STEPS = "{layer: Dense, units: 5, activation: softmax}"
CASES = [
    ("[8]", STEPS, "sparse_categorical_crossentropy", None),
    ("[8]", STEPS, "categorical_crossentropy", None),
    ("[8]", "{layer: Dense, units: 1, activation: sigmoid}", "binary_crossentropy", None),
    ("[8]", "{layer: Dense, units: 1}", "mse", None),
    ("[7, 8]", STEPS, "categorical_crossentropy", None),
    ("[7, 8]", "{layer: Dense, units: 5}", "mse", None),
    (
        "[6, 6, 1]",
        "{layer: Conv2D, filters: 1, kernel_size: 3, activation: sigmoid}",
        "binary_crossentropy",
        None,
    ),
    ("[20, 8]", "{layer: Dense, units: 6}", "CTC", None),
    ("[null, 8]", "{layer: LSTM, units: 5}", "mse", None),
    (
        "[7, 8]",
        STEPS,
        "sparse_categorical_crossentropy",
        "`y` gives (7, 5), but its target `y` is one number",
    ),
    (
        "[null, 8]",
        STEPS,
        "sparse_categorical_crossentropy",
        "`y` gives (?, 5), but its target `y` is one number",
    ),
    (
        "[6, 6, 1]",
        "{layer: Conv2D, filters: 3, kernel_size: 1, activation: softmax}",
        "sparse_categorical_crossentropy",
        "`y` gives (6, 6, 3), but its target `y` is one number",
    ),
]


@pytest.mark.parametrize(("shape", "last", "loss", "message"), CASES)
def test_an_output_that_no_data_could_train_is_known(
    shape: str, last: str, loss: str, message: str | None
) -> None:
    plan, _ = load_source(Source("s.yaml", spec(shape, last, loss)), "s")
    assert [each.message for each in untrainable_outputs(plan)] == ([] if message is None else [message])


@pytest.mark.parametrize("target", ["[5]", "[7, 5]"])
def test_rows_are_no_class_numbers(target: str) -> None:
    """Found by training: Keras took such a target for class numbers of one axis more, and stopped."""
    shape = "[8]" if target == "[5]" else "[7, 8]"
    text = spec(shape, STEPS, "sparse_categorical_crossentropy")
    text += f"data: {{random: {{x: {{shape: {shape}}}, y: {{shape: {target}}}}}}}\n"
    with pytest.raises(SpecError) as caught:
        load_source(Source("s.yaml", text), "s")
    (found,) = caught.value.diagnostics
    assert found.code == "NT508"
    assert found.help == "write `y: categorical_crossentropy` under `losses`"
    load_source(Source("s.yaml", text.replace("sparse_", "")), "s")


@pytest.mark.keras
def test_keras_agrees_that_none_of_our_targets_fits_steps_of_classes() -> None:
    import keras

    loss = keras.losses.SparseCategoricalCrossentropy()
    given = np.full((2, 7, 5), 0.2, "float32")
    for target in (np.zeros((2,)), np.zeros((2, 7, 5))):
        with pytest.raises(ValueError, match=r"shape|rank"):
            loss(target, given)
    assert float(loss(np.zeros((2, 7)), given)) == pytest.approx(np.log(5), rel=1e-5)
