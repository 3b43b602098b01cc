"""The picture of feature maps: what is on it, the rule of its sizes, and that nothing lies on anything else."""

from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from example_networks import conv, dense, inception, multi_input, node, odd_names, resnet, shared_tower
from golden_files import assert_golden
from hypothesis import given, settings
from hypothesis import strategies as st

from nettool.front_end import load
from nettool.graph.collapse import collapse_below, members
from nettool.graph.network import Graph
from nettool.views.volumes.box_size import box_size, points_per_root
from nettool.views.volumes.draw_volumes import draw_volumes
from nettool.views.volumes.drawing import Bounds, Circle, Drawing, Face, Line, Text, Thing
from nettool.views.volumes.text_size import broken
from nettool.views.volumes.volume import Volume, volumes_of
from nettool.views.volumes.volume_diagram import (
    MOST_VOLUMES,
    SMALLEST_LETTERS,
    TooManyVolumes,
    letters_on_slide,
    volume_drawing,
)

CONFIGS = Path(__file__).parents[2] / "configs"
GALLERY = sorted(path.stem for path in CONFIGS.glob("*.yaml"))
MOST_COMPARED = 60
"""Boxes: each is compared with each, and the random networks below are no easier."""
SVG = "{http://www.w3.org/2000/svg}"


@cache
def gallery(name: str) -> Graph:
    return load(CONFIGS / f"{name}.yaml")[0].graph


def levels(graph: Graph) -> range:
    return range(1 + max(len(node.groups) for node in graph.nodes))


def seen(graph: Graph, depth: int) -> tuple[Volume, ...]:
    shown = collapse_below(graph, depth)
    inside = members(graph, shown)
    return volumes_of(
        shown, {name: len(nodes) for name, nodes in inside.items() if name not in graph.by_name}
    )


def bounds(points: tuple[tuple[float, float], ...]) -> Bounds:
    xs, ys = zip(*points, strict=True)
    return Bounds(min(xs), min(ys), max(xs), max(ys))


def boxes(drawing: Drawing) -> dict[str, Bounds]:
    """The room of each volume's faces together."""
    found = {}
    for thing in drawing.things:
        corners = tuple(point for mark in thing.marks if isinstance(mark, Face) for point in mark.points)
        if thing.kind == "node":
            found[thing.words] = bounds(corners)
    return found


def texts(thing: Thing) -> list[Text]:
    """Those that do not stand on the circle of a merge."""
    on_circle = any(isinstance(mark, Circle) for mark in thing.marks)
    found = [mark for mark in thing.marks if isinstance(mark, Text)]
    circles = [mark for mark in thing.marks if isinstance(mark, Circle)]
    return [text for text in found if not (on_circle and text.place[0] == circles[0].centre[0] and text.bold)]


def segments(drawing: Drawing) -> list[tuple[str, Bounds]]:
    """Each straight part of an edge, with the words of its edge."""
    return [
        (thing.words, bounds(pair))
        for thing in drawing.things
        for mark in thing.marks
        if isinstance(mark, Line)
        for pair in zip(mark.points, mark.points[1:], strict=False)
    ]


def grown(room: Bounds, by: float) -> Bounds:
    return Bounds(room.left - by, room.top - by, room.right + by, room.bottom + by)


def assert_nothing_overlaps(drawing: Drawing) -> None:
    rooms = [*((words, room) for words, room in boxes(drawing).items())]
    rooms += [(text.text, text.bounds) for thing in drawing.things for text in texts(thing)]
    page = Bounds(0, 0, drawing.width, drawing.height)
    for (one, first), (other, second) in combinations(rooms, 2):
        assert not grown(first, -0.5).overlaps(grown(second, -0.5)), f"{one} lies on {other}"
    for words, room in rooms:
        assert page.left <= room.left and room.right <= page.right, words
        assert page.top <= room.top and room.bottom <= page.bottom, words
        for edge, segment in segments(drawing):
            # A line has no width; a way over boxes begins on the lid of its box.
            assert not grown(room, -1.5).overlaps(grown(segment, 0.1)), f"{edge} runs through {words}"


def assert_edges_are_told_apart(drawing: Drawing) -> None:
    """Lines that run along each other have the same source or the same target."""
    for (one, first), (other, second) in combinations(segments(drawing), 2):
        ends = set(one.split(" → ")).intersection(other.split(" → "))
        along = (first.left == first.right == second.left == second.right) or (
            first.top == first.bottom == second.top == second.bottom
        )
        if along and not ends and one and other:
            length = min(first.right, second.right) - max(first.left, second.left)
            height = min(first.bottom, second.bottom) - max(first.top, second.top)
            assert max(length, height) <= 0.1, f"{one} lies on {other}"


def assert_edges_are_whole(drawing: Drawing, volumes: tuple[Volume, ...]) -> None:
    drawn = Counter(thing.words for thing in drawing.things if thing.kind == "edge" and thing.words)
    assert drawn == Counter(f"{source} → {each.name}" for each in volumes for source in each.inputs)


@pytest.mark.parametrize("name", GALLERY)
def test_nothing_of_the_gallery_lies_on_anything_else_at_any_depth(name: str) -> None:
    graph = gallery(name)
    for depth in levels(graph):
        drawing = volume_drawing(graph, graph.name, depth)
        if len(boxes(drawing)) > MOST_COMPARED:
            break
        assert_nothing_overlaps(drawing)
        assert_edges_are_told_apart(drawing)
        assert_edges_are_whole(drawing, seen(graph, depth))


@pytest.mark.parametrize("name", GALLERY)
def test_the_gallery_can_be_read_on_a_slide(name: str) -> None:
    assert letters_on_slide(volume_drawing(gallery(name), name)) >= SMALLEST_LETTERS


@st.composite
def networks(draw: st.DrawFn) -> Graph:
    """Any graph: branches that part, cross, join again, end, or come in late."""
    size = draw(st.integers(1, 14))
    nodes = [node("n0", "InputLayer", (8, 8, 3))]
    for number in range(1, size + 1):
        known = [each.name for each in nodes]
        sources = draw(st.lists(st.sampled_from(known), min_size=0, max_size=3, unique=True))
        shape = draw(st.sampled_from([(8, 8, 3), (4, 4, 16), (32,), (None, 8), None]))
        name = f"n{number}"
        if not sources:
            nodes.append(node(name, "InputLayer", shape))
        elif len(sources) > 1:
            nodes.append(node(name, draw(st.sampled_from(["Add", "Maximum", "Mystery"])), shape, *sources))
        else:
            operation = draw(st.sampled_from(["Conv2D", "Dense", "ReLU", "BatchNormalization", "Flatten"]))
            nodes.append(node(name, operation, shape, *sources))
    used = {source for each in nodes for source in each.inputs}
    ends = tuple(each.name for each in nodes if each.name not in used)
    inputs = tuple(each.name for each in nodes if each.operation == "InputLayer")
    return Graph("any", tuple(nodes), inputs, ends)


@settings(max_examples=60, deadline=None)
@given(networks())
def test_nothing_of_any_network_lies_on_anything_else(graph: Graph) -> None:
    drawing = volume_drawing(graph, graph.name)
    assert_nothing_overlaps(drawing)
    assert_edges_are_told_apart(drawing)
    assert_edges_are_whole(drawing, seen(graph, 0))


@pytest.mark.parametrize("name", ["lenet", "vgg16", "residual", "inception", "multi_input", "tickets"])
def test_boxes_say_how_they_are_made(name: str) -> None:
    graph = gallery(name)
    drawing = volume_drawing(graph, graph.name)
    things = [thing.words for thing in drawing.things if thing.kind == "node"]
    edges = [thing.words for thing in drawing.things if thing.kind == "edge" and thing.words]
    assert_golden(f"volumes_{name}.txt", "\n".join([*things, "", *edges]) + "\n")


def test_layers_that_keep_the_shape_are_steps_and_equal_boxes_in_a_row_are_one() -> None:
    nodes = (
        node("image", "InputLayer", (8, 8, 3)),
        node("scale", "Rescaling", (8, 8, 3), "image"),
        conv("a", (8, 8, 4), "scale", 3, padding="same"),
        node("norm", "BatchNormalization", (8, 8, 4), "a"),
        conv("b", (8, 8, 4), "norm", 4, padding="same"),
        node("norm_b", "BatchNormalization", (8, 8, 4), "b"),
        node("join", "Add", (8, 8, 4), "norm_b", "a"),
        node("flat", "Flatten", (256,), "join"),
        dense("c_1", 16, "flat", 256),
        dense("c_2", 16, "c_1", 16),
        dense("out", 16, "c_2", 16),
    )
    graph = Graph("steps", nodes, ("image",), ("out",))
    found = {each.name: each for each in seen(graph, 0)}
    assert {name: each.steps for name, each in found.items()} == {
        "image": (),
        "a": ("Rescaling", "Conv2D 3×3, relu"),
        "norm_b": ("BatchNormalization", "Conv2D 3×3, relu", "BatchNormalization"),
        "join": (),
        "flat": ("Flatten",),
        "out": ("Dense relu",),
    }
    assert (found["out"].count, found["out"].label, found["out"].is_output) == (3, "c_1…out", True)
    assert found["join"].inputs == ("norm_b", "a")


def test_a_box_has_the_name_of_the_node_whose_value_it_is() -> None:
    nodes = (
        node("x", "InputLayer", (8,)),
        dense("a", 8, "x", 8),
        node("sum", "Add", (8,), "a", "x"),
        node("out", "ReLU", (8,), "sum"),
        node("drop", "Dropout", (8,), "out", rate=0.5),
        dense("b", 8, "drop", 8, "linear"),
        node("norm", "BatchNormalization", (8,), "b"),
        dense("label", 2, "norm", 8),
    )
    found = seen(Graph("named", nodes, ("x",), ("label",)), 0)
    assert [(each.name, each.label, each.inputs) for each in found] == [
        ("x", "x", ()),
        ("a", "a", ("x",)),
        ("out", "out", ("a", "x")),
        ("norm", "norm", ("out",)),
        ("label", "label", ("norm",)),
    ]


def test_a_closed_block_keeps_its_name_before_an_activation() -> None:
    names = [each.label for each in seen(gallery("resnet20"), 0) if each.closed]
    assert names[0] == "stem"


def test_an_output_within_a_chain_keeps_a_box_of_its_own() -> None:
    nodes = (
        node("x", "InputLayer", (4,)),
        dense("logits", 4, "x", 4, "linear"),
        node("likely", "Softmax", (4,), "logits"),
    )
    both = seen(Graph("ends", nodes, ("x",), ("logits", "likely")), 0)
    assert [each.label for each in both if each.is_output] == ["logits", "likely"]
    (_, one) = seen(Graph("ends", nodes, ("x",), ("likely",)), 0)
    assert (one.label, one.steps, one.is_output) == ("likely", ("Dense", "Softmax"), True)


def test_sizes_follow_the_rule_that_the_legend_says() -> None:
    scale = points_per_root([(224, 224, 3), (7, 7, 512)])
    large, small = box_size((196, 196, 3), scale), box_size((49, 49, 3), scale)
    assert large.height / small.height == pytest.approx(2)
    assert large.slant / small.slant == pytest.approx(2)
    thick = [box_size((7, 7, 2**power - 1), scale).width for power in (2, 3, 4)]
    assert thick[2] - thick[1] == pytest.approx(thick[1] - thick[0])
    bars = [box_size((2**power - 1,), scale).height for power in (2, 3, 4)]
    assert bars[2] - bars[1] == pytest.approx(bars[1] - bars[0])
    assert box_size((None, 8), scale).is_sure is False
    assert box_size((16, 28, 14, 8), scale) == box_size((28, 14, 8), scale)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Conv2D 3×3, relu", ("Conv2D 3×3,", "relu")),
        ("MaxPooling2D 2×2, Dropout 0.25", ("MaxPooling2D", "2×2,", "Dropout 0.25")),
        ("GlobalAveragePooling2D", ("GlobalAverage", "Pooling2D")),
        ("stage, 32 nodes", ("stage,", "32 nodes")),
        ("BatchNormalization, relu", ("Batch", "Normalization,", "relu")),
        ("a" * 40, (f"{'a' * 18}…{'a' * 9}",)),
    ],
)
def test_steps_are_broken_where_one_would_breathe(text: str, lines: tuple[str, ...]) -> None:
    assert broken(text) == lines


def test_too_many_boxes_are_refused_before_they_are_laid_out() -> None:
    nodes = [node("x", "InputLayer", (4,))]
    for number in range(MOST_VOLUMES):
        nodes.append(dense(f"d{number}", 4 + number % 2, nodes[-1].name, 4))
    graph = Graph("long", tuple(nodes), ("x",), (nodes[-1].name,))
    with pytest.raises(TooManyVolumes, match="at most 300 boxes, and this network needs 301"):
        volume_drawing(graph, "long")


def test_more_arrows_than_can_be_followed_are_refused() -> None:
    nodes = [node("x", "InputLayer", (4,))]
    for number in range(40):
        nodes.append(node(f"c{number}", "Mystery", (4 + number,), *(each.name for each in nodes)))
    graph = Graph("dense", tuple(nodes), ("x",), (nodes[-1].name,))
    with pytest.raises(TooManyVolumes, match="at most 600 arrows, and this network needs 820"):
        volume_drawing(graph, "dense")


@pytest.mark.parametrize(
    "network", [resnet, inception, multi_input, shared_tower, odd_names], ids=lambda each: each.__name__
)
def test_an_svg_is_whole_and_can_be_read_aloud(network: "type") -> None:
    graph = network()
    root = ElementTree.fromstring(draw_volumes(graph, "svg"))
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == graph.name
    assert (root.findtext(f"{SVG}desc") or "").startswith("A network of ")
    titles = [group.findtext(f"{SVG}title") for group in root.iter(f"{SVG}g") if group.get("class") == "node"]
    assert len(titles) == len(set(titles)) > 0


def test_a_shared_layer_says_whose_weights_it_has() -> None:
    svg = draw_volumes(gallery("shared_embedding"), "svg").decode()
    assert "same weights as" in svg


@pytest.mark.parametrize(("form", "start"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_it_comes_as_pixels_too_whatever_the_names_are(form: str, start: bytes) -> None:
    assert draw_volumes(odd_names(), form).startswith(start)  # type: ignore[arg-type]


def test_drawing_twice_gives_the_same_bytes() -> None:
    assert draw_volumes(inception(), "svg") == draw_volumes(inception(), "svg")
    assert draw_volumes(multi_input(), "png") == draw_volumes(multi_input(), "png")


def test_without_a_legend_the_boxes_stay_as_they_are() -> None:
    plain = volume_drawing(resnet(), "net", legend=False)
    words = {mark.text for mark in plain.marks if isinstance(mark, Text)}
    assert "+" in words and "convolution" not in words and not any("square root" in text for text in words)
