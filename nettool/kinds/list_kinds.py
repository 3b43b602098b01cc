"""Kinds made of other kinds: null allowed, either of several, lists and the sizes of windows and margins."""

from dataclasses import dataclass

from nettool.kinds.fault import Fault, value_text
from nettool.kinds.kind import Kind, Whole, is_whole


@dataclass(frozen=True, slots=True)
class Optional(Kind):
    """Null, or a value of the kind."""

    kind: Kind

    @property
    def description(self) -> str:
        """The kind, or null."""
        return f"{self.kind.description}, or null"

    @property
    def choices(self) -> tuple[str, ...]:
        """The kind's."""
        return self.kind.choices

    def accepts(self, value: object) -> bool:
        """Whether it is null or of the kind."""
        return value is None or self.kind.accepts(value)

    def fault(self, value: object) -> Fault | None:
        """The kind's own words, which need not mention null."""
        return None if value is None else self.kind.fault(value)

    def typed(self, value: object) -> object:
        """The kind's; null stays."""
        return None if value is None else self.kind.typed(value)


@dataclass(frozen=True, slots=True)
class Either(Kind):
    """A value of one of several kinds."""

    kinds: tuple[Kind, ...]

    @property
    def description(self) -> str:
        """All of them."""
        return " or ".join(kind.description for kind in self.kinds)

    @property
    def choices(self) -> tuple[str, ...]:
        """The names that any of them takes."""
        return tuple(name for kind in self.kinds for name in kind.choices)

    def accepts(self, value: object) -> bool:
        """Whether any of them accepts it."""
        return any(kind.accepts(value) for kind in self.kinds)

    def fault(self, value: object) -> Fault | None:
        """The mapping kind's words for a mapping, since they say more; otherwise what would be right."""
        if self.accepts(value):
            return None
        if isinstance(value, dict):
            return self.kinds[-1].fault(value)
        return super(Either, self).fault(value)

    def typed(self, value: object) -> object:
        """That of the first kind that accepts it."""
        return next((each for each in self.kinds if each.accepts(value)), self.kinds[0]).typed(value)


@dataclass(frozen=True, slots=True)
class ListOf(Kind):
    """A list of values of one kind: `count` of them, or at least `fewest`."""

    kind: Kind
    what: str
    count: int | None = None
    fewest: int = 0

    @property
    def description(self) -> str:
        """The list and its length."""
        if self.count is not None:
            return f"a list of {self.count} {self.what}"
        return f"a list of {self.what}"

    def accepts(self, value: object) -> bool:
        """Whether it is such a list."""
        if not isinstance(value, list) or len(value) < self.fewest:
            return False
        return (self.count is None or len(value) == self.count) and all(map(self.kind.accepts, value))

    def fault(self, value: object) -> Fault | None:
        """What is wrong with the first wrong item of a list that is long enough; otherwise with the whole."""
        fault = super(ListOf, self).fault(value)
        if fault is None or not isinstance(value, list) or len(value) < self.fewest:
            return fault
        if self.count is not None and len(value) != self.count:
            return fault
        faults = ((position, self.kind.fault(item)) for position, item in enumerate(value))
        return next((inner.inside(step, "has an item that") for step, inner in faults if inner), fault)

    def typed(self, value: object) -> object:
        """The items as those of their kind."""
        return [self.kind.typed(item) for item in value] if isinstance(value, list | tuple) else value


@dataclass(frozen=True, slots=True)
class Sizes(Kind):
    """A whole number for all spatial axes, or a list with one for each of `rank` axes."""

    rank: int
    lowest: int = 1

    @property
    def description(self) -> str:
        """The number, or the list."""
        one = Whole(self.lowest).description
        return f"{one} or a list of {self.rank} of them"

    def accepts(self, value: object) -> bool:
        """Whether it is a number or a list of them, one for each axis."""
        number = Whole(self.lowest)
        if isinstance(value, list):
            return len(value) == self.rank and all(map(number.accepts, value))
        return number.accepts(value)


class ImageSize(Kind):
    """Height and width in pixels, or one number for both. Typed, it is a tuple of the two."""

    @property
    def description(self) -> str:
        """The list."""
        return "height and width, such as [32, 32]"

    def accepts(self, value: object) -> bool:
        """Whether it is one or two positive whole numbers."""
        return Sizes(2).accepts(value)

    def typed(self, value: object) -> object:
        """Height and width."""
        return tuple(value) if isinstance(value, list) else (value, value)

    def plain(self, typed: object) -> object:
        """The list of them."""
        return list(typed) if isinstance(typed, tuple) else typed


@dataclass(frozen=True, slots=True)
class Margins(Kind):
    """What is added to or cut from the two ends of each of `rank` spatial axes.

    A whole number for all ends, or a list with an entry for each axis: a whole number for both of its ends
    or a list of two (with one axis: the list of two itself).
    """

    rank: int

    @property
    def description(self) -> str:
        """The forms."""
        if self.rank == 1:
            return "a whole number of at least 0 or a list of two of them (start, end)"
        return (
            f"a whole number of at least 0, a list of {self.rank} of them, "
            f"or a list of {self.rank} pairs [start, end]"
        )

    def accepts(self, value: object) -> bool:
        """Whether it is one of the forms."""
        if self.rank == 1:
            return Sizes(2, lowest=0).accepts(value)
        if isinstance(value, list):
            return len(value) == self.rank and all(map(Sizes(2, lowest=0).accepts, value))
        return Whole(0).accepts(value)


class Shape(Kind):
    """The lengths of axes, null standing for any length; the batch axis is left out. Typed, it is a tuple."""

    @property
    def description(self) -> str:
        """The list."""
        return "a list of lengths such as [28, 28, 1] (null: any length), the batch left out"

    def accepts(self, value: object) -> bool:
        """Whether it is such a list."""
        return isinstance(value, list) and all(map(_LENGTH.accepts, value))

    def fault(self, value: object) -> Fault | None:
        """What is wrong with the first wrong length of a list."""
        if not isinstance(value, list):
            return super().fault(value)
        for place, length in enumerate(value):
            if not _LENGTH.accepts(length):
                words = "must be made of positive whole numbers (null: any length)"
                return Fault(f"{words}, not {value_text(length)}", (place,))
        return None

    def typed(self, value: object) -> object:
        """The lengths."""
        return tuple(value) if isinstance(value, list) else value

    def plain(self, typed: object) -> object:
        """The list of them."""
        return list(typed) if isinstance(typed, tuple) else typed


_LENGTH = Optional(Whole(1))


class TargetShape(Kind):
    """A shape without the batch axis, in which one length may be -1: whatever is left."""

    @property
    def description(self) -> str:
        """The list."""
        return "a list of positive whole numbers (one may be -1: whatever is left)"

    def accepts(self, value: object) -> bool:
        """Whether it is such a list."""
        if not isinstance(value, list) or not all(map(is_whole, value)):
            return False
        return all(length > 0 or length == -1 for length in value) and value.count(-1) <= 1


class Permutation(Kind):
    """The axes 1, 2, 3 ... in another order."""

    @property
    def description(self) -> str:
        """The list."""
        return "a list of the axes in their new order, counted from 1, such as [2, 1]"

    def accepts(self, value: object) -> bool:
        """Whether every axis from 1 on is there once."""
        if not isinstance(value, list) or not value or not all(map(is_whole, value)):
            return False
        return sorted(value) == list(range(1, len(value) + 1))
