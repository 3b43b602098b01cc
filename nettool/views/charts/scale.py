"""From values to places on an axis, with marks at round numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, copysign, floor, inf, isclose, isfinite, log10

_STEPS = (1, 2, 5, 10)
_LOGARITHMIC_FROM = 100
"""The greatest over the smallest value from which on equal steps would hide what happens below."""
_LEAST, _MOST = 1e-120, 1e120
"""Sizes between which an axis can be computed: the quotient of two values is a number, too."""


@dataclass(frozen=True, slots=True)
class Scale:
    """`low` and `high` are values; a place is a share of the axis, from 0 to 1."""

    low: float
    high: float
    is_logarithmic: bool = False

    def place(self, value: float) -> float:
        """Where the value stands."""
        if self.is_logarithmic:
            return (log10(value) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return (_held(value) - self.low) / (self.high - self.low)

    def with_room(self, share: float) -> "Scale":
        """The axis longer by this share of it at either end."""
        if self.is_logarithmic:
            factor = (self.high / self.low) ** share
            return replace(self, low=self.low / factor, high=self.high * factor)
        room = share * (self.high - self.low)
        return replace(self, low=self.low - room, high=self.high + room)

    def marks(self, about: int) -> tuple[float, ...]:
        """Round values on the axis, about as many."""
        if self.is_logarithmic:
            powers = range(ceil(log10(self.low) - 1e-9), floor(log10(self.high) + 1e-9) + 1)
            every = max(1, ceil(len(powers) / about))
            if len(powers) > 1:
                return tuple(10.0**power for power in powers[::every])
        step = _round_step((self.high - self.low) / about)
        first = ceil(self.low / step - 1e-9)
        return tuple(number * step for number in range(first, floor(self.high / step + 1e-9) + 1))


def scale_of(values: Sequence[float], *, may_be_logarithmic: bool = False) -> Scale:
    """An axis with a little room around the finite values; of no values from 0 to 1."""
    finite = [_held(value) for value in values if isfinite(value)]
    if not finite:
        return Scale(0.0, 1.0)
    low, high = min(finite), max(finite)
    if may_be_logarithmic and low > 0 and high / low > _LOGARITHMIC_FROM:
        return Scale(low / 1.5, high * 1.5, is_logarithmic=True)
    if low == high:
        return Scale(min(0.0, 1.25 * low), max(0.0, 1.25 * low) or (0.0 if low else 1.0))
    room = 0.08 * (high - low)
    return Scale(low - room if low < 0 or low > room else 0.0, high + room)


def logarithmic_scale(values: Sequence[float]) -> Scale:
    """An axis of powers of ten with a little room around the values, which are all finite and above 0."""
    low, high = (min(max(value, _LEAST), _MOST) for value in (min(values), max(values)))
    room = (high / low) ** 0.08 if low < high else 2.0
    return Scale(low / room, high * room, is_logarithmic=True)


def _held(value: float) -> float:
    """The value, or the nearest one that an axis can be computed with."""
    if abs(value) < _LEAST:
        return 0.0
    return copysign(_MOST, value) if _MOST < abs(value) < inf else value


def mark_text(value: float) -> str:
    """A mark as short as it can be said exactly, or nearly."""
    if value == int(value) and 10_000 <= abs(value) < 10_000_000:
        return f"{value:,.0f}"
    texts = (f"{value:.{digits}g}" for digits in range(1, 8))
    return next((text for text in texts if isclose(float(text), value, rel_tol=1e-6)), f"{value:.7g}")


def _round_step(least: float) -> float:
    power = 10.0 ** floor(log10(least))
    return next(step * power for step in _STEPS if step * power >= least * 0.999)
