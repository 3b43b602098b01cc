"""How long `nettool validate` takes for networks of 1,000 and 10,000 nodes, as a whole process.

    python benchmarks/validate_large.py [--runs 7]

The budget is 1 s at 10,000 nodes; none is set for the last network, whose text is four times as long. The
is that of the check alone: the processor time without that of a spec of one node. Linear in nodes is 10.
Processor time moves less than the clock with what else the machine does, the sizes take turns, and the best
run of each counts.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from large_networks import NETWORKS, chain


class Took(NamedTuple):
    clock: float
    processor: float


def took(path: Path) -> Took:
    processor, clock = processor_seconds(), time.perf_counter()
    subprocess.run([sys.executable, "-m", "nettool", "validate", str(path)], check=True, capture_output=True)
    return Took(time.perf_counter() - clock, processor_seconds() - processor)


def processor_seconds() -> float:
    """What all processes that were started here, and have ended, used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def best(runs: list[Took]) -> Took:
    return Took(min(run.clock for run in runs), min(run.processor for run in runs))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=7)
    count = parser.parse_args().runs
    print(f"{'network':<29}{'1,000':>7}{'10,000':>9}{'processor':>11}{'growth':>8}   best of {count} runs")
    with tempfile.TemporaryDirectory() as folder:

        def written(network: Callable[[int], list[str]], nodes: int) -> Path:
            path = Path(folder) / f"{nodes}.yaml"
            path.write_text("\n".join(network(nodes)) + "\n", encoding="utf-8")
            return path

        for name, network in NETWORKS.items():
            paths = [written(chain, 1), written(network, 1_000), written(network, 10_000)]
            rounds = [[took(path) for path in paths] for _ in range(count)]
            start, small, large = (best(list(runs)) for runs in zip(*rounds, strict=True))
            growth = (large.processor - start.processor) / (small.processor - start.processor)
            print(
                f"{name:<29}{small.clock:>5.2f} s{large.clock:>7.2f} s{large.processor:>9.2f} s{growth:>8.1f}"
            )


if __name__ == "__main__":
    main()
