"""Values drawn at random: the same ones for the same seed, whatever else in the source changes.

The names are those of Hypothesis's strategies. Its own draws depend on the source text around them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any


@dataclass(frozen=True)
class Values:
    """What may be drawn; `draw` takes one of it."""

    draw: Callable[[Random], Any]

    def map(self, change: Callable[[Any], Any]) -> "Values":
        """What is drawn, changed."""
        return Values(lambda random: change(self.draw(random)))

    def __or__(self, other: "Values") -> "Values":
        """Either of the two."""
        return one_of(self, other)


def just(value: Any) -> Values:
    """This value."""
    return Values(lambda random: value)


def sampled_from(values: Sequence[Any]) -> Values:
    """One of these."""
    return Values(lambda random: random.choice(values))


def mostly(*values: Any, seldom: Any = ()) -> Values:
    """One of the values; each of the seldom ones about once in twenty times."""
    weight = 20 // len(values) + 1
    return sampled_from([*(value for value in values for _ in range(weight)), *seldom])


def one_of(*values: Values) -> Values:
    """What one of these gives."""
    return Values(lambda random: random.choice(values).draw(random))


def booleans() -> Values:
    """True or False."""
    return sampled_from([True, False])


def integers(least: int, most: int) -> Values:
    """A whole number, both ends included."""
    return Values(lambda random: random.randint(least, most))


def floats(least: float, most: float) -> Values:
    """A number; every third time one of the ends."""
    ends = sampled_from([least, most])
    between = Values(lambda random: round(random.uniform(least, most), 3))
    return one_of(ends, between, between)


def tuples(*values: Values) -> Values:
    """One of each, in this order."""
    return Values(lambda random: tuple(each.draw(random) for each in values))


def lists(values: Values, fewest: int, most: int) -> Values:
    """So many of them."""
    return Values(lambda random: [values.draw(random) for _ in range(random.randint(fewest, most))])


def permutations(values: Sequence[Any]) -> Values:
    """These in any order."""
    return Values(lambda random: random.sample(values, len(values)))


def dictionaries(required: Mapping[str, Values], optional: Mapping[str, Values]) -> Values:
    """All that are required, and few, some or most of the others."""

    def draw(random: Random) -> dict[str, Any]:
        share = random.choice((0.1, 0.3, 0.6))
        chosen = {name: values for name, values in optional.items() if random.random() < share}
        return {name: values.draw(random) for name, values in {**required, **chosen}.items()}

    return Values(draw)
