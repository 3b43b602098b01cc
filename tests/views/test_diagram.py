import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pydot
import pytest
from example_networks import inception, long_chain, multi_input, odd_names, resnet, shared_tower

from nettool.graph.collapse import collapse_below
from nettool.graph.network import Graph
from nettool.layers.catalogue import catalogue, family_of, merge_names
from nettool.views.diagram.diagram_text import merge_sign
from nettool.views.diagram.draw_diagram import draw_diagram
from nettool.views.diagram.draw_dot import PictureForm
from nettool.views.diagram.drawn import Content, Look
from nettool.views.diagram.drawn import drawn as content_of
from nettool.views.diagram.network_diagram import diagram_dot, edge_weights
from nettool.views.style import FAMILIES, INK, QUIET_INK

NETWORKS = (resnet, multi_input, inception, shared_tower, long_chain, odd_names)
SVG = "{http://www.w3.org/2000/svg}"
ALL = Look(depth="all")
each_network = pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.__name__)


def drawn(graph: Graph) -> dict[str, dict[str, str]]:
    """The nodes, edges and clusters of the SVG: all text of each, by its title, by its class."""
    root = ElementTree.fromstring(draw_diagram(graph, "svg", look=ALL))
    things: dict[str, dict[str, str]] = {"node": {}, "edge": {}, "cluster": {}, "graph": {}}
    for group in root.iter(f"{SVG}g"):
        if group.get("class") in things:
            texts = [text.text or "" for text in group.iter(f"{SVG}text")]
            things[group.get("class")][group.findtext(f"{SVG}title")] = "\n".join(texts)
    return things


@each_network
def test_every_node_is_drawn_once_with_its_local_name_and_shape(network: Callable[[], Graph]) -> None:
    graph = network()
    nodes = drawn(graph)["node"]
    assert set(nodes) == {node.name for node in graph.nodes}
    for node in graph.nodes:
        local = node.name.removeprefix(node.groups[-1].address + "." if node.groups else "")
        assert local in nodes[node.name].splitlines()


@each_network
def test_there_is_one_edge_per_input_and_one_line_per_shared_layer(network: Callable[[], Graph]) -> None:
    graph = network()
    edges = Counter(f"{source}->{node.name}" for node in graph.nodes for source in node.inputs)
    edges += Counter(f"{node.owner}->{node.name}" for node in graph.nodes if node.owner)
    titles = re.findall(
        r'class="edge">\s*<title>(.*?)</title>', draw_diagram(graph, "svg", look=ALL).decode()
    )
    plain = [ElementTree.fromstring(f"<t>{title}</t>").text for title in titles]
    assert Counter(plain) == edges


def test_blocks_are_frames_that_say_their_address_and_their_block() -> None:
    clusters = drawn(inception())["cluster"]
    assert {title: " ".join(text.split()) for title, text in clusters.items()} == {
        "cluster_mix_1": "mix_1 · stage",
        "cluster_mix_1.module": "mix_1.module · inception",
        "cluster_mix_2": "mix_2 · stage",
        "cluster_mix_2.module": "mix_2.module · inception",
    }


def test_frames_hold_the_nodes_of_their_block_and_frames_within_it() -> None:
    (outer, _) = diagram_dot(content_of(inception(), Content()), "top-down", Look(), "").get_subgraphs()
    (inner,) = outer.get_subgraphs()
    assert [node.get_name() for node in outer.get_nodes()] == ['"mix_1.shrink"']
    assert {node.get_name() for node in inner.get_nodes()} >= {'"mix_1.module.one"', '"mix_1.module.join"'}


def test_nodes_say_what_they_are_and_what_part_they_play() -> None:
    nodes = {**drawn(resnet())["node"], **drawn(shared_tower())["node"]}
    told = {name: nodes[name].splitlines() for name in ("img", "conv_1", "res.1.sum", "label", "embed_again")}
    assert told == {
        "img": ["input", "img", "(32, 32, 3)"],
        "conv_1": ["conv_1", "Conv2D 3×3, 32, relu", "(30, 30, 32)"],
        "res.1.sum": ["+", "sum", "(9, 9, 64)"],
        "label": ["label", "Dense 10, softmax", "(10,)", "output"],
        "embed_again": ["embed_again", "Embedding 1000 ids, 128", "(?, 128)", "shared with embed"],
    }


def test_the_caption_gives_title_parameters_and_families() -> None:
    (text,) = drawn(resnet())["graph"].values()
    caption = text.split("input")[0].split("\n")
    assert [line.strip() for line in caption if line.strip()][:2] == ["toy_resnet", "223,242 parameters"]
    words = " ".join(text.split())
    assert "■ convolution ■ pooling ■ dense ■ regularization" in words


@pytest.mark.parametrize(("depth", "boxes"), [(0, 6), (1, 8), (2, 22), (9, 22)])
def test_blocks_further_in_than_the_depth_are_single_boxes(depth: int, boxes: int) -> None:
    graph = inception()
    svg = draw_diagram(graph, "svg", look=Look(depth=depth, repeats_once=False)).decode()
    assert svg.count('class="node"') == boxes == len(collapse_below(graph, depth).nodes)
    assert ("stage, 9 nodes" in svg) == (depth == 0)


def test_a_legend_explains_the_signs_that_are_there() -> None:
    assert b"closed block or model" in draw_diagram(inception(), "svg", look=Look(depth=0))
    assert b"closed block or model" not in draw_diagram(inception(), "svg", look=ALL)
    assert b"the same weights again" in draw_diagram(shared_tower(), "svg")
    assert "‖ Concatenate".encode() in draw_diagram(inception(), "svg", look=ALL)
    assert b"+ Add" in draw_diagram(resnet(), "svg")
    assert b"+ Add" not in draw_diagram(shared_tower(), "svg")
    assert b"the same weights" not in draw_diagram(shared_tower(), "svg", look=Look(legend=False))


def test_a_title_takes_the_place_of_the_name() -> None:
    assert b">a title</text>" in draw_diagram(resnet(), "svg", title="a title")


def test_an_svg_can_be_read_aloud_and_falls_back_on_common_fonts() -> None:
    svg = draw_diagram(resnet(), "svg").decode()
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "toy_resnet"
    description = "A network of 14 nodes from img to label, with 223,242 parameters."
    assert root.findtext(f"{SVG}desc") == description
    assert set(re.findall(r'font-family="(.*?)"', svg)) == {"DejaVu Sans, Verdana, sans-serif"}


@pytest.mark.parametrize(("form", "start"), [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<?xml")])
def test_a_drawing_comes_in_every_form(form: PictureForm, start: bytes) -> None:
    assert draw_diagram(multi_input(), form).startswith(start)


def test_dot_text_can_be_read_again() -> None:
    (again,) = pydot.graph_from_dot_data(draw_diagram(multi_input(), "dot").decode())
    assert len(again.get_edges()) == 5


def test_drawing_twice_gives_the_same_bytes() -> None:
    assert draw_diagram(inception(), "svg") == draw_diagram(inception(), "svg")


def test_drawing_says_nothing_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    draw_diagram(resnet(), "svg")
    assert capfd.readouterr() == ("", "")


LETTERS_ON_A_BARE_MACHINE = """
from dataclasses import replace
from example_networks import multi_input
from nettool.views.diagram import draw_dot as fonts
from nettool.views.diagram.draw_diagram import draw_diagram
from nettool.layers.catalogue import catalogue, family_of, merge_names

fonts._SYSTEM_FONTS = ()
print(draw_diagram(multi_input(), "png", title="IIII") != draw_diagram(multi_input(), "png", title="llll"))
"""


def test_letters_are_drawn_on_a_machine_without_fonts(tmp_path: Path) -> None:
    # Without a font every letter is the same empty box, so that two titles of one length look the same.
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    environment = {**os.environ, **home, "PYTHONPATH": str(Path(__file__).parent)}
    for name in ("FONTCONFIG_FILE", "FONTCONFIG_PATH"):
        environment.pop(name, None)
    command = [sys.executable, "-c", LETTERS_ON_A_BARE_MACHINE]
    answer = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (answer.stdout, answer.stderr) == ("True\n", "")


def test_a_shortcut_bends_branches_spread_and_chains_stay_straight() -> None:
    weights = edge_weights(resnet())
    shortcuts = {edge for edge, weight in weights.items() if weight == 1}
    assert shortcuts == {("pool", "res.1.sum"), ("res.1.sum", "res.2.sum")}
    assert weights["res.1.conv_a", "res.1.conv_b"] == weights["pool", "res.1.conv_a"] == 10
    assert (
        len({weight for (_, target), weight in edge_weights(multi_input()).items() if target == "both"}) == 1
    )
    joins = [weight for (_, to), weight in edge_weights(inception()).items() if to == "mix_1.module.join"]
    assert joins == [3, 3, 3, 3]


@pytest.mark.parametrize("family", FAMILIES)
def test_text_stands_out_from_every_fill(family: str) -> None:
    # WCAG 2.2, success criteria 1.4.6 (7 : 1) and 1.4.3 (4.5 : 1)
    fill = FAMILIES[family].fill
    assert contrast(INK, fill) >= 7
    assert contrast(QUIET_INK, fill) >= 4.5


@pytest.mark.parametrize("family", FAMILIES)
def test_an_edge_stands_out_from_the_paper(family: str) -> None:
    # WCAG 2.2, success criterion 1.4.11
    assert contrast(FAMILIES[family].edge, "#ffffff") >= 3


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2.2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_family_of_the_catalogue_has_its_colours() -> None:
    assert {family_of(name) for name in catalogue()} <= set(FAMILIES)


def test_every_merge_layer_has_a_sign() -> None:
    assert [name for name in catalogue() if merge_sign(name) is not None] == sorted(merge_names())


@pytest.mark.parametrize(
    ("operation", "family"), [("InputLayer", "input"), ("Conv2D", "convolution"), ("MyOwnLayer", "other")]
)
def test_a_layer_is_found_in_its_family(operation: str, family: str) -> None:
    assert family_of(operation) == family
