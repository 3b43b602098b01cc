"""Many constructions: prints how many were made, refused in place, refused by the checker; fails on anything else.

python tests/fuzz/many_constructions.py --cases 5000 --seed 1
"""

import argparse
import sys
import traceback
from collections import Counter

from constructions import checked, construction, is_made_or_refused_in_place


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    counts = Counter[str]()
    for number in range(asked.cases):
        tried = construction(number, asked.seed)
        plan = checked(tried.text)
        if isinstance(plan, str):
            counts["refused by the checker"] += 1
            continue
        try:
            made = is_made_or_refused_in_place(tried, plan)
            counts["made" if made else f"refused in place: {tried.name}"] += 1
        except Exception:
            counts["tracebacks"] += 1
            sys.stdout.write(f"--- case {number}: {tried}\n{traceback.format_exc()}")
    sys.stdout.write("\n".join(f"{count:,} {what}" for what, count in counts.most_common()) + "\n")
    return 1 if counts["tracebacks"] else 0


if __name__ == "__main__":
    sys.exit(main())
