"""A difference in words: what stands on its boxes, and what is to be said of the whole."""

from collections import Counter
from collections.abc import Sequence

from nettool.layers.outcome import shape_text
from nettool.views.comparison.difference_units import Drawn, Unit
from nettool.views.comparison.differences import Difference, value_text
from nettool.views.comparison.network_difference import Kind, NetworkDifference
from nettool.views.diagram.layer_text import layer_text
from nettool.views.terminal.summary import count_text

SIGNS: dict[Kind, str] = {
    "same": "",
    "added": "+",
    "removed": "−",
    "changed": "~",
    "renamed": "→",
    "reshaped": "≈",
}
MEANINGS: dict[Kind, str] = {
    "added": "added",
    "removed": "removed",
    "changed": "changed",
    "renamed": "renamed",
    "reshaped": "same layer, other sizes",
}
_LONGEST_VALUE = 28
_MOST_CHANGES = 6
_MOST_ELSEWHERE = 5


def unit_name(unit: Unit) -> str:
    """The sign and the name of a box; of a renamed node both names."""
    name = unit.name
    node = unit.node
    if node is not None and node.is_renamed and node.before is not None:
        name = f"{node.before.name} → {name}"
    sign = "" if unit.kind == "renamed" else SIGNS[unit.kind]
    return f"{sign} {name}" if sign else name


def unit_lines(unit: Unit) -> Sequence[str]:
    """What a box is, in lines: its layer and shape, or its nodes."""
    node = unit.node
    if node is not None:
        layer = (
            layer_text(node.node.operation, node.node.options)
            if node.node.operation != "InputLayer"
            else "input"
        )
        shape = [] if any(each.path == "shape" for each in node.changes) else [shape_text(node.node.shape)]
        return [layer, *shape]
    size = f"{len(unit.members)} nodes"
    if unit.kind == "same":
        return [f"{unit.block}, {size}, unchanged" if unit.block else f"{size}, unchanged"]
    counts = Counter(each.kind for each in unit.members)
    parts = [f"{counts[kind]} {kind}" for kind in MEANINGS if counts[kind] and kind != "reshaped"]
    return [f"{unit.block}, {size}", *([", ".join(parts)] if parts else [])]


def unit_changes(unit: Unit) -> Sequence[str]:
    """What differs in a box, a line each: `filters 32 → 64`."""
    wanted = [each for each in unit.members if unit.node is not None or each.kind == "changed"]
    lines = Counter(change_text(change) for each in wanted for change in each.changes)
    if unit.kind in ("added", "removed") or unit.kind == "same":
        return []
    texts = [text if count == 1 else f"{text} ({count}×)" for text, count in lines.items()]
    if not texts and unit.node is None and unit.kind == "changed":
        return ["other edges inside"] if all(each.kind == "same" for each in unit.members) else []
    more = len(texts) - _MOST_CHANGES
    return texts if more <= 0 else [*texts[:_MOST_CHANGES], f"and {more} more"]


def change_text(change: Difference) -> str:
    """`filters 32 → 64`, `shape 8×8×32 → 8×8×64`, `parameters 320 → 640`."""
    before, after = (_value(change.path, value) for value in change.values)
    return f"{change.path} {before} → {after}"


def _value(path: str, value: object) -> str:
    if path == "shape" and isinstance(value, list):
        return "×".join("?" if length is None else str(length) for length in value)
    if path == "parameters" and isinstance(value, int):
        return f"{value:,}"
    return value_text(value, _LONGEST_VALUE)


def counts_text(difference: NetworkDifference) -> str:
    """How many nodes and edges differ: `2 nodes added, 1 changed; 3 edges added, 1 removed`."""
    counts = difference.counts
    nodes = [f"{counts[kind]} {kind}" for kind in MEANINGS if counts[kind] and kind != "reshaped"]
    if counts["reshaped"]:
        nodes.append(f"{counts['reshaped']} with other sizes")
    edges = Counter(difference.edges.values())
    lines = [f"{edges[kind]} {kind}" for kind in ("added", "removed") if edges[kind]]
    parts = [f"nodes: {', '.join(nodes)}" if nodes else "", f"edges: {', '.join(lines)}" if lines else ""]
    return "; ".join(part for part in parts if part) or "the networks are the same"


def parameters_text(difference: NetworkDifference) -> str:
    """`parameters 38,026 → 52,010 (+13,984)`."""
    before, after = difference.before.parameter_count, difference.after.parameter_count
    if before == after:
        return f"parameters {count_text(after)} (unchanged)"
    step = "" if before is None or after is None else f" ({after - before:+,})".replace("-", "−")
    return f"parameters {count_text(before)} → {count_text(after)}{step}"


def elsewhere_text(difference: NetworkDifference) -> Sequence[str]:
    """What else the specs say differently, a line each."""
    found = difference.elsewhere
    lines = [change_text(each) for each in found[:_MOST_ELSEWHERE]]
    more = len(found) - _MOST_ELSEWHERE
    return lines if more <= 0 else [*lines, f"and {more} more"]


def meanings_of(drawn: Drawn) -> Sequence[str]:
    """What the signs on its boxes and edges mean."""
    kinds = {*(unit.kind for unit in drawn.units.values()), *drawn.edges.values()}
    return [f"{SIGNS[kind]} {meaning}" for kind, meaning in MEANINGS.items() if kind in kinds]


def description(difference: NetworkDifference) -> str:
    """The difference in words, for those who cannot see it."""
    named = [
        f"{each.node.name} {MEANINGS[each.kind]}"
        for each in difference.nodes.values()
        if each.kind not in ("same", "reshaped")
    ]
    return " – ".join([counts_text(difference), parameters_text(difference), *named[:20]])
