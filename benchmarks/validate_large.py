"""How long `nettool validate` takes for networks of 1,000 and 10,000 nodes, as a whole process.

    python benchmarks/validate_large.py [--runs 5]

The budget is 1 s at 10,000 nodes. The check itself, without the start of the program (taken from a spec of
one node), should grow tenfold: linear in nodes.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

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
}


def seconds(path: Path) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "nettool", "validate", str(path)], check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    print(f"{'network':<28} {'1,000':>7} {'10,000':>8} {'growth of the check':>20}   best of {runs} runs")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.yaml"

        def best(lines: list[str]) -> float:
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            return min(seconds(path) for _ in range(runs))

        start = best(chain(1))
        for name, network in NETWORKS.items():
            small, large = best(network(1_000)), best(network(10_000))
            growth = (large - start) / (small - start)
            print(f"{name:<28} {small:>5.2f} s {large:>6.2f} s {growth:>20.1f}")


if __name__ == "__main__":
    main()
