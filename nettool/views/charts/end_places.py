"""Where words stand behind the ends of lines, so that none stands over another."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

_WORD_HEIGHT = 0.06
"""The height of a line of text, as a share of the panel's."""
_NEAR = 0.06
"""Ends that are so near across get in each other's way."""
_LOWEST, _HIGHEST = 0.02, 0.98


def places_at_ends(ends: Mapping[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """Places near these ends (shares of the panel across and up).

    Behind the ends that are furthest to the right nothing else stands: there words are moved apart. Among
    the lines that go on, only ends that stand alone get a place.
    """
    furthest = max((across for across, _ in ends.values()), default=0.0)
    last = sorted((each for each in ends if furthest - ends[each][0] < _NEAR), key=lambda each: ends[each][1])
    heights = _apart([ends[each][1] for each in last])
    places = {each: (ends[each][0], height) for each, height in zip(last, heights, strict=True)}
    return places | {each: ends[each] for each in _alone(ends) if each not in places}


def _alone(ends: Mapping[int, tuple[float, float]]) -> Iterator[int]:
    for each, (across, up) in ends.items():
        others = (place for other, place in ends.items() if other != each)
        if not any(abs(x - across) < _NEAR and abs(y - up) < _WORD_HEIGHT for x, y in others):
            yield each


def _apart(heights: Sequence[float]) -> list[float]:
    """Rising heights, a line apart at least, moved as little as it takes and kept within the panel."""
    placed = [min(max(height, _LOWEST), _HIGHEST) for height in heights]
    for _ in placed:
        for lower, upper in pairwise(range(len(placed))):
            overlap = _WORD_HEIGHT - (placed[upper] - placed[lower])
            if overlap > 0:
                placed[lower] -= overlap / 2
                placed[upper] += overlap / 2
        if placed:
            _shift_within(placed)
    return placed


def _shift_within(placed: list[float]) -> None:
    placed[0] = max(placed[0], _LOWEST)
    for lower, upper in pairwise(range(len(placed))):
        placed[upper] = max(placed[upper], placed[lower] + _WORD_HEIGHT)
    placed[-1] = min(placed[-1], _HIGHEST)
    for lower, upper in reversed(list(pairwise(range(len(placed))))):
        placed[lower] = min(placed[lower], placed[upper] - _WORD_HEIGHT)
