"""Many damaged runs: prints what commands make of them, fails on a traceback, a hang, or a slow command.

python tests/fuzz/many_runs.py --commands 10000 --seed 1
"""

import argparse
import os
import sys
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from run_cases import HEAVY, LIGHT, cases, train_base


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--commands", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--heavy", type=float, default=0.2, help="the share of commands that need Keras")
    asked = parser.parse_args()
    heavy = round(asked.commands / 2 * asked.heavy)
    counts, slowest = Counter[str](), None
    with TemporaryDirectory() as folder:
        base, here = train_base(Path(folder, "base")), Path(folder, "here")
        here.mkdir()
        os.chdir(here)
        for commands, count in ((LIGHT, asked.commands // 2 - heavy), (HEAVY, heavy)):
            random = Random(f"{asked.seed} {len(commands)}")
            for case in cases(base, here, commands, random, count):
                counts["wrong" if case.wrong else f"exit code {case.code}"] += 1
                if case.wrong:
                    sys.stdout.write(f"--- {case}\n")
                    sys.stdout.flush()
                if slowest is None or case.seconds > slowest.seconds:
                    slowest = case
    sys.stdout.write(", ".join(f"{count:,} × {what}" for what, count in sorted(counts.items())))
    sys.stdout.write(f"\nthe slowest: {slowest}\n")
    return 1 if counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
