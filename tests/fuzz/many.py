"""Many made-up and damaged specs: prints what the checker makes of them, fails on a traceback or a slow case.

python tests/fuzz/many.py --cases 50000 --seed 1
"""

import argparse
import sys
import time
import traceback
from collections import Counter

from cases import case, told

LONGEST = 1.0
"""Seconds that a case may take."""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    counts = Counter[str]()
    slowest = (0.0, -1)
    for number in range(asked.cases):
        tried = case(number, asked.seed)
        begun = time.perf_counter()
        try:
            counts["refused" if told(tried).startswith("error[") else "accepted"] += 1
        except Exception:
            counts["tracebacks"] += 1
            sys.stdout.write(f"--- case {number}\n{traceback.format_exc()}")
        taken = time.perf_counter() - begun
        slowest = max(slowest, (taken, number))
        if taken > LONGEST:
            counts["too slow"] += 1
            sys.stdout.write(f"--- case {number}: {taken:.1f} s\n")
    sys.stdout.write(", ".join(f"{count:,} {what}" for what, count in sorted(counts.items())))
    sys.stdout.write(f"; the slowest is case {slowest[1]} with {slowest[0]:.2f} s\n")
    return 1 if counts["tracebacks"] or counts["too slow"] else 0


if __name__ == "__main__":
    sys.exit(main())
