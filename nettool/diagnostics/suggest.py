"""Words of advice: the legal name nearest to what was written, names as a sentence, counts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sized
from functools import lru_cache
from itertools import islice

_SHORTEST_BEGINNING = 4
_LONGEST_NAME = 100
"""Letters: a longer text is no slip of the pen."""
_FEW = 300
"""Names that are all looked at."""
_SOME = 50
"""Of more names, so many that begin or end like what was written: even a thousand errors take no time."""
_MANY = 20_000
"""Of more names none is proposed."""
_LETTERS = 3
"""At the beginning or the end of a name, that a slip leaves alone."""


def nearest(written: str, legal: Iterable[str]) -> str | None:
    """The legal name that was most likely meant, or None when none is near.

    Near means at most a third of the letters changed, added, dropped or swapped with a neighbour; case,
    `_` and `-` count for nothing, so `maxpooling2d` finds `MaxPooling2D`. Of names equally near, the one with
    the nearest digits (`Conv4D` finds `Conv3D`), then the first. Failing that, the first name
    that begins with what was written (`kernel` finds `kernel_size`).
    """
    if len(written) > _LONGEST_NAME:
        return None
    folded, letters = _folded(written)
    names = tuple(legal)
    if len(names) > _MANY:
        return None
    if len(names) > _FEW:
        names = _alike(written, names)
    best: str | None = None
    # A name of one letter is like every other one, so at least one letter must stay.
    limit = min(max(1, min(len(folded), 12) // 3) + 1, len(folded))
    best_rank = (limit, 0)
    for name in names:
        candidate, others = _folded(name)
        # Each letter that the candidate lacks must be changed or dropped.
        if max(abs(len(candidate) - len(folded)), (letters & ~others).bit_count()) > best_rank[0]:
            continue
        rank = (_distance(folded, candidate, best_rank[0] + 1), _digit_gap(folded, candidate))
        if rank < best_rank:
            best, best_rank = name, rank
    if best is None and len(folded) >= _SHORTEST_BEGINNING:
        return next((name for name in names if _folded(name)[0].startswith(folded)), None)
    return best


def _alike(written: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The first names that begin or end as it does."""
    beginnings, ends = _by_letters(names)
    found = {*beginnings.get(written[:_LETTERS], ()), *ends.get(written[-_LETTERS:], ())}
    return tuple(names[place] for place in sorted(found)[:_SOME])


@lru_cache(maxsize=4)
def _by_letters(names: tuple[str, ...]) -> tuple[Mapping[str, list[int]], Mapping[str, list[int]]]:
    """The places of the first names of each beginning, and of each end."""
    beginnings: dict[str, list[int]] = defaultdict(list)
    ends: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for found in (beginnings[name[:_LETTERS]], ends[name[-_LETTERS:]]):
            if len(found) < _SOME:
                found.append(place)
    return beginnings, ends


def did_you_mean(written: str, legal: Iterable[str]) -> str | None:
    """A help text that proposes the nearest legal name, if one is near."""
    name = nearest(written, legal)
    return None if name is None or name == written else f"did you mean `{name}`?"


def listing(names: Iterable[str], at_most: int = 12) -> str:
    """Names as a sentence shows them: `a`, `b`, `c` and 7 more."""
    known = names if isinstance(names, Sized) else list(names)
    rest = len(known) - at_most
    shown = ", ".join(f"`{name}`" for name in islice(known, at_most if rest > 1 else None))
    return f"{shown} and {rest} more" if rest > 1 else shown


def counted(count: int, word: str) -> str:
    """A count with its word: `1 input`, `2 inputs`, `3 classes`."""
    return f"{count} {word}" + ("" if count == 1 else "es" if word.endswith("s") else "s")


@lru_cache(maxsize=20_000)
def _folded(name: str) -> tuple[str, int]:
    """A name without what counts for nothing, and the set of its letters as the bits of a number."""
    folded = name.lower().replace("_", "").replace("-", "")
    letters = 0
    for letter in folded:
        letters |= 1 << (ord(letter) % 64)
    return folded, letters


def _digit_gap(left: str, right: str) -> int:
    digits = zip(re.findall(r"\d", left), re.findall(r"\d", right), strict=False)
    return sum(abs(int(one) - int(other)) for one, other in digits)


def _distance(left: str, right: str, limit: int) -> int:
    """Optimal string alignment distance; any value of `limit` or more means too far."""
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        current = [i]
        for j, other in enumerate(right, 1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) >= limit:
            return limit
        before, previous = previous, current
    return previous[-1]
