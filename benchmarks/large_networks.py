"""Large networks as specs: each function gives the lines of one with so many nodes, give or take one."""

from collections.abc import Callable

INPUT = "inputs: {x: [8]}"
DENSE = "layer: Dense, units: 8"


def chain(count: int) -> list[str]:
    nodes = [f"  n{n}: {{{DENSE}}}" for n in range(count)]
    return [INPUT, "nodes:", *nodes, f"outputs: [n{count - 1}]"]


def comb(count: int) -> list[str]:
    """A spine of additions, each with a tooth of its own."""
    lines = [INPUT, "nodes:", f"  s0: {{{DENSE}}}"]
    for n in range(1, count // 2):
        lines += [
            f"  t{n}: {{{DENSE}, from: s{n - 1}}}",
            f"  s{n}: {{merge: Add, from: [s{n - 1}, t{n}]}}",
        ]
    return [*lines, f"outputs: [s{count // 2 - 1}]"]


def deep_blocks(count: int) -> list[str]:
    """Ten copies of ten copies of …: as many levels as the count has zeros."""
    levels = len(str(count)) - 1
    blocks = [f"  b1: {{inputs: [x], nodes: {{fc: {{{DENSE}, from: x, repeat: 10}}}}, outputs: [fc]}}"]
    blocks += [
        f"  b{n}: {{inputs: [x], nodes: {{in: {{block: b{n - 1}, from: x, repeat: 10}}}}, outputs: [in]}}"
        for n in range(2, levels + 1)
    ]
    return [INPUT, "blocks:", *blocks, f"nodes: {{all: {{block: b{levels}}}}}", "outputs: [all]"]


def fan(count: int) -> list[str]:
    """One node that all others consume, and a sum of them."""
    nodes = [f"  n{n}: {{{DENSE}, from: hub}}" for n in range(count)]
    total = f"  sum: {{merge: Add, from: [{', '.join(f'n{n}' for n in range(count))}]}}"
    return [INPUT, "nodes:", f"  hub: {{{DENSE}}}", *nodes, total, "outputs: [sum]"]


def outputs_behind_a_chain(count: int) -> list[str]:
    """A chain of nodes that learn nothing, at whose end each of as many outputs branches off."""
    half = count // 2
    chained = [f"  c{n}: {{layer: Activation, activation: relu}}" for n in range(half)]
    nodes = [f"  n{n}: {{layer: Activation, activation: relu, from: c{half - 1}}}" for n in range(half)]
    outputs = f"outputs: [{', '.join(f'n{n}' for n in range(half))}]"
    return [INPUT, "nodes:", *chained, *nodes, outputs]


def trained_outputs(count: int) -> list[str]:
    """Each node is an output with a loss and a metric."""
    names = [f"n{n}" for n in range(count)]
    dense = "layer: Dense, units: 10, activation: softmax, from: flat"
    return [
        "data: digits",
        "inputs: {image: [8, 8, 1]}",
        "nodes:",
        "  flat: {layer: Flatten}",
        *(f"  {name}: {{{dense}}}" for name in names),
        f"outputs: [{', '.join(names)}]",
        "losses:",
        *(f"  {name}: sparse_categorical_crossentropy" for name in names),
        "metrics:",
        *(f"  {name}: accuracy" for name in names),
    ]


def uses_of_a_model(count: int) -> list[str]:
    tower = f"  tower: {{inputs: [x], nodes: {{fc: {{{DENSE}, from: x}}}}, outputs: [fc]}}"
    nodes = [f"  n{n}: {{model: tower}}" for n in range(count)]
    return [INPUT, "models:", tower, "nodes:", *nodes, f"outputs: [n{count - 1}]"]


NETWORKS: dict[str, Callable[[int], list[str]]] = {
    "chain": chain,
    "comb": comb,
    "deep blocks": deep_blocks,
    "one node with all consumers": fan,
    "uses of one model": uses_of_a_model,
    "outputs behind one chain": outputs_behind_a_chain,
    "outputs with loss and metric": trained_outputs,
}
