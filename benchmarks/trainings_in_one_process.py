"""How much a process grows by trainings, one after the other, and whether equal seeds come to equal weights.

    python benchmarks/trainings_in_one_process.py [--count 20]

Each training is that of configs/digits_cnn.yaml on 300 samples. Printed are the resident
memory after each, and the growth from the fifth to the last: what the first ones load stays loaded.
"""

import argparse
import os
import tempfile
from pathlib import Path

import nettool

ROOT = Path(__file__).parents[1]
SPEC = ROOT / "configs" / "digits_cnn.yaml"
MIB = 1 << 20


def resident() -> float:
    """MiB of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MIB


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=20)
    count = parser.parse_args().count
    spec = nettool.load(SPEC, {"train.epochs": 1, "data.limit": 300})
    sizes: list[float] = []
    weights: list[list[bytes]] = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, count + 1):
            run = nettool.train(spec, runs_dir=folder, on_event=lambda _: None)
            weights.append([array.tobytes() for array in run.model().get_weights()])
            sizes.append(resident())
            print(f"{number:>3} {sizes[-1]:>8.0f} MiB", flush=True)
    settled = min(5, count)
    grown = sizes[-1] - sizes[settled - 1]
    print(f"grown by {grown:.0f} MiB from training {settled} to {count}")
    print(f"weights are {'equal' if all(each == weights[0] for each in weights) else 'DIFFERENT'}")


if __name__ == "__main__":
    main()
