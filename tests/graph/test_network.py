"""What a spec becomes: addresses, order, sharing, shapes."""

from dataclasses import replace
from pathlib import Path

import pytest

from nettool.diagnostics.source import Source
from nettool.graph.network import Graph
from nettool.load import load, load_source

CONFIGS = sorted((Path(__file__).parents[2] / "configs").glob("*.yaml"))


def graph(text: str) -> Graph:
    plan, _ = load_source(Source("spec.yaml", text), "spec")
    return plan.graph


def wires(network: Graph) -> dict[str, tuple[str, ...]]:
    return {node.name: node.inputs for node in network.nodes}


def test_an_entry_is_fed_by_the_one_above_and_the_first_by_the_only_input() -> None:
    network = graph(
        "inputs: {x: [4]}\nnodes:\n  a: {layer: Dense, units: 3}\n  b: {layer: ReLU}\noutputs: [b]"
    )
    assert wires(network) == {"x": (), "a": ("x",), "b": ("a",)}


def test_nodes_may_stand_in_any_order_and_keep_the_files_where_they_can() -> None:
    network = graph(
        "merges: {sum: {merge: Add, from: [b, a]}}\n"
        "nodes:\n"
        "  b: {layer: Dense, from: x, units: 3}\n"
        "  a: {layer: Dense, from: x, units: 3}\n"
        "  out: {layer: ReLU, from: sum}\n"
        "inputs: {x: [4]}\n"
        "outputs: [out]\n"
    )
    assert [node.name for node in network.nodes] == ["x", "b", "a", "sum", "out"]
    assert network.by_name["sum"].inputs == ("b", "a")


def test_repeat_numbers_the_copies_and_chains_them() -> None:
    network = graph(
        "inputs: {x: [4]}\nnodes:\n  d: {layer: Dense, units: 4, repeat: 3}\n  e: {layer: ReLU, from: d.2}\noutputs: [d, e]"
    )
    assert wires(network) == {"x": (), "d.1": ("x",), "d.2": ("d.1",), "d.3": ("d.2",), "e": ("d.2",)}
    assert network.outputs == ("d.3", "e")
    assert network.parameter_count == 60


NESTED = """
inputs: {x: [8]}
blocks:
  inner:
    options: {units: 8, act: relu}
    inputs: [i]
    nodes: {fc: {layer: Dense, from: i, units: $units, activation: $act}}
    outputs: [fc]
  outer:
    options: {units: 4}
    inputs: [a, b]
    nodes:
      left: {block: inner, from: a, units: $(2 * units), repeat: 2}
      right: {block: inner, from: b, act: tanh}
    merges:
      join: {merge: Add, from: [left, right]}
    outputs: [join, right]
nodes:
  o: {block: outer, from: [x, x]}
  end: {layer: Dense, from: [o.join], units: 1}
  peek: {layer: ReLU, from: o.left.1.fc}
outputs: [end, peek, o.right]
"""


def test_blocks_within_blocks_have_addresses_options_and_frames() -> None:
    network = graph(NESTED)
    assert wires(network) == {
        "x": (),
        "o.left.1.fc": ("x",),
        "o.left.2.fc": ("o.left.1.fc",),
        "o.right.fc": ("x",),
        "o.join": ("o.left.2.fc", "o.right.fc"),
        "end": ("o.join",),
        "peek": ("o.left.1.fc",),
    }
    assert network.outputs == ("end", "peek", "o.right.fc")
    node = network.by_name["o.left.1.fc"]
    assert dict(node.options) == {"units": 8, "activation": "relu"}
    assert [(group.address, group.block) for group in node.groups] == [("o", "outer"), ("o.left.1", "inner")]


def test_a_block_may_hand_its_input_straight_out() -> None:
    network = graph(
        "inputs: {x: [4]}\nblocks: {same: {inputs: [i], outputs: [i]}}\n"
        "nodes:\n  s: {block: same, repeat: 2}\n  d: {layer: Dense, units: 2}\noutputs: [d]"
    )
    assert wires(network) == {"x": (), "d": ("x",)}


def test_reuse_applies_a_layer_again_without_new_parameters() -> None:
    network = graph(
        "inputs: {a: [6], b: [6]}\nnodes:\n"
        "  tower: {layer: Dense, from: a, units: 5}\n"
        "  again: {reuse: tower, from: b}\n"
        "  third: {reuse: again, from: b}\n"
        "merges: {m: {merge: Concatenate, from: [tower, again, third]}}\noutputs: [m]"
    )
    assert network.parameter_count == 35
    assert [(node.name, node.owner) for node in network.nodes if node.owner] == [
        ("again", "tower"),
        ("third", "tower"),
    ]
    assert network.by_name["again"].shape == (5,)


NO_RULE = """
inputs: {x: [8, 8, 3]}
nodes:
  flip: {layer: RandomFlip, mode: horizontal}
  conv: {layer: Conv2D, filters: 4, kernel_size: 3}
outputs: [conv]
"""


def test_a_layer_without_a_rule_leaves_shapes_open_and_stops_nothing() -> None:
    network = graph(NO_RULE)
    assert [node.shape for node in network.nodes] == [(8, 8, 3), None, None]
    assert network.parameter_count is None


@pytest.mark.keras
def test_keras_is_asked_for_what_no_rule_knows() -> None:
    from nettool.engine.complete import complete_graph

    network = complete_graph(graph(NO_RULE))
    assert [node.shape for node in network.nodes] == [(8, 8, 3), (8, 8, 3), (6, 6, 4)]
    assert network.parameter_count == 112


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_the_resolved_spec_is_the_same_network(path: Path) -> None:
    plan, _ = load(path)
    again, _ = load_source(Source("resolved.yaml", plan.resolved), "resolved")
    assert again.resolved == plan.resolved
    assert plan.training is not None
    assert again.training is not None
    written = plan.training.optimizer.options
    assert again.training.optimizer.options | written == again.training.optimizer.options
    assert replace(again.training, optimizer=plan.training.optimizer) == plan.training
    assert again.data == plan.data
    assert again.binding == plan.binding
    ours, theirs = (
        [(n.name, n.operation, n.inputs, n.shape, n.weights, n.owner, n.groups) for n in each.graph.nodes]
        for each in (plan, again)
    )
    assert ours == theirs
