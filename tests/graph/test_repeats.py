"""Equal blocks in a row: found where they are equal in everything, and nowhere else."""

from pathlib import Path

import pytest

from nettool.front_end import load
from nettool.graph.network import Graph
from nettool.graph.repeats import Repeat, repeated_addresses, repeats_once

BLOCKS = """
name: chain
blocks:
  res:
    inputs: [x]
    options: {units: 4, act: relu}
    nodes:
      a: {layer: Dense, from: x, units: 4, activation: $act}
      b: {layer: Dense, from: a, units: $units}
    outputs: [b]
  twice:
    inputs: [x]
    nodes:
      inner: {block: res, repeat: 3, from: x}
      end: {layer: Dense, units: 4}
    outputs: [end]
inputs: {x: [4]}
nodes:
"""


def graph_of(tmp_path: Path, nodes: str, outputs: str = "y") -> Graph:
    spec = tmp_path / "net.yaml"
    spec.write_text(f"{BLOCKS}{nodes}\noutputs: [{outputs}]\n")
    return load(spec)[0].graph


def repeats(graph: Graph, **how: bool) -> list[tuple[str, str, int]]:
    found = repeats_once(graph, **how)[1].values()
    return [(repeat.first, repeat.last, repeat.count) for repeat in found]


END = "  y: {layer: Dense, units: 1}"


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ("  chain: {block: res, repeat: 16}", [("chain.1", "chain.16", 16)]),
        ("  p: {block: res}\n  q: {block: res}\n  r: {block: res}", [("p", "r", 3)]),
        ("  chain: {block: res, repeat: 2}\n  q: {block: res}", [("chain.1", "q", 3)]),
        ("  p: {block: res}\n  q: {block: res, act: tanh}", []),
        ("  p: {block: res}\n  between: {layer: Dense, units: 4}\n  q: {block: res}", []),
        ("  chain: {block: res, repeat: 4, units: 8}", [("chain.2", "chain.4", 3)]),
        ("  p: {block: twice}\n  q: {block: twice}", [("p", "q", 2), ("p.inner.1", "p.inner.3", 3)]),
    ],
    ids=["repeat", "by name", "both", "option", "a layer between", "first of another shape", "nested"],
)
def test_blocks_are_drawn_once_where_they_are_equal(
    nodes: str, expected: list[tuple[str, str, int]], tmp_path: Path
) -> None:
    assert repeats(graph_of(tmp_path, f"{nodes}\n{END}")) == expected


def test_what_is_read_from_the_middle_or_given_out_is_no_repeat(tmp_path: Path) -> None:
    read = "  chain: {block: res, repeat: 4}\n  side: {layer: Dense, units: 1, from: chain.2}\n"
    assert repeats(
        graph_of(tmp_path, f"{read}{END}".replace("units: 1}", "units: 1, from: chain}"), "y, side")
    ) == [
        ("chain.1", "chain.2", 2),
        ("chain.3", "chain.4", 2),
    ]
    assert repeats(graph_of(tmp_path, "  p: {block: res}\n  y: {block: res}", "p, y")) == []


def test_equal_layers_count_only_when_they_are_asked_for(tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path, "\n".join(f"  d{number}: {{layer: Dense, units: 4}}" for number in range(5)), "d4"
    )
    assert repeats(graph) == []
    # The last one is an output, and still one of them: nothing is read from before it.
    assert repeats(graph, layers=True) == [("d0", "d4", 5)]


def test_the_graph_goes_on_behind_the_repeats(tmp_path: Path) -> None:
    once, _ = repeats_once(graph_of(tmp_path, f"  chain: {{block: res, repeat: 16}}\n{END}"))
    assert [(node.name, node.inputs) for node in once.nodes] == [
        ("x", ()),
        ("chain.1.a", ("x",)),
        ("chain.1.b", ("chain.1.a",)),
        ("y", ("chain.1.b",)),
    ]


def test_addresses_say_what_is_alike_once() -> None:
    assert repeated_addresses(Repeat("res.1", "res.16", 16)) == "res.1 … 16"
    assert repeated_addresses(Repeat("p", "r", 3)) == "p … r"
    assert repeated_addresses(Repeat("res.1", "q", 3)) == "res.1 … q"
