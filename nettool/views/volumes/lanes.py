"""Where boxes stand: a column for each step from the inputs, a lane for each branch, rows of columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nettool.views.volumes.volume import Volume

START = ""
"""The name of the place at which a row goes on from the one above."""


@dataclass(frozen=True, slots=True)
class Row:
    """Volumes side by side: the column and the lane of each by name, and the edges between them.

    Where a row goes on from the one above, START stands for the volume that it goes on from.
    """

    columns: Mapping[str, int]
    lanes: Mapping[str, int]
    edges: tuple[tuple[str, str], ...]


def columns_of(volumes: Sequence[Volume]) -> dict[str, int]:
    """The longest way from an input to each volume; an input stands just before its first use."""
    columns: dict[str, int] = {}
    for volume in volumes:
        columns[volume.name] = 1 + max((columns[source] for source in volume.inputs), default=-1)
    first_use: dict[str, int] = {}
    for volume in volumes:
        for source in volume.inputs:
            first_use[source] = min(first_use.get(source, columns[volume.name]), columns[volume.name])
    for volume in volumes:
        if not volume.inputs and volume.name in first_use:
            columns[volume.name] = first_use[volume.name] - 1
    return columns


def breaks_of(volumes: Sequence[Volume], columns: Mapping[str, int]) -> dict[int, str]:
    """Columns after which a row may end, and the one volume there that all the rest goes on from."""
    last_use: dict[str, int] = {}
    for volume in volumes:
        for source in volume.inputs:
            last_use[source] = max(last_use.get(source, 0), columns[volume.name])
    end = max(columns.values(), default=0)
    crossing: list[list[str]] = [[] for _ in range(end)]
    for name, last in last_use.items():
        for column in range(columns[name], last):
            if len(crossing[column]) < 2:
                crossing[column].append(name)
    return {
        column: names[0]
        for column, names in enumerate(crossing)
        if len(names) == 1 and columns[names[0]] == column
    }


def row_of(volumes: Sequence[Volume], columns: Mapping[str, int], from_above: str | None) -> Row:
    """These volumes as a row; `from_above` is the volume that the row above ended with."""
    chosen = {volume.name: columns[volume.name] for volume in volumes}
    edges = tuple(
        (START if source == from_above else source, volume.name)
        for volume in volumes
        for source in volume.inputs
        if source in chosen or source == from_above
    )
    if from_above is not None:
        chosen = {START: min(chosen.values()) - 1, **chosen}
    return Row(chosen, _lanes(chosen, edges), edges)


def _lanes(columns: Mapping[str, int], edges: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The longest way stands in lane 0, each further branch in the nearest lane that is free for so long."""
    sources: dict[str, list[str]] = {name: [] for name in columns}
    users: dict[str, list[str]] = {name: [] for name in columns}
    for source, target in edges:
        sources[target].append(source)
        users[source].append(target)
    lanes: dict[str, int] = {}
    taken: dict[int, set[int]] = {}
    while len(lanes) < len(columns):
        way = _longest_way(columns, sources, lanes)
        before = [name for name in sources[way[0]] if name in lanes]
        after = [name for name in users[way[-1]] if name in lanes]
        begin = 1 + max((columns[name] for name in before), default=columns[way[0]] - 1)
        end = min((columns[name] for name in after), default=columns[way[-1]] + 1) - 1
        needed = range(min(begin, columns[way[0]]), max(end, columns[way[-1]]) + 1)
        near = lanes[(before or after)[0]] if before or after else 0
        lane = _nearest_free(taken, needed, near)
        taken.setdefault(lane, set()).update(needed)
        lanes |= dict.fromkeys(way, lane)
    return lanes


def _longest_way(
    columns: Mapping[str, int], sources: Mapping[str, list[str]], placed: Mapping[str, int]
) -> list[str]:
    """The most volumes in a row that have no lane yet; of equally long ways the one that ends first."""
    length: dict[str, int] = {}
    before: dict[str, str | None] = {}
    for name in sorted(columns, key=lambda each: columns[each]):
        if name not in placed:
            free = [source for source in sources[name] if source in length]
            best = max(free, key=lambda each: length[each], default=None)
            before[name] = best
            length[name] = 1 + (length[best] if best is not None else 0)
    step: str | None = max(length, key=lambda each: length[each])
    way: list[str] = []
    while step is not None:
        way.append(step)
        step = before[step]
    return way[::-1]


def _nearest_free(taken: Mapping[int, set[int]], needed: range, near: int) -> int:
    distance = 0
    while True:
        for lane in (near + distance, near - distance):
            if not taken.get(lane, set()).intersection(needed):
                return lane
        distance += 1
