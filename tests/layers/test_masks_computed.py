"""Whether filling changes what is computed: where nothing is said against a network, its answers stay the same."""

import os
import warnings
from typing import Any

import numpy as np
import pytest

from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.source import Source
from nettool.front_end import load_source

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

pytestmark = pytest.mark.keras

WORDS = np.array([[1, 5, 3], [2, 2, 7], [4, 1, 8]])
TEXTS = np.array([[[1, 2, 3], [4, 1, 1]], [[3, 2, 2], [1, 1, 2]], [[5, 5, 1], [8, 7, 1]]])
MEAN = "last: {layer: GlobalAveragePooling1D}"
READ = "last: {layer: LSTM, units: 3}"
HEADS = "num_heads: 2, key_dim: 3"

NETWORKS: list[tuple[str, str, str | None]] = [
    ("[null]", "last: {layer: LSTM, units: 3, go_backwards: true}", None),
    ("[null]", "last: {layer: GRU, units: 3, return_sequences: true}", None),
    ("[null]", f"b: {{layer: GRU, units: 3, go_backwards: true, return_sequences: true}}\n{READ}", "NT333"),
    (
        "[null]",
        f"b: {{layer: Bidirectional, of: {{layer: LSTM, units: 3, return_sequences: true}}}}\n{READ}",
        None,
    ),
    ("[null]", "last: {layer: Bidirectional, merge_mode: mul, of: {layer: GRU, units: 3}}", None),
    (
        "[null]",
        "last: {layer: RNN, cell: {layer: StackedRNNCells, cells: [{layer: GRUCell, units: 3}, "
        "{layer: LSTMCell, units: 2}]}}",
        None,
    ),
    ("[null]", MEAN, None),
    ("[null]", f"s: {{layer: Softmax}}\n{MEAN}", "NT324"),
    ("[null]", f"s: {{layer: Softmax, axis: 1}}\n{MEAN}", "NT324"),
    ("[null]", f"s: {{layer: Activation, activation: softmax}}\n{MEAN}", None),
    ("[null]", f"s: {{layer: BatchNormalization}}\n{MEAN}", None),
    ("[null]", f"s: {{layer: GroupNormalization, groups: 2}}\n{MEAN}", "NT333"),
    ("[null]", f"s: {{layer: UnitNormalization, axis: 1}}\n{MEAN}", "NT333"),
    ("[null]", f"s: {{layer: UnitNormalization}}\n{MEAN}", None),
    ("[null]", f"s: {{layer: Attention, from: [word, word]}}\n{MEAN}", None),
    ("[null]", f"s: {{layer: AdditiveAttention, from: [word, word, word]}}\n{MEAN}", None),
    ("[null]", f"s: {{layer: MultiHeadAttention, from: [word, word], {HEADS}}}\n{MEAN}", None),
    (
        "[null]",
        "s: {layer: GroupQueryAttention, from: [word, word], num_query_heads: 2, num_key_value_heads: 1, "
        f"head_dim: 3}}\n{MEAN}",
        None,
    ),
    ("[null]", f"s: {{layer: Dense, units: 4}}\na: {{merge: Multiply, from: [word, s]}}\n{READ}", None),
    ("[null]", f"s: {{layer: Dense, units: 3}}\na: {{merge: Concatenate, from: [word, s]}}\n{READ}", None),
    (
        "[null]",
        f"s: {{layer: Dense, units: 4}}\na: {{merge: Concatenate, axis: 1, from: [word, s]}}\n{MEAN}",
        None,
    ),
    ("[2, null]", f"t: {{layer: TimeDistributed, of: {{layer: LSTM, units: 4}}}}\n{READ}", "NT324"),
    (
        "[2, null]",
        f"t: {{layer: TimeDistributed, of: {{layer: LSTM, units: 4}}}}\nr: {{layer: Reshape, target_shape: [2, 4]}}\n{READ}",
        None,
    ),
    ("[2, null]", "last: {layer: Attention, from: [word, word]}", "NT324"),
    ("[2, null]", f"last: {{layer: MultiHeadAttention, from: [word, word], {HEADS}}}", "NT324"),
    (
        "[2, null]",
        f"last: {{layer: MultiHeadAttention, from: [word, word], {HEADS}, attention_axes: 2}}",
        None,
    ),
]


@pytest.mark.parametrize(("shape", "nodes", "code"), NETWORKS)
def test_filling_changes_no_answer_where_nothing_is_said(shape: str, nodes: str, code: str | None) -> None:
    from nettool.engine.model.build_model import build_model

    lines = "".join(f"  {line}\n" for line in nodes.split("\n"))
    text = (
        f"inputs: {{words: {{shape: {shape}, dtype: int32}}}}\nnodes:\n"
        f"  word: {{layer: Embedding, input_dim: 9, output_dim: 4, mask_zero: true}}\n{lines}outputs: [last]\n"
    )
    try:
        plan, found = load_source(Source("spec.yaml", text), "spec")
    except SpecError as error:
        assert [each.code for each in error.diagnostics] == [code]
        return
    assert [each.code for each in found] == ([] if code is None else [code])
    values = WORDS if shape == "[null]" else TEXTS
    model: Any = build_model(plan.graph)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        alone = np.array(model(values))
        filled = np.array(model(np.pad(values, [(0, 0)] * (values.ndim - 1) + [(0, 4)])))
        one = np.array(model(np.pad(values[:1], [(0, 0)] * (values.ndim - 1) + [(0, 2)])))
    if alone.ndim == values.ndim + 1:  # an answer for each step: those of the filling are left out
        filled, one = filled[..., :3, :], one[..., :3, :]
    same = np.allclose(alone, filled, atol=1e-5) and np.allclose(alone[:1], one, atol=1e-5)
    assert same == (code is None)
