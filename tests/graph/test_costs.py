"""Multiply-adds and activation memory of whole networks, against figures that others published."""

from dataclasses import replace
from pathlib import Path

import pytest

from nettool.diagnostics.source import Source
from nettool.front_end import load, load_source
from nettool.graph.collapse import collapse_below, collapse_models, members
from nettool.graph.costs import Cost, cost_of, node_costs, total_multiply_adds, total_output_bytes
from nettool.graph.network import Graph

CONFIGS = Path(__file__).parents[2] / "configs"
PUBLISHED = {
    "vgg16": 15_470_264_320,  # 15.47 GMAC: torchvision's table of models, and many others
    "resnet50": 3_857_973_248,  # 3.86 G: the variant with the stride in the first 1×1, He et al. 2015: "3.8 × 10⁹"
    "mobilenet_v2": 300_774_272,  # "300M": Sandler et al. 2018, table 4
    "resnet20": 40_551_040,  # 40.55 M: for instance Idelbayev's table of CIFAR networks
    "lenet5": 416_520,  # 416 K: for instance Sze et al. 2017 (341 K + 75 K with sparse connections filled up)
}


def network(name: str) -> Graph:
    return load(CONFIGS / f"{name}.yaml")[0].graph


def written(text: str) -> Graph:
    return load_source(Source("spec.yaml", text), "spec")[0].graph


@pytest.mark.parametrize(("name", "published"), PUBLISHED.items())
def test_multiply_adds_are_those_that_were_published(name: str, published: int) -> None:
    assert total_multiply_adds(node_costs(network(name))).exact == published


def test_the_outputs_of_vgg16_take_what_adding_them_up_by_hand_gives() -> None:
    # Sizes of the layers: Simonyan and Zisserman 2014, configuration D; the flat copy of the last is no copy.
    sides = {224: (3, 64, 64), 112: (64, 128, 128), 56: (128, *(256,) * 3), 28: (256, *(512,) * 3)}
    sides |= {14: (512, *(512,) * 3), 7: (512,)}
    numbers = sum(side * side * channels for side, all_channels in sides.items() for channels in all_channels)
    total = total_output_bytes(node_costs(network("vgg16")))
    assert total.exact == 4 * (numbers + 4096 + 4096 + 1000)


def test_half_as_long_numbers_take_half_the_memory_but_for_what_comes_in() -> None:
    graph = network("resnet20")
    full = {name: cost.output_bytes for name, cost in node_costs(graph).items()}
    half = {name: cost.output_bytes for name, cost in node_costs(graph, number_bytes=2).items()}
    assert all(half[name] == (full[name] or 0) // 2 for name in full if name not in graph.inputs)
    assert all(half[name] == full[name] for name in graph.inputs)


def test_a_whole_number_takes_what_its_type_says() -> None:
    graph = written(
        "inputs: {ids: {shape: [10], dtype: uint8}}\n"
        "nodes:\n  embed: {layer: Embedding, input_dim: 5, output_dim: 3}\noutputs: [embed]"
    )
    costs = node_costs(graph)
    assert {name: cost.output_bytes for name, cost in costs.items()} == {"ids": 10, "embed": 120}


SEQUENCE = """
inputs: {text: {shape: [null], dtype: int32}}
nodes:
  embed: {layer: Embedding, input_dim: 100, output_dim: 8}
  read:  {layer: LSTM, units: 4}
  label: {layer: Dense, units: 3}
outputs: [label]
"""


def test_what_depends_on_a_length_that_varies_is_not_known_and_the_total_is_a_lower_bound() -> None:
    costs = node_costs(written(SEQUENCE))
    assert costs == {
        "text": Cost(0, None),
        "embed": Cost(0, None),
        "read": Cost(None, 16),
        "label": Cost(12, 12),
    }
    total = total_multiply_adds(costs)
    assert (total.known, total.unknown, total.exact) == (12, ("read",), None)
    assert total_output_bytes(costs).unknown == ("text", "embed")


def test_a_layer_that_no_formula_knows_is_not_known() -> None:
    graph = network("resnet20")
    odd = replace(graph.nodes[1], operation="MyOwnLayer")
    costs = node_costs(replace(graph, nodes=(graph.nodes[0], odd, *graph.nodes[2:])))
    assert costs[odd.name].multiply_adds is None


@pytest.mark.parametrize("depth", range(4))
def test_boxes_cost_what_is_in_them(depth: int) -> None:
    graph = network("resnet50")
    collapsed = collapse_below(graph, depth)
    costs, inside = node_costs(graph), members(graph, collapsed)
    assert [len(node.groups) <= depth for node in collapsed.nodes] == [True] * len(collapsed.nodes)
    assert sorted(node.name for nodes in inside.values() for node in nodes) == sorted(costs)
    boxed = [cost_of(nodes, costs).multiply_adds or 0 for nodes in inside.values()]
    assert sum(boxed) == PUBLISHED["resnet50"]
    assert collapsed.parameter_count == graph.parameter_count


@pytest.mark.parametrize(("depth", "boxes"), [(0, 13), (1, 29), (2, 57), (3, 141), (4, 177)])
def test_a_depth_leaves_so_many_boxes(depth: int, boxes: int) -> None:
    # 9 nodes outside, 4 stages; of each a shortcut, a first bottleneck and 12 residuals in all, and so on.
    assert len(collapse_below(network("resnet50"), depth).nodes) == boxes


def test_a_box_stands_where_its_inside_stood() -> None:
    collapsed = collapse_below(network("resnet50"), 0)
    assert [(node.name, node.operation, node.inputs, node.shape) for node in collapsed.nodes[6:9]] == [
        ("pool", "MaxPooling2D", ("pad_2",), (56, 56, 64)),
        ("stage_2", "stage", ("pool",), (56, 56, 256)),
        ("stage_3", "stage", ("stage_2",), (28, 28, 512)),
    ]


REUSED_INSIDE = """
inputs: {x: [4]}
blocks:
  b:
    inputs: [i]
    nodes:
      own:  {layer: Dense, from: i, units: 4}
      side: {layer: Dense, from: i, units: 2}
    outputs: [own, side]
nodes:
  one: {block: b}
  two: {reuse: one.own, from: one.own}
outputs: [two, one.side]
"""


def test_a_layer_of_a_box_that_is_applied_again_belongs_to_the_box() -> None:
    nodes = collapse_below(written(REUSED_INSIDE), 0).by_name
    assert (nodes["two"].owner, nodes["two"].parameter_count) == ("one", 0)
    assert (nodes["one"].owner, nodes["one"].parameter_count, nodes["one"].shape) == (None, 30, (2,))


def test_a_model_that_is_used_again_is_its_first_use_and_costs_as_much() -> None:
    graph = network("same_digit")
    collapsed = collapse_models(graph)
    costs = node_costs(graph)
    found = {
        node.name: cost_of(nodes, costs).multiply_adds
        for node, nodes in zip(collapsed.nodes, members(graph, collapsed).values(), strict=True)
        if node.owner is not None
    }
    owners = {node.owner for node in collapsed.nodes if node.owner is not None}
    inside = members(graph, collapsed)
    assert set(found.values()) == {cost_of(inside[owner], costs).multiply_adds for owner in owners}
