"""What `--smoke` makes up: ids that an Embedding knows, targets that their losses can take, closed lengths."""

import math

import numpy as np
import pytest

from nettool.data.sources.random_part import random_part
from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.graph.bind.binding import Binding, Encoding
from nettool.graph.plan import Plan
from nettool.graph.synthetic_data import with_synthetic_data
from nettool.spec.train.training import Training
from nettool.vocabulary.keras_names import losses


def plan_of(text: str) -> Plan:
    return load_source(Source("spec.yaml", text), "spec")[0]


def stand_in(text: str) -> Binding:
    return with_synthetic_data(plan_of(text), Training()).binding


def values(binding: Binding, field: str) -> np.ndarray:
    return random_part(binding.fields, 500, seed=0).columns[field].array()


WORDS = """
inputs:
  title: {shape: [null], dtype: int32}
  tags:  {shape: [3], dtype: int32}
  body:  {shape: [null]}
nodes:
  words:  {layer: Embedding, from: title, input_dim: 50, output_dim: 4}
  few:    {layer: Embedding, from: title, input_dim: 20, output_dim: 4}
  again:  {reuse: few, from: body}
  tagged: {layer: Rescaling, from: tags, scale: 1.0}
outputs: [words, few, again, tagged]
"""


def test_token_ids_are_those_that_every_embedding_knows() -> None:
    binding = stand_in(WORDS)
    assert np.unique(values(binding, "title")).tolist() == list(range(20))


def test_ids_in_an_input_of_fractions_are_whole() -> None:
    binding = stand_in(WORDS)
    assert np.unique(values(binding, "body")).tolist() == [0, 1]
    assert binding.field("body").highest == 1.0


def test_other_whole_numbers_are_0_and_1() -> None:
    assert np.unique(values(stand_in(WORDS), "tags")).tolist() == [0, 1]


def test_open_lengths_are_one_number_and_targets_have_what_the_layers_make_of_it() -> None:
    binding = stand_in(
        "inputs: {sound: [null, 2]}\n"
        "nodes:\n"
        "  short: {layer: Conv1D, filters: 3, kernel_size: 3}\n"
        "  half:  {layer: AveragePooling1D, pool_size: 2}\n"
        "outputs: [short, half]\n"
        "losses: {short: mse, half: sparse_categorical_crossentropy}\n"
    )
    assert [bound.shape for bound in binding.inputs] == [(12, 2)]
    assert [bound.shape for bound in binding.targets] == [(10, 3), (5,)]
    assert [field.shape for field in binding.fields] == [(12, 2), (10, 3), (5,)]


def output_of(shape: str, loss: str) -> str:
    return (
        f"inputs: {{x: {shape}}}\nnodes:\n  out: {{layer: Activation, activation: sigmoid}}\n"
        f"outputs: [out]\nlosses: {{out: {loss}}}\n"
    )


ENCODINGS: list[tuple[str, str, Encoding, tuple[int, ...], set[int] | None]] = [
    ("[5]", "SparseCategoricalCrossentropy", "index", (), {0, 1, 2, 3, 4}),
    ("[5]", "CategoricalCrossentropy", "one_hot", (5,), {0, 1, 2, 3, 4}),
    ("[1]", "CategoricalCrossentropy", "value", (1,), {0, 1}),
    ("[8, 6, 4]", "SparseCategoricalCrossentropy", "index", (8, 6), {0, 1, 2, 3}),
    ("[8, 6, 4]", "CategoricalCrossentropy", "one_hot", (8, 6, 4), {0, 1, 2, 3}),
    ("[1]", "BinaryCrossentropy", "value", (1,), {0, 1}),
    ("[5]", "BinaryCrossentropy", "value", (5,), {0, 1}),
    ("[5]", "MeanSquaredError", "value", (5,), None),
    ("[12, 5]", "CTC", "index", (6,), {0, 1, 2, 3, 4}),
]


@pytest.mark.parametrize(("shape", "loss", "encoding", "wanted", "whole"), ENCODINGS)
def test_a_target_is_what_its_loss_takes(
    shape: str, loss: str, encoding: Encoding, wanted: tuple[int, ...], whole: set[int] | None
) -> None:
    binding = stand_in(output_of(shape, loss))
    (target,) = binding.targets
    assert (target.encoding, target.shape) == (encoding, wanted)
    drawn = values(binding, target.field)
    if whole is None:
        assert drawn.dtype == np.float32
    else:
        assert set(np.unique(drawn).tolist()) == whole


@pytest.mark.keras
@pytest.mark.parametrize("loss", sorted(set(losses()) - {"CTC"}))
def test_a_smoke_run_has_a_finite_loss_whatever_the_loss(loss: str) -> None:
    """CTC stands apart: its targets are lists of labels (tests/engine/test_target_forms.py)."""
    from nettool.jobs.spec.smoke import smoke

    text = f"inputs: {{x: [6]}}\nnodes: {{out: {{layer: Dense, units: 3, activation: softmax}}}}\noutputs: [out]\nlosses: {{out: {loss}}}\n"
    assert math.isfinite(smoke(plan_of(text)).loss)
