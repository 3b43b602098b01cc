"""How stored values become those that a network takes: (value − shift) ÷ divisor."""

from dataclasses import dataclass

WIDE = frozenset({"float64", "int32", "int64", "uint32", "uint64"})
"""Types with values between which float32 has none: these are scaled in float64 before they are rounded."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A shift and a divisor: one number each for all values, or one for each channel (the last axis)."""

    shift: tuple[float, ...] = (0.0,)
    divisor: tuple[float, ...] = (1.0,)

    @property
    def changes_nothing(self) -> bool:
        """Whether values stay as they are stored."""
        return self == AS_STORED


AS_STORED = Scale()


def fraction_of(highest: float) -> Scale:
    """Values as fractions of the highest one."""
    return Scale(divisor=(highest,))
