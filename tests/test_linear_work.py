"""The front end does work in proportion to the nodes, whatever the network's shape: lines are counted, not seconds."""

import runpy
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

import pytest

from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.source import Source
from nettool.load import load_source

NETWORKS: dict[str, Callable[[int], list[str]]] = runpy.run_path(
    str(Path(__file__).parents[1] / "benchmarks" / "large_networks.py")
)["NETWORKS"]


def lines_run(lines: list[str]) -> int:
    """Lines of Python that run while a spec is loaded; each round of a loop counts anew."""
    source = Source("large.yaml", "\n".join(lines) + "\n")
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> object:
        nonlocal count
        count += event == "line"
        return counted

    before = sys.gettrace()
    sys.settrace(counted)
    try:
        with suppress(SpecError):
            load_source(source, "large")
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("shape", NETWORKS)
def test_ten_times_the_nodes_are_ten_times_the_work(shape: str) -> None:
    network = NETWORKS[shape]
    load_source(Source("small.yaml", "\n".join(network(10))), "small")  # what is made once and kept
    few, many = lines_run(network(100)), lines_run(network(1_000))
    assert many <= 11 * few, f"{many / few:.1f} times the lines"


def _joined(count: int) -> list[str]:
    """Nodes of `count` different widths, all joined by one."""
    nodes = [f"  n{number}: {{layer: Dense, units: {number + 1}, from: a}}" for number in range(count)]
    names = ", ".join(f"n{number}" for number in range(count))
    return [
        "inputs: {a: [8]}",
        "nodes:",
        *nodes,
        f"  c: {{layer: Concatenate, from: [{names}]}}",
        "outputs: [c]",
    ]


def _named(count: int) -> list[str]:
    names = ", ".join(f"c{number}" for number in range(count))
    return [
        "inputs: {a: [8]}",
        f"nodes: {{fc: {{layer: Dense, units: {count}}}}}",
        "outputs: [fc]",
        f"data: {{random: {{a: {{shape: [8]}}, label: {{classes: [{names}]}}}}, samples: 50}}",
    ]


def _unknown(count: int) -> list[str]:
    return ["inputs: {a: [8]}", *(f"word{number}: 1" for number in range(count))]


@pytest.mark.parametrize("lines", [_joined, _named, _unknown])
def test_ten_times_the_names_are_ten_times_the_work(lines: Callable[[int], list[str]]) -> None:
    lines_run(lines(10))
    few, many = lines_run(lines(100)), lines_run(lines(1_000))
    assert many <= 11 * few, f"{many / few:.1f} times the lines"
