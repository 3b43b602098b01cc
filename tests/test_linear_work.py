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
from nettool.front_end import load_source

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


def _with_data(classes: str, more: str, rest: str = "") -> list[str]:
    """A network that is trained on made-up values of these classes, with more in `data` and behind it."""
    return [
        "inputs: {a: [8]}",
        "nodes: {fc: {layer: Dense, units: 3, activation: softmax}}",
        "outputs: [fc]",
        "losses: {fc: {loss: categorical_crossentropy, target: label}}",
        f"data: {{random: {{a: {{shape: [8]}}, label: {{classes: {classes}}}}}, samples: 50{more}}}",
        rest,
    ]


def _items(form: str, count: int) -> str:
    return ", ".join(form.replace("#", str(number)) for number in range(count))


def _fields(count: int) -> list[str]:
    return [
        line.replace("label:", f"{_items('f#: {shape: [3]}', count)}, label:") for line in _with_data("3", "")
    ]


def _no_such_field(count: int) -> list[str]:
    return _with_data("3", f", normalize: {{{_items('f#: unit', count)}}}")


def _looked_up(count: int) -> list[str]:
    return _with_data(str(count), f", derive: {{d: {{from: label, values: {{{_items('#: w', count)}}}}}}}")


def _no_such_class(count: int) -> list[str]:
    return _with_data(str(count), "", f"train: {{class_weights: {{{_items('word#: 2', count)}}}}}")


@pytest.mark.parametrize(
    "lines",
    [_joined, _named, _unknown, _fields, _no_such_field, _looked_up, _no_such_class],
)
def test_ten_times_the_names_are_ten_times_the_work(lines: Callable[[int], list[str]]) -> None:
    lines_run(lines(10))
    few, many = lines_run(lines(100)), lines_run(lines(1_000))
    assert many <= 11 * few, f"{many / few:.1f} times the lines"
