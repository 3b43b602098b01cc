"""All mutants of all gallery files: prints what the checker makes of them, and fails where it does badly.

python tests/mutation/all_mutants.py [--share 1/2]
"""

import argparse
import sys
import time
from collections import Counter
from fractions import Fraction
from pathlib import Path

from mutants import complaint, mutants, resolved_spec

CONFIGS = Path(__file__).parents[2] / "configs"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--share", type=Fraction, default=Fraction(1), help="part of the mutants to try")
    step = round(1 / parser.parse_args().share)
    tried, wrong = 0, Counter[str]()
    slowest = (0.0, "")
    started = time.perf_counter()
    for path in sorted(CONFIGS.glob("*.yaml")):
        text, resolved = resolved_spec(path)
        for mutant in list(mutants(text))[::step]:
            begun = time.perf_counter()
            problem = complaint(mutant, path, resolved)
            slowest = max(slowest, (time.perf_counter() - begun, f"{path.name}: {mutant}"))
            tried += 1
            if problem is not None:
                wrong[problem.split(":")[0]] += 1
                sys.stdout.write(f"{path.name}: {mutant}: {problem}\n")
    sys.stdout.write(f"{tried} mutants in {time.perf_counter() - started:.0f} s, {wrong.total()} badly met\n")
    sys.stdout.write(f"slowest: {slowest[0]:.2f} s, {slowest[1]}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
