"""RNN and its cells: a cell taken along the steps is the recurrent layer of the same name."""

from collections.abc import Iterator, Mapping
from typing import cast

from nettool.layers.families.recurrent import multiply_adds, recurrent_mask, refused
from nettool.layers.inner import Inner, inner_layer, inside
from nettool.layers.layer import InferInner, Layer, Rule, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight
from nettool.layers.reading import Options, flag
from nettool.vocabulary.training_options import INITIALIZER

LAYER_OF = {"SimpleRNNCell": "SimpleRNN", "LSTMCell": "LSTM", "GRUCell": "GRU"}
"""The layer that does with all steps what the cell does with one; it has all of the cell's options."""


def rnn(shapes: tuple[Shape, ...], options: Options, infer: InferInner) -> Outcome | Refusal | None:
    """What the last of the cells gives, and the weights of all of them in order."""
    (shape,) = shapes
    refusal = refused("RNN", shape, options)
    if refusal is not None:
        return refusal
    if flag(options, "stateful"):
        return None
    weights: tuple[Weight, ...] = ()
    states = shape
    for cell in _cells(inner_layer(options["cell"])):
        if cell.name not in LAYER_OF:
            return Refusal(
                f"cannot take {cell.name} along the steps: it is not a cell",
                label="not a cell",
                help="write LSTMCell, GRUCell, SimpleRNNCell or StackedRNNCells",
                option="cell",
                kind="option",
            )
        layer = Inner(LAYER_OF[cell.name], {**cell.written, "return_sequences": True})
        outcome = infer(layer, (states,))
        if outcome is None:
            return None
        if isinstance(outcome, Refusal):
            return inside(outcome, cell, "cell")
        states = outcome.shape
        weights += outcome.weights
    return Outcome(states if flag(options, "return_sequences") else states[1:], weights)


def cell_alone(cell: str) -> Rule:
    """The refusal of a cell as a layer of its own: it takes its state as well, and gives it."""

    def rule(shapes: tuple[Shape, ...], options: Options) -> Refusal:
        return Refusal(
            f"cannot be {cell} by itself: a cell is one step of a recurrent layer, and wants its state",
            label="a cell, not a layer",
            help=f"write {LAYER_OF[cell]}, which takes it along the steps"
            if cell in LAYER_OF
            else f"write RNN with {cell} as its `cell`",
            kind="option",
        )

    return rule


def _cells(cell: Inner) -> Iterator[Inner]:
    """The cells one after the other; stacks may be stacked."""
    if cell.name != "StackedRNNCells":
        yield cell
        return
    for each in cast(list[object], cell.options["cells"]):
        for inner in _cells(inner_layer(each)):
            frozen = not flag(cell.options, "trainable")
            yield inner.with_options(trainable=False) if frozen else inner


def _cell(name: str, meaning: str, example: Mapping[str, object]) -> Layer:
    return Layer(
        name=name,
        meaning=meaning,
        shape_words="one step of a recurrent layer: taken along the steps by RNN, not a layer by itself",
        rule=cell_alone(name),
        multiply_adds=None,
        example=example,
        kinds={"bias_initializer": INITIALIZER} if name == "LSTMCell" else {},
        traits=traits("cell"),
    )


LAYERS = (
    *(_cell(name, f"one step of {layer}, for RNN", {"units": 64}) for name, layer in LAYER_OF.items()),
    _cell(
        "StackedRNNCells",
        "several cells as one, for RNN",
        {"cells": [{"layer": "LSTMCell", "units": 32}, {"layer": "LSTMCell", "units": 16}]},
    ),
    Layer(
        name="RNN",
        meaning="takes a cell along the steps of a sequence",
        shape_words="(steps, features) → the cell's units, or (steps, units) with `return_sequences: true`",
        nested_rule=rnn,
        multiply_adds=multiply_adds,
        example={"cell": {"layer": "LSTMCell", "units": 32}},
        mask=recurrent_mask,
    ),
)
