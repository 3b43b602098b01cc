"""How far open a network is drawn where its picture is to be read."""

from pathlib import Path

from nettool.front_end import load
from nettool.graph.collapse import collapse_below
from nettool.views.diagram.drawn import DiagramSize, diagram_size, open_levels

RESIDUAL = """
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
  chain: {block: res, repeat: REPEATED}
outputs: [chain]
"""


def test_ranks_are_counted_by_hand(tmp_path: Path) -> None:
    spec = tmp_path / "deep.yaml"
    spec.write_text(RESIDUAL.replace("REPEATED", "2"))
    graph = load(spec)[0].graph
    # By use: x to a, a to b, b to sum one rank each, x to sum three.
    assert diagram_size(graph) == DiagramSize(nodes=7, ranks=12)
    assert diagram_size(collapse_below(graph, 0)) == DiagramSize(nodes=3, ranks=2)


def test_a_page_opens_with_blocks_closed_once_their_nodes_are_too_many(tmp_path: Path) -> None:
    spec = tmp_path / "deep.yaml"
    spec.write_text(RESIDUAL.replace("REPEATED", "100"))
    graph = load(spec)[0].graph
    assert [open_levels(graph, depth) for depth in (None, "all", 0)] == [None, None, 0]
    spec.write_text(RESIDUAL.replace("REPEATED", "400"))
    graph = load(spec)[0].graph
    assert [open_levels(graph, depth) for depth in (None, "all", 1)] == [0, None, 1]
