"""The page of a network in a real browser: what is drawn, opened, closed, chosen, moved, found and printed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from nettool.diagnostics.source import Source
from nettool.front_end import load, load_source
from nettool.graph.collapse import collapse_below
from nettool.graph.network import Graph
from nettool.record.checkpoints.weight_statistics import KeptWeights, variable_statistics
from nettool.views.diagram.drawn import Look
from nettool.views.graph_page.page import network_page
from nettool.views.inspect.node_tiles import node_tile
from nettool.views.page.sample_tiles import SampleTiles, Tile

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

CONFIGS = Path(__file__).parents[2] / "configs"
Open = Callable[..., "Page"]


def network(name: str) -> Graph:
    return load(CONFIGS / f"{name}.yaml")[0].graph


def written(text: str) -> Graph:
    return load_source(Source("spec.yaml", text), "spec")[0].graph


@pytest.fixture
def look_at(open_page: Open, tmp_path: Path) -> Callable[..., "Page"]:
    """Opens the page of a network."""

    def looked(
        graph: Graph,
        look: Look | None = None,
        kept: KeptWeights | None = None,
        samples: Sequence[SampleTiles] = (),
        **how: Any,
    ) -> "Page":
        path = tmp_path / "network.html"
        path.write_text(network_page(graph, look, kept, samples), encoding="utf-8")
        return open_page(path, **how)

    return looked


def things(page: "Page") -> dict[str, bool | None]:
    """All that is drawn, by address: whether it is open; None for what cannot be."""
    drawn: dict[str, bool | None] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('[data-id]')].map((each) =>"
        " [each.dataset.id, JSON.parse(each.getAttribute('aria-expanded'))]))"
    )
    return drawn


def chosen(page: "Page") -> dict[str, str]:
    """What the panel tells, by name."""
    names = page.locator("#panel dl.facts dt").all_inner_texts()
    return dict(zip(names, page.locator("#panel dl.facts dd").all_inner_texts(), strict=True))


def at(page: "Page", address: str) -> Any:
    return page.locator(f'[data-id="{address}"]')


@pytest.mark.parametrize("name", ["resnet50", "mobilenet_v2", "same_digit", "inception_aux"])
def test_every_node_is_drawn_and_so_is_every_depth(name: str, look_at: Callable[..., "Page"]) -> None:
    graph = network(name)
    page = look_at(graph)
    groups = {group.address for node in graph.nodes for group in node.groups}
    assert set(things(page)) == {node.name for node in graph.nodes} | groups
    page.click("#close-all")
    closed = things(page)
    boxes = {node.name for node in collapse_below(graph, 0).nodes}
    assert set(closed) == boxes
    assert {address for address, is_open in closed.items() if is_open is False} == boxes & groups


@pytest.mark.parametrize("depth", [0, 1, 2, 3])
def test_the_page_begins_with_as_many_levels_open_as_were_asked_for(
    depth: int, look_at: Callable[..., "Page"]
) -> None:
    graph = network("resnet50")
    found = things(look_at(graph, Look(depth=depth)))
    assert {name for name, is_open in found.items() if is_open is not True} == {
        node.name for node in collapse_below(graph, depth).nodes
    }


CIRCLE = """
inputs: {x: [4], y: [4]}
blocks:
  two:
    inputs: [i, j]
    nodes:
      a: {layer: Dense, from: i, units: 4}
      b: {layer: Dense, from: j, units: 4}
    outputs: [a, b]
nodes:
  first:  {block: two, from: [x, second.a]}
  second: {block: two, from: [y, first.a]}
outputs: [first.b, second.b]
"""
"""Two blocks that feed each other: closed, they go round in a circle."""


@pytest.mark.parametrize("left_right", [False, True])
@pytest.mark.parametrize(
    "graph",
    [network(name) for name in ("resnet50", "inception_aux", "same_digit", "multi_branch", "merges")],
    ids=lambda graph: graph.name,
)
def test_boxes_stand_apart_within_their_frames_and_edges_lead_onwards(
    graph: Graph, left_right: bool, look_at: Callable[..., "Page"]
) -> None:
    page = look_at(graph, Look(direction="left-right" if left_right else "top-down"))
    places = dict(page.evaluate("[...layout.places]"))
    ways = {node.name: (*(group.address for group in node.groups), node.name) for node in graph.nodes}
    ways |= {address: way[: place + 1] for way in ways.values() for place, address in enumerate(way)}
    overlapping = [
        (one, other)
        for one, other in combinations(ways, 2)
        if one not in ways[other] and other not in ways[one] and not _apart(places[one], places[other])
    ]
    assert overlapping == []
    for way in ways.values():
        for outer, inner in pairwise(["", *way]):
            assert _within(places[inner], places[outer])
    axis, size = ("x", "width") if left_right else ("y", "height")
    for node in graph.nodes:
        for source in node.inputs:
            above, below = places[source], places[node.name]
            assert above[axis] + above[size] <= below[axis]


def test_blocks_that_feed_each_other_can_be_closed(look_at: Callable[..., "Page"]) -> None:
    page = look_at(written(CIRCLE))
    assert things(page)["first.a"] is None
    page.click("#close-all")
    assert things(page) == {"x": None, "y": None, "first": False, "second": False}
    assert page.locator("path.edge").count() == 4


def _apart(one: dict[str, float], other: dict[str, float]) -> bool:
    return any(
        first[axis] + first[size] <= second[axis] + 0.01
        for axis, size in (("x", "width"), ("y", "height"))
        for first, second in ((one, other), (other, one))
    )


def _within(inner: dict[str, float], outer: dict[str, float]) -> bool:
    return all(
        outer[axis] - 0.01 <= inner[axis] and inner[axis] + inner[size] <= outer[axis] + outer[size] + 0.01
        for axis, size in (("x", "width"), ("y", "height"))
    )


def test_a_click_tells_all_about_a_node(look_at: Callable[..., "Page"]) -> None:
    page = look_at(network("resnet"))
    assert chosen(page)["parameters"] == "223,242"
    at(page, "conv_1").click()
    assert page.inner_text("#panel h2") == "conv_1"
    assert chosen(page) == {
        "output shape": "(30, 30, 32)",
        "fed by": "img",
        "feeds": "conv_2",
        "parameters": "896",
        "multiply-adds": "777,600",
        "memory of its output": "112 KB per sample",
    }
    options = page.locator("#panel section:has(h3:text-is('Options')) tr").all_inner_texts()
    assert [option.split() for option in options] == [
        ["filters", "32"],
        ["kernel_size", "3"],
        ["activation", "relu"],
    ]
    assert "looks at a small square of the image" in page.inner_text("#panel")
    assert page.locator("#panel .weight").all_inner_texts() == [
        "kernel (3, 3, 3, 32) 864 numbers",
        "bias (32,) 32 numbers",
    ]
    assert page.locator(".edge.near").count() == 2
    page.get_by_role("button", name="conv_2", exact=True).click()
    assert page.inner_text("#panel h2") == "conv_2"


def test_the_figures_of_a_runs_weights_stand_with_its_nodes(look_at: Callable[..., "Page"]) -> None:
    graph = network("resnet")
    kernel = np.linspace(-1, 3, 864).reshape(3, 3, 3, 32)
    figures = (variable_statistics("kernel", kernel), variable_statistics("bias", np.full(32, np.nan)))
    page = look_at(graph, kept=KeptWeights("best epoch (7)", {"conv_1": figures}))
    assert "those of the run's best epoch (7)" in page.inner_text("#panel")
    at(page, "conv_1").click()
    drawn = page.locator("#panel svg.histogram").first
    assert drawn.get_attribute("aria-label") == "kernel: from −1 to 3, mean 1, standard deviation 1.16"
    assert drawn.locator("rect").count() == 24
    assert drawn.locator("line").get_attribute("x1") == "60"


def sample(graph: Graph, name: str, answer: str) -> SampleTiles:
    """A sample for which every node gives numbers of its shape."""
    random = np.random.default_rng(0)
    tiles = {
        node.name: node_tile(node.name, node.operation, random.normal(size=node.shape or ()), (), 32)
        for node in graph.nodes
    }
    (output,) = graph.outputs
    bars = Tile("3 numbers.", bars=(0.7, -0.2, None), names=("<b>cat</b>", "dog", "cow"), answer=answer)
    return SampleTiles(name, "best", ("animal: <b>cat</b>",), tiles | {output: bars})


def test_nodes_show_what_they_give_for_the_chosen_sample(look_at: Callable[..., "Page"]) -> None:
    graph = network("resnet")
    some = (
        sample(graph, "sample 4 of the test set", "<b>cat</b> (70.0%)"),
        sample(graph, "a.png", "dog (90.0%)"),
    )
    page = look_at(graph, samples=some)
    assert page.locator(".box .tile").count() == len(graph.nodes)
    answer = page.locator(f'[data-id="{graph.outputs[0]}"] .answer')
    assert answer.inner_html() == "&lt;b&gt;cat&lt;/b&gt; (70.0%)"
    assert chosen(page)["animal (true)"] == "<b>cat</b>"
    assert "the run's best model" in page.inner_text("#panel")
    at(page, "conv_1").click()
    assert page.inner_text("#panel .about-tile h3") == "Output for sample 4 of the test set"
    assert page.locator("#panel .about-tile img").evaluate("each => each.naturalWidth") == 4 * 30 + 3
    assert "Channels 0 to 7 of 32, 30×30 each." in page.inner_text("#panel .about-tile")
    page.evaluate("id => choose(id)", graph.outputs[0])
    rows = page.locator("#panel .bars li").all_inner_texts()
    assert [row.split("\n") for row in rows] == [
        ["<b>cat</b>", "0.7"],
        ["dog", "−0.2"],
        ["cow", "not finite"],
    ]
    page.select_option("#sample", "1")
    assert answer.text_content() == "dog (90.0%)"
    page.select_option("#sample", label="no sample")
    assert page.locator(".tile").count() == page.locator(".about-tile").count() == 0


def test_a_closed_block_shows_what_its_last_node_gives(look_at: Callable[..., "Page"]) -> None:
    graph = network("resnet")
    page = look_at(graph, Look(depth=0), samples=(sample(graph, "sample 0", "cat"),))
    last = [node.name for node in graph.nodes if node.name.startswith("res.1.")][-1]
    shown = page.locator('[data-id="res.1"] .tile image').get_attribute("href")
    assert shown == page.evaluate("id => `data:image/png;base64,${network.samples[0].tiles[id].png}`", last)
    box, tile = at(page, "res.1").bounding_box(), at(page, "res.1").locator(".tile").bounding_box()
    assert box is not None and tile is not None
    assert box["x"] < tile["x"] and tile["x"] + tile["width"] < box["x"] + box["width"]
    assert box["y"] < tile["y"] and tile["y"] + tile["height"] < box["y"] + box["height"]


def test_blocks_close_and_open_by_the_mouse_and_stay_where_they_are(look_at: Callable[..., "Page"]) -> None:
    page = look_at(network("resnet"))
    page.locator('[data-toggles="res.1"]').click()
    assert things(page)["res.1"] is False
    assert "res.1.conv_a" not in things(page)
    at(page, "res.1").click()
    assert chosen(page)["nodes inside"] == "3"
    assert chosen(page)["parameters"] == "73,856"
    before = at(page, "res.1").bounding_box()
    at(page, "res.1").dblclick()
    after = at(page, "res.1").bounding_box()
    assert things(page)["res.1"] is True
    assert before is not None and after is not None
    assert after["y"] == pytest.approx(before["y"], abs=2)
    page.locator("#panel .wide-button").click()
    assert things(page)["res.1"] is False


def test_everything_can_be_reached_by_the_keyboard(look_at: Callable[..., "Page"]) -> None:
    page = look_at(network("resnet"))
    at(page, "img").focus()
    assert page.locator('[data-id][tabindex="0"]').count() == 1
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.id") == "pool"
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "pool"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.id") == "res.1"
    page.keyboard.press("Enter")
    assert (things(page)["res.1"], page.evaluate("document.activeElement.dataset.id")) == (False, "res.1")
    page.keyboard.press("Escape")
    assert page.inner_text("#panel h2") == "The whole network"
    at(page, "res.1").press("+")
    assert page.evaluate("view.scale") > 1


def test_the_drawing_can_be_moved_zoomed_fitted_and_turned(look_at: Callable[..., "Page"]) -> None:
    page = look_at(network("resnet50"))
    x, y, scale = page.evaluate("[view.x, view.y, view.scale]")
    page.mouse.move(200, 400)
    page.mouse.down()
    page.mouse.move(260, 430, steps=3)
    page.mouse.up()
    assert page.evaluate("[view.x, view.y]") == pytest.approx([x + 60, y + 30])
    assert page.inner_text("#panel h2") == "The whole network"
    under = page.evaluate("[(300 - view.x) / view.scale]")
    page.mouse.move(300, 400)
    page.mouse.wheel(0, -300)
    page.wait_for_function(f"view.scale > {scale}")
    assert page.evaluate("[(300 - view.x) / view.scale]") == pytest.approx(under)
    page.click("#fit")
    box = page.locator("#canvas").bounding_box()
    window = page.locator("#drawing").bounding_box()
    assert box is not None and window is not None
    assert window["y"] <= box["y"] and box["y"] + box["height"] <= window["y"] + window["height"]
    page.click("#turn")
    assert page.evaluate("layout.width > layout.height")


def test_a_node_can_be_found_within_closed_blocks(look_at: Callable[..., "Page"]) -> None:
    page = look_at(network("resnet50"), Look(depth=0))
    page.fill("#find", "stage_4.rest.3.path.look.conv")
    page.press("#find", "Enter")
    assert page.inner_text("#panel h2") == "stage_4.rest.3.path.look.conv"
    assert at(page, "stage_4.rest.3.path.look.conv").bounding_box() is not None
    assert page.inner_text("#found") == "1 of 1"
    page.fill("#find", "nowhere")
    page.press("#find", "Enter")
    assert page.get_attribute("#find", "aria-invalid") == "true"
    assert page.inner_text("#found") == "none"
    assert page.is_disabled("#next") and page.is_disabled("#previous")


def test_all_that_is_found_is_gone_through_forwards_and_backwards(look_at: Callable[..., "Page"]) -> None:
    graph = network("resnet50")
    page = look_at(graph, Look(depth=0))
    every = [node.name for node in graph.nodes if node.operation == "BatchNormalization"]
    page.locator("#find").press_sequentially("batchnorm")
    assert page.inner_text("#found") == f"{len(every)} found"
    assert page.locator(".closed.found").count() == 4
    gone = []
    for press in ("Enter", "Enter", "Shift+Enter", "Shift+Enter"):
        page.press("#find", press)
        gone.append((page.inner_text("#panel h2"), page.inner_text("#found")))
    last = len(every)
    assert gone == [
        (every[0], f"1 of {last}"),
        (every[1], f"2 of {last}"),
        (every[0], f"1 of {last}"),
        (every[-1], f"{last} of {last}"),
    ]
    page.click("#next")
    assert page.inner_text("#panel h2") == every[0]
    page.click("#previous")
    assert page.inner_text("#panel h2") == every[-1]
    page.press("#find", "Escape")
    assert (page.input_value("#find"), page.inner_text("#found")) == ("", "")
    assert page.locator(".found").count() == 0


def test_light_and_dark_follow_the_reader_until_the_button_is_pressed(look_at: Callable[..., "Page"]) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    page = look_at(network("resnet"), scheme="dark")
    assert page.evaluate(paper) == "rgb(20, 24, 31)"
    page.click("#theme")
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    page.click("#theme")
    assert page.evaluate(paper) == "rgb(20, 24, 31)"
    page.emulate_media(media="print")
    assert page.evaluate(paper) == "rgb(255, 255, 255)"


def test_on_paper_there_is_the_whole_drawing_and_nothing_to_press(look_at: Callable[..., "Page"]) -> None:
    page = look_at(network("resnet"))
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not page.is_visible("#panel") and not page.is_visible(".tools")
    assert page.evaluate("document.querySelector('#drawing svg').getAttribute('viewBox')").startswith(
        "-10 -10 "
    )
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.querySelector('#drawing svg').getAttribute('viewBox')") is None


def test_names_are_text_whatever_is_in_them(look_at: Callable[..., "Page"]) -> None:
    graph = network("digits_mlp")
    first, second, *rest = graph.nodes
    odd = "</script><b>bold</b> & 'quoted' \"name\" <!--"
    nodes = (first, replace(second, name=odd), replace(rest[0], inputs=(odd,)), *rest[1:])
    page = look_at(replace(graph, name="<i>net</i>", nodes=nodes))
    assert page.inner_text("h1") == page.title() == "<i>net</i>"
    assert set(things(page)) == {node.name for node in nodes}
    page.evaluate("name => choose(name)", odd)
    assert page.inner_text("#panel h2") == odd
