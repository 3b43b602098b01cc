"""The weights in a model's file are Keras's own, name by name, wherever they can be told without Keras."""

from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.graph.network import Graph
from nettool.record.checkpoints.stored_weights import stored_weights
from nettool.record.run_damaged import RunDamaged

pytestmark = pytest.mark.keras

SPEC = """
inputs: {image: [8, 8, 4], photo: [8, 8, 4], words: [6]}
blocks:
  wide:
    inputs: [x]
    nodes:
      conv: {layer: Conv2D, from: x, filters: 4, kernel_size: 3, padding: same, use_bias: false}
      norm: {layer: BatchNormalization, trainable: false}
    outputs: [norm]
nodes:
  deep:    {block: wide, from: image, repeat: 2}
  apart:   {layer: SeparableConv2D, filters: 3, kernel_size: 3}
  up:      {layer: Conv2DTranspose, filters: 2, kernel_size: 3}
  drop:    {layer: Dropout, rate: 0.5}
  free:    {layer: PReLU}
  flat:    {layer: Flatten}
  code:    {layer: Dense, units: 5}
  other:   {layer: Flatten, from: photo}
  row:     {layer: Dense, units: 128}
  again:   {reuse: code, from: row}
  named:   {layer: Embedding, from: words, input_dim: 9, output_dim: 3}
  scaled:  {layer: LayerNormalization}
outputs: [code, again, scaled]
"""


def graph_of(spec: str) -> Graph:
    plan, _ = load_source(Source("stored.yaml", spec.lstrip()), "stored")
    return plan.graph


def saved(graph: Graph, folder: Path) -> tuple[Path, object]:
    from nettool.engine.model.build_model import build_model

    model = build_model(graph)
    path = folder / "model.keras"
    model.save(path)
    return path, model


def test_every_array_is_the_one_that_keras_has_under_the_same_name(tmp_path: Path) -> None:
    from nettool.engine.model.weights import layer_weights

    graph = graph_of(SPEC)
    path, model = saved(graph, tmp_path)
    found, expected = stored_weights(path, graph), layer_weights(model, graph)
    assert found is not None
    assert [(each.node, each.operation) for each in found] == [
        (each.node, each.operation) for each in expected
    ]
    for ours, theirs in zip(found, expected, strict=True):
        assert list(ours.variables) == list(theirs.variables)
        for name, values in theirs.variables.items():
            np.testing.assert_array_equal(ours.variables[name], values)


def test_layers_within_layers_are_left_to_keras(tmp_path: Path) -> None:
    graph = graph_of(
        "inputs: {a: [5, 3]}\nnodes:\n  memory: {layer: Bidirectional, of: {layer: LSTM, units: 2}}\noutputs: [memory]\n"
    )
    path, _ = saved(graph, tmp_path)
    assert stored_weights(path, graph) is None


@pytest.mark.parametrize("member", [None, "config.json", "model.weights.h5"])
def test_a_file_of_another_form_is_damaged(member: str | None, tmp_path: Path) -> None:
    graph = graph_of("inputs: {a: [3]}\nnodes:\n  b: {layer: Dense, units: 2}\noutputs: [b]\n")
    path = tmp_path / "other.keras"
    path.write_bytes(b"no archive")
    if member is not None:
        with ZipFile(path, "w") as archive:
            archive.writestr(member, "{}")
    with pytest.raises(RunDamaged, match=r"other\.keras is damaged: it"):
        stored_weights(path, graph)


def test_weights_of_other_shapes_are_left_to_keras(tmp_path: Path) -> None:
    graph = graph_of("inputs: {a: [3]}\nnodes:\n  b: {layer: Dense, units: 2}\noutputs: [b]\n")
    path, _ = saved(graph, tmp_path)
    other = graph_of("inputs: {a: [3]}\nnodes:\n  b: {layer: Dense, units: 4}\noutputs: [b]\n")
    assert stored_weights(path, other) is None


@pytest.mark.parametrize("outputs", ["[bone]", "[bone.block_1_expand]"])
def test_a_ready_made_network_is_told_layer_by_layer(outputs: str, tmp_path: Path) -> None:
    from nettool.engine.model.build_model import build_model
    from nettool.engine.model.weights import layer_weights

    graph = graph_of(
        "inputs: {a: [32, 32, 3]}\nnodes:\n"
        "  bone: {application: MobileNetV2, alpha: 0.35, include_top: false, weights: null}\n"
        f"outputs: {outputs}\n"
    )
    model = build_model(graph)
    found = layer_weights(model, graph)
    assert [(each.node, each.operation) for each in found[:2]] == [
        ("bone.Conv1", "Conv2D"),
        ("bone.bn_Conv1", "BatchNormalization"),
    ]
    assert found[0].variables["kernel"].shape == (3, 3, 3, 16)
    assert len({each.node for each in found}) == len(found)
    assert sum(values.size for each in found for values in each.variables.values()) == model.count_params()
