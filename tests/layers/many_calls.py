"""Many more calls of each layer against Keras: prints every kind of difference with its shortest call.

python tests/layers/many_calls.py 1000 Dense Attention
"""

import argparse
import re
import sys
import time
import warnings
from collections import defaultdict

from layer_calls import WITH_RULE, distinct_calls
from test_rules_against_keras import difference


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", type=int, help="calls of each layer")
    parser.add_argument("layers", nargs="*", help="default: all that have a rule")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    return 1 if sum(differences(layer, asked.count) for layer in asked.layers or WITH_RULE) else 0


def differences(layer: str, count: int) -> int:
    """Print those of one layer, and say how many calls differ."""
    started = time.monotonic()
    kinds: dict[str, list[tuple[str, str]]] = defaultdict(list)
    tried = list(distinct_calls(layer, count))
    for shapes, options in tried:
        found = difference(layer, shapes, options)
        if found is not None:
            kinds[re.sub(r"\d+", "N", found)[:160]].append((f"{list(shapes)}, {options}", found))
    sys.stdout.write(
        f"{layer}: {len(tried)} calls, {sum(map(len, kinds.values()))} differ, {time.monotonic() - started:.0f} s\n"
    )
    for alike in kinds.values():
        call, found = min(alike, key=lambda each: len(each[0]))
        sys.stdout.write(f"  {len(alike)} such as {call}\n    {found[:1000]}\n")
    sys.stdout.flush()
    return sum(map(len, kinds.values()))


if __name__ == "__main__":
    sys.exit(main())
