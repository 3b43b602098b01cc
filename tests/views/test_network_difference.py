"""Two networks over each other: which node is which, what differs, and what is drawn of it."""

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pydot
import pytest
from example_networks import conv, dense, inception, node, odd_names, resnet, shared_tower
from golden_files import assert_golden

from nettool.front_end import load
from nettool.graph.network import Graph, Group, Node
from nettool.views.comparison.difference_drawing import LOOKS, difference_dot
from nettool.views.comparison.difference_mermaid import difference_mermaid
from nettool.views.comparison.difference_text import change_text, counts_text, meanings_of, parameters_text
from nettool.views.comparison.difference_units import DifferenceLook, drawn_difference
from nettool.views.comparison.fit_difference import fitted_difference
from nettool.views.comparison.network_difference import NetworkDifference, network_difference
from nettool.views.diagram.draw_dot import draw_dot
from nettool.views.diagram.drawn import Depth
from nettool.views.diagram.lay_out import parsed
from nettool.views.style import INK, QUIET_INK

CONFIGS = Path(__file__).parents[2] / "configs"
GALLERY = sorted(path.stem for path in CONFIGS.glob("*.yaml"))


@cache
def gallery(name: str) -> Graph:
    return load(CONFIGS / f"{name}.yaml")[0].graph


def chain(*nodes: Node) -> Graph:
    """Nodes in a row, behind an input of 8 numbers; what they take is set here."""
    row = [node("x", "InputLayer", (8,))]
    for each in nodes:
        row.append(replace(each, inputs=(row[-1].name,)))
    return Graph("chain", tuple(row), ("x",), (row[-1].name,))


HIDDEN, DROP, LABEL = (
    dense("hidden", 32, "", 8),
    node("drop", "Dropout", (32,), rate=0.2),
    dense("label", 10, "", 32),
)
BEFORE = chain(HIDDEN, DROP, LABEL)
WIDE = dense("hidden", 64, "", 8)


def told(difference: NetworkDifference) -> dict[str, str]:
    """Whatever differs, in words, by the node's key."""
    return {
        key: " · ".join([each.kind, *map(change_text, each.changes)])
        for key, each in difference.nodes.items()
        if each.kind != "same"
    }


@pytest.mark.parametrize(
    ("after", "nodes", "edges"),
    [
        (BEFORE, {}, {}),
        (
            chain(HIDDEN, LABEL),
            {"− drop": "removed"},
            {("hidden", "label"): "added", ("hidden", "− drop"): "removed", ("− drop", "label"): "removed"},
        ),
        (
            chain(HIDDEN, DROP, node("norm", "BatchNormalization", (32,)), LABEL),
            {"norm": "added"},
            {("drop", "norm"): "added", ("norm", "label"): "added", ("drop", "label"): "removed"},
        ),
        (
            chain(WIDE, replace(DROP, shape=(64,)), dense("label", 10, "", 64)),
            {
                "hidden": "changed · units 32 → 64 · shape 32 → 64 · parameters 288 → 576",
                "drop": "reshaped · shape 32 → 64",
                "label": "reshaped · parameters 330 → 650",
            },
            {},
        ),
        (chain(HIDDEN, replace(DROP, name="noise"), LABEL), {"noise": "renamed"}, {}),
        (
            chain(HIDDEN, node("noise", "Dropout", (32,), rate=0.5), LABEL),
            {"noise": "changed · rate 0.2 → 0.5"},
            {},
        ),
        (
            chain(HIDDEN, node("drop", "GaussianNoise", (32,), stddev=0.1), LABEL),
            {"drop": "changed · layer Dropout → GaussianNoise · rate 0.2 → – · stddev – → 0.1"},
            {},
        ),
        (
            chain(HIDDEN, node("relu", "ReLU", (32,)), LABEL),
            {"relu": "added", "− drop": "removed"},
            {
                ("hidden", "relu"): "added",
                ("relu", "label"): "added",
                ("hidden", "− drop"): "removed",
                ("− drop", "label"): "removed",
            },
        ),
        (
            Graph("chain", (*BEFORE.nodes[:-1], replace(LABEL, inputs=("hidden",))), ("x",), ("label",)),
            {},
            {("hidden", "label"): "added", ("drop", "label"): "removed"},
        ),
        (chain(replace(HIDDEN, options={**HIDDEN.options, "use_bias": True}), DROP, LABEL), {}, {}),
    ],
)
def test_nodes_and_edges_are_told_apart(
    after: Graph, nodes: dict[str, str], edges: dict[object, str]
) -> None:
    difference = network_difference(BEFORE, after)
    assert told(difference) == nodes
    assert {edge: kind for edge, kind in difference.edges.items() if kind != "same"} == edges
    assert difference.is_empty == (not nodes and not edges)


def test_inputs_in_another_order_are_a_change_and_other_words_for_the_same_are_none() -> None:
    ends = (dense("a", 4, "x", 8), dense("b", 4, "x", 8))
    first = node("x", "InputLayer", (8,))

    def minus(*sources: str) -> Graph:
        return Graph("minus", (first, *ends, node("y", "Subtract", (4,), *sources)), ("x",), ("y",))

    assert told(network_difference(minus("a", "b"), minus("b", "a"))) == {
        "y": "changed · from [a, b] → [b, a]"
    }
    one = chain(conv("c", (6, 6, 4), "", 3), node("p", "MaxPooling2D", (3, 3, 4), pool_size=2))
    other = chain(conv("c", (6, 6, 4), "", 3, kernel_size=[3, 3]), node("p", "MaxPooling2D", (3, 3, 4)))
    assert network_difference(one, other).is_empty


def renamed(graph: Graph) -> Graph:
    """The same network with another name for each node and block."""

    def new(name: str) -> str:
        return f"other_{name}"

    def moved(each: Node) -> Node:
        return replace(
            each,
            name=new(each.name),
            inputs=tuple(map(new, each.inputs)),
            owner=None if each.owner is None else new(each.owner),
            groups=tuple(Group(new(group.address), group.block, group.is_model) for group in each.groups),
        )

    ends = tuple(map(new, graph.inputs)), tuple(map(new, graph.outputs))
    return Graph(graph.name, tuple(map(moved, graph.nodes)), *ends)


@pytest.mark.parametrize("name", GALLERY)
def test_a_network_does_not_differ_from_itself_and_under_other_names_all_is_renamed(name: str) -> None:
    graph = gallery(name)
    difference = network_difference(graph, graph)
    assert difference.is_empty and counts_text(difference) == "the networks are the same"
    other = network_difference(graph, renamed(graph))
    assert {key: each.kind for key, each in other.nodes.items() if each.kind != "renamed"} == {}
    assert set(other.edges.values()) <= {"same"}


PAIRS = [(one, other) for one, other in pairwise(GALLERY)]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_difference_holds_both_networks_whole(one: str, other: str) -> None:
    before, after = gallery(one), gallery(other)
    difference = network_difference(before, after)
    olds = [each.before.name for each in difference.nodes.values() if each.before is not None]
    news = [each.after.name for each in difference.nodes.values() if each.after is not None]
    assert Counter(olds) == Counter(each.name for each in before.nodes)
    assert news == [each.name for each in after.nodes]
    keys = {each.before.name: key for key, each in difference.nodes.items() if each.before is not None}
    of_after = {(source, each.name) for each in after.nodes for source in each.inputs}
    of_before = {(keys[source], keys[each.name]) for each in before.nodes for source in each.inputs}
    assert {edge for edge, kind in difference.edges.items() if kind != "removed"} == of_after
    assert {edge for edge, kind in difference.edges.items() if kind != "added"} == of_before


@pytest.mark.parametrize(("one", "other"), [*PAIRS, ("vgg16", "vgg16"), ("resnet50", "resnet50")])
def test_each_node_is_in_one_box_and_nothing_that_differs_in_a_box_of_the_unchanged(
    one: str, other: str
) -> None:
    difference = network_difference(gallery(one), gallery(other))
    for depth in (None, 0, 1, 9):
        drawn = drawn_difference(difference, depth)
        members = [each.key for unit in drawn.units.values() for each in unit.members]
        assert Counter(members) == Counter(difference.nodes.keys())
        for unit in drawn.units.values():
            assert unit.kind != "same" or {each.kind for each in unit.members} == {"same"}
        assert all(end in drawn.units for edge in drawn.edges for end in edge)
        if one != other:
            kinds = {*(unit.kind for unit in drawn.units.values()), *drawn.edges.values()}
            assert kinds != {"same"}


def with_a_wider_block() -> NetworkDifference:
    """The first residual block has lost its sum, the second a convolution; something stands behind them."""
    graph = resnet()
    nodes = [each for each in graph.nodes if each.name != "res.2.conv_b"]
    nodes = [
        replace(each, inputs=("res.2.conv_a", "res.1.sum")) if each.name == "res.2.sum" else each
        for each in nodes
    ]
    nodes = [
        replace(each, options={**each.options, "rate": 0.5}) if each.operation == "Dropout" else each
        for each in nodes
    ]
    return network_difference(graph, replace(graph, nodes=tuple(nodes)))


def test_what_does_not_differ_is_drawn_as_few_boxes() -> None:
    drawn = drawn_difference(with_a_wider_block())
    found = {unit.name: (unit.kind, len(unit.members)) for unit in drawn.units.values()}
    assert_golden(
        "difference_units.txt",
        "\n".join(f"{name}: {kind}, {size}" for name, (kind, size) in found.items()) + "\n",
    )


def in_each_block(count: int) -> NetworkDifference:
    """So many equal blocks of three nodes in a row, in each of which a convolution has another size."""

    def network(size: int) -> Graph:
        nodes = [node("x", "InputLayer", (8, 8, 4))]
        for number in range(1, count + 1):
            block, before = f"res.{number}", nodes[-1].name
            made = (
                conv(f"{block}.a", (8, 8, 4), before, 4, kernel_size=size, padding="same"),
                conv(f"{block}.b", (8, 8, 4), f"{block}.a", 4, padding="same"),
                node(f"{block}.sum", "Add", (8, 8, 4), f"{block}.b", before),
            )
            nodes += [replace(each, groups=(Group(block, "residual"),)) for each in made]
        return Graph("blocks", tuple(nodes), ("x",), (nodes[-1].name,))

    return network_difference(network(3), network(5))


@pytest.mark.parametrize(
    ("count", "depth", "is_closed"),
    [(1, None, False), (6, None, True), (6, "all", False), (6, 1, False), (40, None, True)],
)
def test_blocks_are_closed_where_a_page_would_not_hold_them(
    count: int, depth: Depth | None, is_closed: bool
) -> None:
    look = DifferenceLook(depth)
    difference = in_each_block(count)
    drawn = fitted_difference(difference, "a → b", look)
    assert {unit.block for unit in drawn.units.values()} == {None, *(["residual"] if is_closed else [])}
    caption = difference_dot(difference, drawn, "a → b", look).get("label")
    assert ("Blocks with changes are closed; nettool plot --depth all opens them." in caption) == is_closed


def test_the_texts_for_other_programs_are_as_they_were() -> None:
    difference = with_a_wider_block()
    drawn = drawn_difference(difference)
    assert_golden(
        "difference.dot", difference_dot(difference, drawn, "a.yaml → b.yaml", DifferenceLook()).to_string()
    )
    assert_golden("difference.mmd", difference_mermaid(difference, drawn, "a.yaml → b.yaml"))


def test_the_caption_counts_before_and_after() -> None:
    after = chain(WIDE, replace(DROP, shape=(64,)), node("norm", "ReLU", (64,)), dense("label", 10, "", 64))
    difference = network_difference(BEFORE, after)
    assert (
        counts_text(difference) == "nodes: 1 added, 1 changed, 2 with other sizes; edges: 2 added, 1 removed"
    )
    assert parameters_text(difference) == "parameters 618 → 1,226 (+608)"


def test_the_legend_names_the_signs_of_edges_too() -> None:
    difference = network_difference(BEFORE, chain(HIDDEN, node("relu", "ReLU", (32,)), DROP, LABEL))
    assert meanings_of(drawn_difference(difference)) == ["+ added", "− removed"]


def test_signs_stand_on_all_that_differs_so_that_colour_is_not_needed() -> None:
    difference = network_difference(BEFORE, chain(HIDDEN, LABEL))
    dot = difference_dot(difference, drawn_difference(difference), "a → b", DifferenceLook())
    labels = {each.get_name().strip('"'): each.get("label") for each in dot.get_nodes()}
    assert "− drop" in labels["− drop"]
    signs = {(each.get_source(), each.get_destination()): each.get("label") for each in dot.get_edges()}
    assert signs['"hidden"', '"label"'] == '" + "'
    assert [
        each.get("style")
        for each in dot.get_edges()
        if '"− drop"' in (each.get_source(), each.get_destination())
    ] == ['"dashed"'] * 2


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_text_stands_out_from_every_fill(look: object) -> None:
    # WCAG 2.2, success criteria 1.4.3 (4.5 : 1) and 1.4.11 (3 : 1)
    assert contrast(INK, look.fill) >= 7
    assert contrast(QUIET_INK, look.fill) >= 4.5
    assert contrast(look.edge, "#ffffff") >= 3
    if look is not LOOKS["same"]:
        assert contrast(look.edge, look.fill) >= 4.5


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("graph", [odd_names(), shared_tower(), inception()], ids=lambda graph: graph.name)
def test_any_names_can_be_drawn(graph: Graph) -> None:
    difference = network_difference(graph, replace(graph, nodes=graph.nodes[:-1]))
    dot = difference_dot(difference, drawn_difference(difference), 'a "b" <c>', DifferenceLook())
    assert pydot.graph_from_dot_data(dot.to_string())
    assert draw_dot(parsed(dot), "svg", "a", "b").startswith(b"<?xml")
