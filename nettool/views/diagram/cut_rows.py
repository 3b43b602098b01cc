"""Where a long network can be cut into rows, or columns."""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from nettool.graph.network import Graph, Node
from nettool.views.diagram.drawn import Direction
from nettool.views.diagram.frame_titles import numbers
from nettool.views.diagram.lay_out import LaidOut
from nettool.views.diagram.network_diagram import Row
from nettool.views.diagram.page_size import PageSize

if TYPE_CHECKING:
    from pygraphviz import AGraph

ROW_GAP = 30.0
"""Points between rows; the line from one to the next runs in the middle."""
TURN = 14.0
"""Points that a line runs on beside a row before it turns."""
_CAPTION = 120.0
"""Points, about, of the caption and the room around a drawing."""


def best_rows(
    graph: Graph, whole: LaidOut, direction: Direction, page: PageSize, most: int
) -> list[tuple[Row, ...]]:
    """Ways to cut the network into at most `most` rows, the one first that should fit the page best.

    `whole` is the drawing in one row.
    """
    units = _units(graph)
    sizes = [_size(unit, whole.drawing, direction) for unit in units]
    ways = []
    for count in range(2, min(most, len(units)) + 1):
        cuts = _shortest([length for length, _ in sizes], count)
        parts = [range(start, end) for start, end in pairwise(cuts)]
        length = max(sum(sizes[index][0] for index in part) for part in parts) + 2 * TURN
        depth = sum(max(sizes[index][1] for index in part) + ROW_GAP for part in parts)
        width, height = (length, depth) if direction == "left-right" else (depth, length)
        rows = tuple(_row(units, part) for part in parts)
        ways.append((page.letters(width, height + _CAPTION), rows))
    return [rows for _, rows in sorted(ways, key=lambda way: -way[0])]


def _row(units: Sequence[tuple[Node, ...]], part: range) -> Row:
    nodes = tuple(node for index in part for node in units[index])
    own = {node.name for node in nodes}
    later = (node for unit in units[part.stop :] for node in unit)
    into = next((name for node in nodes for name in node.inputs if name not in own), None)
    return Row(nodes, into, next((name for node in later for name in node.inputs if name in own), None))


def _units(graph: Graph) -> list[tuple[Node, ...]]:
    """The nodes, cut wherever what comes after takes up one node and no input, and no frame is cut."""
    order = _order(graph)
    place = {node.name: index for index, node in enumerate(order)}
    reach = list(range(len(order)))
    sources: list[set[int]] = [set() for _ in order]
    for node in order:
        for name in node.inputs:
            for index in range(place[name], place[node.name]):
                sources[index].add(place[name])
    spans: dict[str, list[int]] = {}
    for index, node in enumerate(order):
        for group in node.groups[:1]:
            spans.setdefault(group.address, []).append(index)
    for span in spans.values():
        for index in span:
            reach[index] = max(reach[index], span[-1])
    # Of cuts through the output of one node the last: a branch that ends here stays with what it leaves.
    cuts: dict[int, int] = {}
    last_input = max(index for index, node in enumerate(order) if not node.inputs)
    for index, furthest in enumerate(accumulate(reach, max)):
        if furthest == index >= last_input and len(sources[index]) == 1:
            cuts[next(iter(sources[index]))] = index + 1
    ends = sorted({0, *cuts.values(), len(order)})
    return [tuple(order[start:end]) for start, end in pairwise(ends)]


def _order(graph: Graph) -> list[Node]:
    """Computing order, in which a branch that ends soon comes before one that goes on."""
    readers: dict[str, list[str]] = {node.name: [] for node in graph.nodes}
    for node in graph.nodes:
        for name in dict.fromkeys(node.inputs):
            readers[name].append(node.name)
    behind: dict[str, set[str]] = {}
    for node in reversed(graph.nodes):
        behind[node.name] = {node.name}.union(*(behind[name] for name in readers[node.name]))
    known = graph.by_name
    place = {node.name: index for index, node in enumerate(graph.nodes)}
    missing = {node.name: len(set(node.inputs)) for node in graph.nodes}
    ready = [(len(behind[name]), place[name], name) for name, count in missing.items() if count == 0]
    heapify(ready)
    order = []
    while ready:
        name = heappop(ready)[2]
        order.append(known[name])
        for reader in readers[name]:
            missing[reader] -= 1
            if missing[reader] == 0:
                heappush(ready, (len(behind[reader]), place[reader], reader))
    return order


def _size(nodes: Sequence[Node], drawing: "AGraph", direction: Direction) -> tuple[float, float]:
    """How far nodes reach along the direction and across it, in points, with a gap after them."""
    ends: tuple[list[float], list[float]] = ([], [])
    for node in nodes:
        found = drawing.get_node(node.name).attr
        for axis, (place, size) in enumerate(
            zip(numbers(found["pos"]), (found["width"], found["height"]), strict=True)
        ):
            ends[axis].extend((place - 36 * float(size), place + 36 * float(size)))
    width, height = (max(each) - min(each) + 25 for each in ends)
    return (width, height) if direction == "left-right" else (height, width)


def _shortest(lengths: Sequence[float], count: int) -> list[int]:
    """Where to cut these lengths into at most `count` parts, each as long as need be."""
    low, high = max(lengths), sum(lengths)
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(lengths, middle)) <= count + 1 else (middle, high)
    return _filled(lengths, high)


def _filled(lengths: Sequence[float], longest: float) -> list[int]:
    """Where parts end that are filled one after the other, none longer than `longest`."""
    cuts, length = [0], 0.0
    for index, each in enumerate(lengths):
        if length + each > longest and length:
            cuts.append(index)
            length = 0.0
        length += each
    return [*cuts, len(lengths)]
