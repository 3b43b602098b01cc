"""How long the commands that only look take, as a share of the Keras script that does the same.

    python benchmarks/start_up.py [--runs 7]

Each command and the script run in turn, so that a machine that slows down slows all of them; the ratio is
taken run by run and its median is printed. The budget is 0.10, the aim 0.06.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SPEC = "configs/resnet.yaml"
SCRIPT = [sys.executable, str(Path(__file__).parent / "keras_scripts" / "resnet_summary.py")]


def seconds(command: list[str]) -> float:
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"}
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    nettool = [sys.executable, "-m", "nettool"]
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "--help": [*nettool, "--help"],
            "validate": [*nettool, "validate", SPEC],
            "summary": [*nettool, "summary", SPEC],
            "plot": [*nettool, "plot", SPEC, "-o", f"{folder}/net.svg"],
        }
        times: dict[str, list[float]] = {name: [] for name in ("script", *commands)}
        for run in range(runs + 1):
            for name, command in {"script": SCRIPT, **commands}.items():
                taken = seconds(command)
                if run > 0:  # the first round only warms the file cache
                    times[name].append(taken)
    print(f"{'command':<10} {'median':>8} {'ratio':>7}   of the Keras script, {runs} runs")
    for name, values in times.items():
        ratios = [value / script for value, script in zip(values, times["script"], strict=True)]
        print(f"{name:<10} {statistics.median(values):>6.2f} s {statistics.median(ratios):>7.3f}")


if __name__ == "__main__":
    main()
