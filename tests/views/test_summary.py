import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from example_networks import inception, long_chain, multi_input, odd_names, resnet, shared_tower
from golden_files import assert_golden

from nettool.graph.network import Graph
from nettool.spec.train.training import Training
from nettool.views.terminal.summary import memory_text, short_count, summary_facts, summary_text

NETWORKS = (resnet, multi_input, inception, shared_tower, odd_names)


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.__name__)
def test_a_summary_reads_like_its_golden_file(network: Callable[[], Graph]) -> None:
    assert_golden(f"{network.__name__}.txt", summary_text(network()))


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.__name__)
def test_no_line_of_a_summary_ends_with_a_space(network: Callable[[], Graph]) -> None:
    text = summary_text(network())
    assert [line for line in text.splitlines() if line != line.rstrip()] == []
    assert text.endswith("\n")


def test_a_summary_is_as_wide_as_its_longest_names_need() -> None:
    graph = resnet()
    name = "a_very_long_name_" * 12
    last = replace(graph.nodes[-1], name=name)
    text = summary_text(Graph(graph.name, (*graph.nodes[:-1], last), graph.inputs, (name,)))
    assert f"\n{name}  Dense" in text


def test_a_layer_that_no_rule_knows_leaves_the_total_open_and_is_named() -> None:
    graph = odd_names()
    unknown = replace(graph.nodes[1], weights=None)
    graph = replace(graph, nodes=(graph.nodes[0], unknown, graph.nodes[2]))
    assert summary_text(graph).splitlines()[-6:] == [
        "Parameters: ?",
        "  not known for with:port",
        "Multiply-adds: ?",
        "  not known for with:port, größe",
        "Activations: at least 12 B per sample",
        "  not known for with:port",
    ]
    assert summary_facts(graph)["parameters"] is None


def test_the_title_can_be_another_than_the_networks_name() -> None:
    assert summary_text(resnet(), title="configs/resnet.yaml").startswith("configs/resnet.yaml\n\n")


def test_the_facts_of_a_summary_are_complete_and_survive_json() -> None:
    facts = summary_facts(shared_tower(), training=Training(batch_size=64))
    assert json.loads(json.dumps(facts)) == facts
    assert facts == {
        "name": "shared_tower",
        "parameters": 148901,
        "trainable_parameters": 148837,
        "multiply_adds": None,
        "activation_bytes": None,
        "at_least": {"multiply_adds": 160, "activation_bytes": 532},
        "batch_size": 64,
        "nodes": [
            _fact("left", "InputLayer", [None, None], 0, (0, None)),
            _fact("right", "InputLayer", [None, None], 0, (0, None)),
            _fact("embed", "Embedding", [None, None, 128], 128000, (0, None), "left"),
            _fact("embed_again", "Embedding", [None, None, 128], 0, (0, None), "right"),
            _fact("read_left", "LSTM", [None, 32], 20608, (None, 128), "embed"),
            _fact("read_right", "LSTM", [None, 32], 0, (None, 128), "embed_again"),
            _fact("apart", "Subtract", [None, 32], 0, (0, 128), "read_left", "read_right"),
            _fact("norm", "BatchNormalization", [None, 32], 128, (0, 128), "apart"),
            _fact("same", "Dense", [None, 1], 33, (32, 4), "norm"),
            _fact("topic", "Dense", [None, 4], 132, (128, 16), "norm"),
        ],
    }


@pytest.mark.parametrize(
    ("training", "line"),
    [
        (None, "Activations: 477 KB per sample"),
        (Training(batch_size=64), "Activations: 477 KB per sample, 29.8 MB at batch 64 (training)"),
        (
            Training(batch_size=128, precision="mixed_float16"),
            "Activations: 238 KB per sample, 29.8 MB at batch 128 (training)",
        ),
    ],
)
def test_the_memory_of_activations_is_told_for_the_batch_and_the_precision_of_the_training(
    training: Training | None, line: str
) -> None:
    assert summary_text(resnet(), training=training).splitlines()[-1] == line


def test_where_all_nodes_are_fed_by_the_line_above_nothing_says_so() -> None:
    assert "from" not in summary_text(long_chain(3))
    assert "hidden_3" in summary_text(long_chain(3))


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (None, "?"),
        (0, "0"),
        (999, "999"),
        (1000, "1 k"),
        (18_496, "18.5 k"),
        (999_600, "1 M"),
        (15_470_264_320, "15.5 G"),
        (4_100_000_000_000, "4.1 T"),
        (7 * 10**15, "7 P"),
    ],
)
def test_counts_are_told_in_three_figures(count: int | None, text: str) -> None:
    assert short_count(count) == text


def test_an_unknown_shape_is_null() -> None:
    nodes = summary_facts(odd_names())["nodes"]
    assert [node["output_shape"] for node in nodes] == [[None, 2], None, [None, 1]]


@pytest.mark.parametrize(
    ("byte_count", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "0.977 KB"),
        (1024, "1 KB"),
        (4 * 223_242, "872 KB"),
        (1_023_000, "999 KB"),
        (1_023_900, "0.976 MB"),
        (4 * 143_667_240, "548 MB"),
        (5 * 1024**4, "5 TB"),
        (5000 * 1024**4, "5e+03 TB"),
    ],
)
def test_memory_is_told_in_three_figures(byte_count: int, text: str) -> None:
    assert memory_text(byte_count) == text


def _fact(
    name: str,
    layer: str,
    shape: list[int | None],
    parameters: int,
    cost: tuple[int | None, int | None],
    *sources: str,
) -> dict[str, object]:
    return {
        "name": name,
        "layer": layer,
        "output_shape": shape,
        "parameters": parameters,
        "multiply_adds": cost[0],
        "activation_bytes": cost[1],
        "from": list(sources),
    }
