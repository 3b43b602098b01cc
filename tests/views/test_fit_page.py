"""How far open a network is drawn so that it can be read on a page or a slide, and what its picture says."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from example_networks import inception, resnet, shared_tower

from nettool.front_end import load
from nettool.graph.network import Graph
from nettool.graph.plan import Plan
from nettool.views.diagram.draw_diagram import draw_diagram
from nettool.views.diagram.draw_dot import fonts_for_graphviz
from nettool.views.diagram.drawn import Look
from nettool.views.diagram.fit_page import Fitted, fitted
from nettool.views.diagram.frame_titles import crossings, curve_points, frames, numbers
from nettool.views.diagram.mermaid import mermaid
from nettool.views.diagram.page_size import A4, SLIDES
from nettool.views.graph_page.facts import page_facts

CONFIGS = Path(__file__).parents[2] / "configs"
DEEP = """
name: deep
blocks:
  res:
    inputs: [x]
    nodes:
      a: {layer: Dense, units: 4, from: x}
      b: {layer: Dense, units: 4, from: a}
    merges:
      sum: {merge: Add, from: [b, x]}
    outputs: [sum]
inputs: {x: [4]}
nodes:
  chain: {block: res, repeat: 300}
outputs: [chain]
"""


def plan_of(name: str) -> Plan:
    return load(CONFIGS / f"{name}.yaml")[0]


def fit(graph: Graph, look: Look | None = None) -> Fitted:
    with fonts_for_graphviz():
        return fitted(graph, look or Look(), graph.name)


def letters(found: Fitted) -> float:
    assert found.laid_out is not None
    return A4.letters(found.laid_out.width, found.laid_out.height)


@pytest.mark.parametrize("spec", sorted(CONFIGS.glob("*.yaml")), ids=lambda spec: spec.stem)
def test_every_network_of_the_gallery_can_be_read_on_one_page(spec: Path) -> None:
    found = fit(load(spec)[0].graph)
    assert letters(found) >= 6
    shown, whole = len(found.subject.graph.nodes), len(found.subject.whole.nodes)
    assert bool(found.notes) == (shown < whole)


def test_a_deep_network_is_drawn_with_its_repeats_once(tmp_path: Path) -> None:
    (tmp_path / "deep.yaml").write_text(DEEP)
    found = fit(load(tmp_path / "deep.yaml")[0].graph)
    assert [node.name for node in found.subject.graph.nodes] == ["x", "chain.1.a", "chain.1.b", "chain.1.sum"]
    assert found.notes == ("3 of 900 nodes; nettool plot --depth all draws all of them.",)
    assert letters(found) >= 6


def test_what_is_asked_for_stays() -> None:
    graph = plan_of("resnet50").graph
    assert fit(graph, Look(depth=1)).subject.boxes.keys() >= {"stage_2.first", "stage_5.shortcut"}
    assert len(fit(graph, Look(depth="all")).subject.graph.nodes) == len(graph.nodes)
    assert len(fit(resnet(), Look(repeats_once=False)).subject.graph.nodes) == len(resnet().nodes)
    assert {fit(resnet(), Look(direction=way)).direction for way in ("top-down", "left-right")} == {
        "top-down",
        "left-right",
    }


@pytest.mark.parametrize(("slide", "size"), [("16:9", ("960", "540")), ("4:3", ("960", "720"))])
def test_a_slide_has_its_shape_and_rows_that_lead_on(slide: str, size: tuple[str, str]) -> None:
    plan = plan_of("residual")
    look = Look(slide="16:9" if slide == "16:9" else "4:3")
    svg = draw_diagram(plan.graph, "svg", look=look, losses=plan.losses).decode()
    found = re.search(r'width="(\d+)pt" height="(\d+)pt"', svg)
    assert found is not None and found.groups() == size
    root = ElementTree.fromstring(svg)
    groups = [group for group in root.iter("{http://www.w3.org/2000/svg}g") if group.get("class") == "node"]
    titles = {group.findtext("{http://www.w3.org/2000/svg}title") for group in groups}
    assert titles == {node.name for node in plan.graph.nodes} | {"loss:0:label"}


def test_rows_are_read_on_a_slide() -> None:
    found = fit(plan_of("residual").graph, Look(slide="16:9"))
    assert found.laid_out is not None and found.direction == "left-right"
    assert SLIDES["16:9"].holds(found.laid_out.width, found.laid_out.height)


@pytest.mark.parametrize("name", ["ensemble", "same_digit", "residual", "inception_aux"])
def test_no_arrow_crosses_the_title_of_a_frame(name: str) -> None:
    laid_out = fit(plan_of(name).graph).laid_out
    assert laid_out is not None
    drawing = laid_out.drawing
    curves = [list(curve_points(edge.attr["pos"])) for edge in drawing.edges() if edge.attr["pos"]]
    for frame in frames(drawing):
        x, y = numbers(frame.graph_attr["lp"])
        width, height = (72 * float(frame.graph_attr[size]) for size in ("lwidth", "lheight"))
        for low, high in crossings(curves, y - height / 2, y + height / 2):
            assert high < x - width / 2 or low > x + width / 2, frame.name


def test_a_title_stays_in_its_frame() -> None:
    lesson = Path(__file__).parents[2] / "nettool" / "lessons" / "05_shared" / "siamese.yaml"
    for plan in (load(lesson)[0], plan_of("same_digit"), plan_of("ensemble")):
        laid_out = fit(plan.graph).laid_out
        assert laid_out is not None
        for frame in frames(laid_out.drawing):
            left, _, right, _ = numbers(frame.graph_attr["bb"])
            middle, half = numbers(frame.graph_attr["lp"])[0], 36 * float(frame.graph_attr["lwidth"])
            assert left <= middle - half and middle + half <= right, f"{plan.graph.name}: {frame.name}"


def test_losses_are_drawn_where_the_error_is_measured() -> None:
    plan = plan_of("two_networks")
    svg = draw_diagram(plan.graph, "svg", losses=plan.losses).decode()
    text = " ".join(re.findall(r"<text[^>]*>(.*?)</text>", svg))
    assert "loss gap MeanSquaredError between seen and weighed weight 0.1" in text
    assert "loss BinaryCrossentropy" in text
    assert "loss: where the error is measured" in text
    flowchart = mermaid(plan.graph, losses=plan.losses)
    assert '["loss<br><b>gap</b><br>MeanSquaredError<br>between seen and weighed<br>weight 0.1"]' in flowchart
    assert '["loss<br>BinaryCrossentropy"]' in flowchart


def test_frozen_layers_are_white_and_say_so() -> None:
    plan = plan_of("frozen_backbone")
    found = fit(plan.graph)
    assert found.subject.frozen == {"backbone"}
    svg = draw_diagram(plan.graph, "svg").decode()
    assert "❄ frozen" in svg and "❄ frozen (white): training does not change the weights" in svg
    assert fit(shared_tower()).subject.frozen == frozenset()
    assert "❄ frozen" in mermaid(plan.graph)


def test_the_caption_says_what_is_closed() -> None:
    svg = draw_diagram(plan_of("mobilenet_v2").graph, "svg").decode()
    assert "Blocks are closed so that the picture fits a page." in svg
    assert "16 of 155 nodes; nettool plot &#45;&#45;depth all draws all of them." in svg
    assert "×&#160;N" in svg or "× N" in svg
    assert "nodes;" not in draw_diagram(inception(), "svg", look=Look(depth="all")).decode()


def test_the_page_says_where_the_error_is_measured_and_what_is_frozen() -> None:
    plan = plan_of("two_networks")
    nodes = page_facts(plan.graph, Look(), None, plan.losses)["nodes"]
    assert isinstance(nodes, list)
    roles = {node["id"]: node["roles"] for node in nodes}
    assert roles["gap"] == ["loss MeanSquaredError", "between seen and weighed", "weight 0.1"]
    assert roles["same"] == ["output", "loss BinaryCrossentropy"]
    frozen = page_facts(plan_of("frozen_backbone").graph, Look(), None)["nodes"]
    assert isinstance(frozen, list)
    assert [node["id"] for node in frozen if "❄ frozen" in node["roles"]] == ["backbone"]
