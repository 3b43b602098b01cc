"""What the page of a network shows: nodes, groups and layers as plain data, numbers in words."""

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import TYPE_CHECKING

from nettool.graph.costs import (
    Cost,
    Total,
    cost_of,
    total_multiply_adds,
    total_output_bytes,
)
from nettool.graph.network import Graph, Group, Node
from nettool.graph.objectives import Loss
from nettool.layers.catalogue import catalogue, family_of
from nettool.layers.outcome import Shape, shape_text
from nettool.spec.yaml.flow import yaml_flow
from nettool.views.diagram.diagram_text import FROZEN_SIGN, box_text, description, local_name, merge_sign
from nettool.views.diagram.drawn import Content, Drawn, Look, drawn, open_levels
from nettool.views.diagram.layer_text import layer_text
from nettool.views.style import FAMILIES
from nettool.views.terminal.summary import count_text, memory_text, short_count
from nettool.vocabulary.keras_names import applications

if TYPE_CHECKING:
    from nettool.record.checkpoints.weight_statistics import KeptWeights, WeightStatistics

_MISSING = object()
_LONGEST = 400
"""Characters of an option's value that are shown: literal weights and vocabularies may be long."""


def page_facts(
    graph: Graph, look: Look, kept: "KeptWeights | None", losses: Sequence[Loss] = ()
) -> dict[str, object]:
    """Everything that is on the page, ready to be JSON."""
    subject = drawn(graph, Content(), losses)
    costs = subject.costs
    groups = _groups(graph)
    readers = _readers(graph)
    levels = open_levels(graph, look.depth)
    present = {family_of(node.operation) for node in graph.nodes}
    return {
        "title": graph.name,
        "description": description(graph),
        "left_right": look.direction == "left-right",
        "look": {"shapes": look.shapes, "parameters": look.parameters, "multiply_adds": look.multiply_adds},
        "open": [group.address for group, (way, _) in groups.items() if levels is None or len(way) < levels],
        "facts": _totals(graph, costs),
        "weights_of": "" if kept is None else f"Statistics of weights are those of the run's {kept.of}.",
        "families": [family for family in FAMILIES if family in present] if look.legend else [],
        "layers": {name: _layer(name) for name in sorted({node.operation for node in graph.nodes})},
        "groups": [_group(group, way, inside, costs, readers) for group, (way, inside) in groups.items()],
        "nodes": [_node(node, subject, kept) for node in graph.nodes],
    }


def _groups(graph: Graph) -> dict[Group, tuple[tuple[Group, ...], list[Node]]]:
    """Every use of a block or model, outer ones first, with those around it and the nodes inside."""
    found: dict[Group, tuple[tuple[Group, ...], list[Node]]] = {}
    for node in graph.nodes:
        for depth, group in enumerate(node.groups):
            found.setdefault(group, (node.groups[:depth], []))[1].append(node)
    return found


def _readers(graph: Graph) -> Mapping[str, list[Node | None]]:
    """What takes up each node's output; None stands for those who use the network."""
    found: dict[str, list[Node | None]] = {node.name: [] for node in graph.nodes}
    for node in graph.nodes:
        for source in node.inputs:
            found[source].append(node)
    for output in graph.outputs:
        found[output].append(None)
    return found


def _group(
    group: Group,
    around: tuple[Group, ...],
    inside: Sequence[Node],
    costs: Mapping[str, Cost],
    readers: Mapping[str, list[Node | None]],
) -> dict[str, object]:
    counts = [node.parameter_count for node in inside]
    ends = [
        node
        for node in inside
        if any(reader is None or group not in reader.groups for reader in readers[node.name])
    ]
    return {
        "id": group.address,
        "name": group.address.removeprefix(f"{around[-1].address}." if around else ""),
        "block": group.block,
        "model": group.is_model,
        "text": box_text(group.block, len(inside)),
        "parent": around[-1].address if around else None,
        "size": str(len(inside)),
        "end": ends[-1].name if ends else None,
        "shape": shape_text(ends[-1].shape if ends else None),
        "parameters": count_text(None if None in counts else sum(count or 0 for count in counts)),
        **_costs(cost_of(inside, costs)),
    }


def _node(node: Node, subject: Drawn, kept: "KeptWeights | None") -> dict[str, object]:
    family = family_of(node.operation)
    is_end = family == "input" or node.name in subject.graph.outputs
    counts = node.parameter_count, node.trainable_parameter_count
    frozen = 0 if None in counts else (counts[0] or 0) - (counts[1] or 0)
    return {
        "id": node.name,
        "name": local_name(node),
        "layer": node.operation,
        "family": family,
        "text": "" if family == "input" else layer_text(node.operation, node.options),
        "sign": merge_sign(node.operation),
        "shape": shape_text(node.shape),
        "group": node.groups[-1].address if node.groups else None,
        "inputs": list(dict.fromkeys(node.inputs)),
        "ends": is_end,
        "roles": list(_roles(node, family, subject)),
        "owner": node.owner,
        "parameters": count_text(node.parameter_count),
        "frozen": count_text(frozen) if frozen else "",
        "options": _options(node),
        "weights": _weights(node, kept),
        **_costs(subject.costs[node.name]),
    }


def _options(node: Node) -> dict[str, str]:
    """What was said of the layer; a run's spec says the defaults as well, which say nothing of this layer."""
    definition = catalogue().get(node.operation) or applications().get(node.operation)
    defaults = {} if definition is None else {each.name: each.default for each in definition.options.values()}
    said = {name: value for name, value in node.options.items() if defaults.get(name, _MISSING) != value}
    return {name: _value(value) for name, value in said.items()} | {
        f"weights.{name}": _value(value) for name, value in node.values.items()
    }


def _roles(node: Node, family: str, subject: Drawn) -> Iterator[str]:
    here = [loss for loss in subject.losses if loss.at == node.name]
    if family == "input":
        yield "input"
    if node.name in subject.frozen:
        yield f"{FROZEN_SIGN} frozen"
    if node.name in subject.graph.outputs and not any(loss.compares for loss in here):
        yield "output"
    for loss in here:
        yield f"loss {loss.text}"
        yield from loss.facts
    if node.owner is not None:
        yield f"shared with {node.owner}"


def _costs(cost: Cost) -> dict[str, object]:
    memory = "?" if cost.output_bytes is None else memory_text(cost.output_bytes)
    return {
        "products": short_count(cost.multiply_adds),
        "exact_products": count_text(cost.multiply_adds),
        "memory": f"{memory} per sample",
    }


def _layer(name: str) -> dict[str, object]:
    definition = catalogue().get(name) or applications().get(name)
    options = {} if definition is None else definition.options
    return {
        "meaning": getattr(definition, "meaning", ""),
        "defaults": {each.name: _value(each.default) for each in options.values() if not each.required},
    }


def _totals(graph: Graph, costs: Mapping[str, Cost]) -> list[tuple[str, str]]:
    products, memory = total_multiply_adds(costs), total_output_bytes(costs)
    return [
        ("inputs", f"{len(graph.inputs):,}"),
        ("nodes", f"{graph.node_count:,}"),
        ("parameters", count_text(graph.parameter_count)),
        ("trainable", count_text(graph.trainable_parameter_count)),
        ("multiply-adds", _bounded(products, f"{products.known:,} per sample")),
        ("activations", _bounded(memory, f"{memory_text(memory.known)} per sample")),
    ]


def _bounded(total: Total, text: str) -> str:
    return text if total.exact is not None else f"at least {text}" if total.known else "?"


def _weights(node: Node, kept: "KeptWeights | None") -> list[dict[str, object]]:
    statistics = () if kept is None else kept.by_node.get(node.owner or node.name, ())
    known = node.weights or ()
    if not statistics:
        return [_weight(each.name, each.shape, not each.trainable) for each in known]
    # The run has the same variables in the same order, under longer names where a layer holds others.
    frozen = (
        [not each.trainable for each in known] if len(known) == len(statistics) else [False] * len(statistics)
    )
    return [
        _weight(each.name, each.shape, is_frozen) | _statistics(each)
        for each, is_frozen in zip(statistics, frozen, strict=True)
    ]


def _weight(name: str, shape: Shape, is_frozen: bool) -> dict[str, object]:
    numbers = prod(length or 1 for length in shape)
    return {"name": name, "shape": shape_text(shape), "count": f"{numbers:,}", "frozen": is_frozen}


def _statistics(each: "WeightStatistics") -> dict[str, object]:
    if not each.counts:
        return {"counts": [0], "zero": None, **dict.fromkeys(("mean", "spread", "lowest", "highest"), "–")}
    span = each.highest - each.lowest
    is_within = span > 0 and each.lowest < 0 < each.highest
    numbers = {
        "mean": each.mean,
        "spread": each.standard_deviation,
        "lowest": each.lowest,
        "highest": each.highest,
    }
    return {
        "counts": list(each.counts),
        "zero": round(-each.lowest / span, 4) if is_within else None,
        **{name: f"{value:.3g}".replace("-", "−") for name, value in numbers.items()},
    }


def _value(value: object) -> str:
    text = yaml_flow(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
