"""The network as feature maps: boxes whose size is their shape, rows that fit a slide."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nettool.graph.collapse import collapse_below, members
from nettool.graph.network import Graph
from nettool.views.diagram.drawn import Depth
from nettool.views.style import QUIET_INK
from nettool.views.volumes.box_size import points_per_root
from nettool.views.volumes.caption import Caption, caption_of
from nettool.views.volumes.drawing import Circle, Drawing, Line, Point, Thing
from nettool.views.volumes.junctions import junctions
from nettool.views.volumes.lanes import START, Row, breaks_of, columns_of, row_of
from nettool.views.volumes.layout import Need, Ways, placed, row_width
from nettool.views.volumes.marks import LETTERS, marks_of, need_of, words
from nettool.views.volumes.routes import routes_of
from nettool.views.volumes.volume import Volume, volumes_of

SLIDE = (960.0, 540.0)
"""A slide of 16:9 in points (13.3 by 7.5 inches)."""
SMALLEST_LETTERS = 7.5
"""Points that letters have on such a slide, where blocks are closed as far as that takes."""
MOST_VOLUMES = 300
MOST_EDGES = 600
_MARGIN = 14.0
_BETWEEN_ROWS = 18.0
_MOST_ROWS = 12
_JUNCTION = 1.8
_LEAST_WIDTH = 420.0


class TooManyVolumes(ValueError):
    """More boxes than one picture shows."""


def volume_drawing(graph: Graph, title: str, depth: Depth | None = None, *, legend: bool = True) -> Drawing:
    """The drawing with `depth` levels of blocks open; None: as many as can be read on a slide.

    Raises TooManyVolumes.
    """
    deepest = max((len(node.groups) for node in graph.nodes), default=0)
    if depth is not None:
        return _at_depth(graph, title, deepest if depth == "all" else depth, legend=legend)
    best: Drawing | None = None
    for level in range(deepest, -1, -1):
        try:
            found = _at_depth(graph, title, level, legend=legend)
        except TooManyVolumes:
            if level == 0:
                raise
            continue
        if best is None or letters_on_slide(found) > letters_on_slide(best):
            best = found
        if letters_on_slide(best) >= SMALLEST_LETTERS:
            break
    if best is None:
        raise TooManyVolumes
    return best


def letters_on_slide(drawing: "Drawing | _Page") -> float:
    """The size in points of the smallest letters, where the drawing fills a slide of 16:9."""
    return LETTERS * min(SLIDE[0] / drawing.width, SLIDE[1] / drawing.height)


def _at_depth(graph: Graph, title: str, depth: int, *, legend: bool) -> Drawing:
    shown, known = collapse_below(graph, depth), graph.by_name
    inside = members(graph, shown)
    volumes = volumes_of(shown, {name: len(nodes) for name, nodes in inside.items() if name not in known})
    if len(volumes) > MOST_VOLUMES:
        raise TooManyVolumes(
            f"a picture of volumes has at most {MOST_VOLUMES} boxes, and this network needs {len(volumes):,}"
        )
    edges = sum(len(volume.inputs) for volume in volumes)
    if edges > MOST_EDGES:
        raise TooManyVolumes(
            f"a picture of volumes has at most {MOST_EDGES} arrows, and this network needs {edges:,}"
        )
    scale = points_per_root(volume.shape for volume in volumes)
    needs = {volume.name: need_of(volume, scale) for volume in volumes}
    caption = caption_of(volumes, title, graph.parameter_count, legend=legend)
    foldings = dict.fromkeys(_foldings(volumes, needs))
    return max((_page(rows, needs, caption) for rows in foldings), key=letters_on_slide).drawing(needs)


_Volumes = tuple[Volume, ...]


def _foldings(volumes: _Volumes, needs: Mapping[str, Need]) -> Iterator[tuple[_Volumes, ...]]:
    """Ways to break the volumes into rows: in one row, in at most two, and so on."""
    columns = columns_of(volumes)
    breaks = breaks_of(volumes, columns)
    by_column: dict[int, list[Volume]] = {}
    for volume in volumes:
        by_column.setdefault(columns[volume.name], []).append(volume)
    parts: list[list[Volume]] = [[]]
    for column in sorted(by_column):
        parts[-1] += by_column[column]
        if column in breaks:
            parts.append([])
    widths = [row_width(row_of(part, columns, None), needs) for part in parts]
    for count in range(1, _MOST_ROWS + 1):
        yield tuple(_filled(parts, widths, _narrowest(widths, count)))


def _narrowest(widths: Sequence[float], count: int) -> float:
    """The least width at which so many rows hold all parts."""
    low, high = max(widths), sum(widths)
    while high - low > 1:
        middle = (low + high) / 2
        if _rows_needed(widths, middle) <= count:
            high = middle
        else:
            low = middle
    return high


def _rows_needed(widths: Sequence[float], most: float) -> int:
    rows, taken = 1, 0.0
    for width in widths:
        if taken and taken + width > most:
            rows, taken = rows + 1, 0.0
        taken += width
    return rows


def _filled(parts: Sequence[list[Volume]], widths: Sequence[float], most: float) -> Iterator[_Volumes]:
    """Rows of parts, none wider than `most` unless a single part is."""
    row: list[Volume] = []
    taken = 0.0
    for part, width in zip(parts, widths, strict=True):
        if row and taken + width > most:
            yield tuple(row)
            row, taken = [], 0.0
        row += part
        taken += width
    yield tuple(row)


@dataclass(frozen=True, slots=True)
class _PlacedRow:
    """A row, the volume that it goes on from, and where its upper left corner stands."""

    volumes: _Volumes
    row: Row
    ways: Ways
    corner: Point
    from_above: str | None


@dataclass(frozen=True, slots=True)
class _Page:
    """Rows in their places, with the caption above and below them."""

    rows: tuple[_PlacedRow, ...]
    caption: tuple[Thing, ...]
    width: float
    height: float

    def drawing(self, needs: Mapping[str, Need]) -> Drawing:
        """All that is painted: edges first, so that boxes lie on them."""
        things = [*self.caption, *(thing for each in self.rows for thing in _edges(each))]
        things += [Thing("edge", "", (_return(*pair),)) for pair in pairwise(self.rows)]
        things += [thing for each in self.rows for thing in _boxes(each, needs)]
        return Drawing(self.width, self.height, tuple(things))


def _page(rows: Sequence[_Volumes], needs: Mapping[str, Need], caption: Caption) -> _Page:
    columns = columns_of([volume for row in rows for volume in row])
    placed_rows: list[_PlacedRow] = []
    y = _MARGIN + caption.height_above
    for volumes in rows:
        from_above = _last_of(placed_rows[-1], volumes) if placed_rows else None
        row = row_of(volumes, columns, from_above)
        ways = placed(row, routes_of(row), needs)
        left = _MARGIN + (_MARGIN if from_above is not None else 0)
        placed_rows.append(_PlacedRow(volumes, row, ways, (left, y), from_above))
        y += ways.height + _BETWEEN_ROWS
    width = max(each.corner[0] + each.ways.width for each in placed_rows) + _MARGIN
    width = max(width + (_MARGIN if len(rows) > 1 else 0), caption.width + 2 * _MARGIN, _LEAST_WIDTH)
    legend, legend_height = caption.below(_MARGIN, y, width - 2 * _MARGIN)
    texts = Thing("caption", "", caption.above(_MARGIN, _MARGIN)), Thing("caption", "", legend)
    return _Page(tuple(placed_rows), texts, width, y + legend_height + _MARGIN)


def _last_of(above: _PlacedRow, volumes: _Volumes) -> str | None:
    """The volume of the row above that these go on from."""
    return next(
        (source for volume in volumes for source in volume.inputs if source in above.row.columns), None
    )


def _edges(row: _PlacedRow) -> Iterator[Thing]:
    for (source, target), points in row.ways.lines.items():
        line = Line(tuple(_moved(point, row.corner) for point in points), QUIET_INK, arrow=True)
        yield Thing("edge", f"{row.from_above if source == START else source} → {target}", (line,))
    dots = [_moved(point, row.corner) for point in junctions(row.ways.lines)]
    yield Thing("edge", "", tuple(Circle(dot, _JUNCTION, QUIET_INK, QUIET_INK) for dot in dots))


def _return(above: _PlacedRow, below: _PlacedRow) -> Line:
    """From the end of a row to the beginning of the next."""
    name = below.from_above or ""
    right, middle = _moved((above.ways.ends[name], above.ways.places[name].middle), above.corner)
    start, goal = _moved((0, below.ways.places[START].middle), below.corner)
    between = below.corner[1] - _BETWEEN_ROWS / 2
    turn = above.corner[0] + above.ways.width + _MARGIN / 2
    return Line(
        ((right, middle), (turn, middle), (turn, between), (start, between), (start, goal)),
        QUIET_INK,
    )


def _boxes(row: _PlacedRow, needs: Mapping[str, Need]) -> Iterator[Thing]:
    for volume in row.volumes:
        place = row.ways.places[volume.name]
        dx, dy = row.corner
        here = replace(
            place,
            left=place.left + dx,
            middle=place.middle + dy,
            joint=place.joint + dx,
            label=place.label + dx,
        )
        yield Thing("node", words(volume), tuple(marks_of(volume, needs[volume.name], here)))


def _moved(point: Point, corner: Point) -> Point:
    return point[0] + corner[0], point[1] + corner[1]
