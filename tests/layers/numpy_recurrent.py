"""Recurrent layers in NumPy: a step for each kind of cell, taken along the steps that a mask leaves."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy_layers import Array, convolved, sigmoid

State = tuple[Array, ...]
Step = Callable[[Array, State, list[Array], dict[str, Any]], State]
"""From one step's input, the state, the weights and the options to the next state, whose first part is given out."""


def simple_step(x: Array, state: State, weights: list[Array], _: dict[str, Any]) -> State:
    kernel, recurrent, bias = weights
    return (np.tanh(x @ kernel + state[0] @ recurrent + bias),)


def lstm_step(x: Array, state: State, weights: list[Array], _: dict[str, Any]) -> State:
    kernel, recurrent, bias = weights
    return _gates(x @ kernel + state[0] @ recurrent + bias, state[1])


def gru_step(x: Array, state: State, weights: list[Array], _: dict[str, Any]) -> State:
    kernel, recurrent, bias = weights
    xz, xr, xh = np.split(x @ kernel + bias[0], 3, -1)
    hz, hr, hh = np.split(state[0] @ recurrent + bias[1], 3, -1)
    z = sigmoid(xz + hz)
    return (z * state[0] + (1 - z) * np.tanh(xh + sigmoid(xr + hr) * hh),)


def convolutional_step(x: Array, state: State, weights: list[Array], options: dict[str, Any]) -> State:
    kernel, recurrent, bias = weights
    before = convolved(state[0], recurrent, {"padding": "same"})
    return _gates(convolved(x, kernel, options) + before + bias, state[1])


def _gates(sums: Array, carry: Array) -> State:
    i, f, c, o = np.split(sums, 4, -1)
    carry = sigmoid(f) * carry + sigmoid(i) * np.tanh(c)
    return sigmoid(o) * np.tanh(carry), carry


STEPS: dict[str, tuple[Step, int]] = {
    "SimpleRNN": (simple_step, 1),
    "LSTM": (lstm_step, 2),
    "GRU": (gru_step, 1),
    "ConvLSTM": (convolutional_step, 2),
}
"""The step of each kind, and of how many parts its state is."""


def along_steps(kind: str, x: Array, weights: list[Array], options: dict[str, Any], mask: Array) -> Array:
    """All outputs, or the last one: a masked step leaves the state, and the output, as it was."""
    step, parts = STEPS[kind]
    order = list(range(x.shape[1]))[:: -1 if options.get("go_backwards") else 1]
    shape = step_shape(kind, x[:, 0], weights, options)
    state: State = tuple(np.zeros(shape) for _ in range(parts))
    given = []
    for time in order:
        keep = mask[:, time].reshape(-1, *[1] * (len(shape) - 1))
        new = step(x[:, time], state, weights, options)
        state = tuple(np.where(keep, now, old) for now, old in zip(new, state, strict=True))
        given.append(state[0])
    return np.stack(given, 1) if options.get("return_sequences") else state[0]


def step_shape(kind: str, x: Array, weights: list[Array], options: dict[str, Any]) -> tuple[int, ...]:
    """The shape of a state."""
    if kind == "ConvLSTM":
        whole: tuple[int, ...] = convolved(x, weights[0], options).shape
        return (*whole[:-1], whole[-1] // 4)
    return (len(x), weights[1].shape[0])
