"""What values an option may take: the kind of a value, and what is wrong with one that is not of it."""

import math
import re
from dataclasses import dataclass
from typing import TypeGuard

from nettool.kinds.fault import Fault, value_text

LARGEST = 2**63 - 1
"""Whole numbers beyond it fit into no number of Keras's."""

LONGEST_NAME = 1_000
"""Letters of a name, an address of one inside blocks included."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A set of plain values (as YAML gives them) that can say of any value what is wrong with it.

    A kind without fields of its own is no dataclass, since making one takes time at each start. It is equal
    to any other one of its class all the same.
    """

    @property
    def description(self) -> str:
        """What a value of this kind is, as a noun phrase: "a positive whole number"."""
        raise NotImplementedError

    @property
    def choices(self) -> tuple[str, ...]:
        """The legal names where values are names, for suggestions; otherwise empty."""
        return ()

    def accepts(self, value: object) -> bool:
        """Whether a value is of this kind."""
        raise NotImplementedError

    def fault(self, value: object) -> Fault | None:
        """None for a value of this kind; otherwise what is wrong, and with which part of it."""
        if self.accepts(value):
            return None
        return Fault(f"must be {self.description}, not {value_text(value)}", choices=self.choices)

    def problem(self, value: object) -> str | None:
        """None for a value of this kind; otherwise a phrase that completes "`units` ..."."""
        fault = self.fault(value)
        return None if fault is None else fault.message

    def typed(self, value: object) -> object:
        """A value of this kind as the rest of nettool uses it: a length of time in seconds."""
        return value

    def plain(self, typed: object) -> object:
        """A typed value as a spec writes it."""
        return typed


class Anything(Kind):
    """Any value: what Keras makes of it is left to Keras."""

    @property
    def description(self) -> str:
        """Anything."""
        return "anything"

    def accepts(self, value: object) -> bool:
        """Always."""
        return True


class Flag(Kind):
    """`true` or `false`."""

    @property
    def description(self) -> str:
        """The two values."""
        return "true or false"

    def accepts(self, value: object) -> bool:
        """Whether it is a bool."""
        return isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    """A whole number, at least `lowest` and at most `highest` if they are given; `true` is none."""

    lowest: int | None = None
    highest: int | None = None

    @property
    def description(self) -> str:
        """The number and its bounds."""
        if self.lowest is None:
            return "a whole number"
        if self.highest is not None:
            return f"a whole number from {self.lowest} to {self.highest:,}"
        return "a positive whole number" if self.lowest == 1 else f"a whole number of at least {self.lowest}"

    def accepts(self, value: object) -> bool:
        """Whether it is an int within the bounds."""
        if not is_whole(value) or abs(value) > LARGEST or (self.lowest is not None and value < self.lowest):
            return False
        return self.highest is None or value <= self.highest

    def fault(self, value: object) -> Fault | None:
        """A number that is too large for Keras is called so; all else as for any kind."""
        if is_whole(value) and abs(value) > LARGEST:
            return Fault(f"must be a whole number of at most 19 digits, not {value_text(value)}")
        return super(Whole, self).fault(value)


@dataclass(frozen=True, slots=True)
class Exactly(Kind):
    """One whole number that stands for something special."""

    number: int

    @property
    def description(self) -> str:
        """The number."""
        return str(self.number)

    def accepts(self, value: object) -> bool:
        """Whether it is that number."""
        return is_whole(value) and value == self.number


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A finite number, whole or not, between two bounds; `above` and `below` leave a bound itself out."""

    lowest: float = -math.inf
    highest: float = math.inf
    above: bool = False
    below: bool = False

    @property
    def description(self) -> str:
        """The number and its bounds."""
        if self.lowest == -math.inf:
            return "a number" if self.highest == math.inf else f"a number of at most {self.highest:g}"
        if self.highest < math.inf:
            lowest = f"{'above ' if self.above else 'from '}{self.lowest:g}"
            return f"a number {lowest} to {'below ' if self.below else ''}{self.highest:g}"
        if self.above:
            return "a positive number" if self.lowest == 0 else f"a number above {self.lowest:g}"
        return f"a number of at least {self.lowest:g}"

    def accepts(self, value: object) -> bool:
        """Whether it is an int or a float within the bounds."""
        if not is_number(value) or not self.lowest <= value <= self.highest:
            return False
        return not (self.above and value == self.lowest) and not (self.below and value == self.highest)

    def typed(self, value: object) -> object:
        """A whole number as a fraction."""
        return float(value) if is_whole(value) else value


class Text(Kind):
    """Any text."""

    @property
    def description(self) -> str:
        """Text."""
        return "a text"

    def accepts(self, value: object) -> bool:
        """Whether it is a string."""
        return isinstance(value, str)


@dataclass(frozen=True, slots=True)
class Name(Kind):
    """A text that names something, which `what` says."""

    what: str = "a name"

    @property
    def description(self) -> str:
        """What it names."""
        return self.what

    def accepts(self, value: object) -> bool:
        """Whether it is a text of some letters, not too many of them."""
        return isinstance(value, str) and 0 < len(value) <= LONGEST_NAME


class NamePart(Text):
    """A part of a layer's name. Keras takes it for a regular expression, which may fail or never end."""

    @property
    def description(self) -> str:
        """What it names, and of which signs."""
        return "a layer's name, or a part of it in letters, digits, `_`, `-`, `.` and `/`"

    def accepts(self, value: object) -> bool:
        """Whether it is made of signs that names are made of."""
        return isinstance(value, str) and re.fullmatch(r"[\w./-]+", value, re.ASCII) is not None


@dataclass(frozen=True, slots=True)
class Word(Kind):
    """One of a few words; `what` names them together where they are too many to list.

    `others` are other tools' words, each with the word that it stands for.
    """

    words: tuple[str, ...]
    what: str = ""
    others: tuple[tuple[str, str], ...] = ()

    @property
    def description(self) -> str:
        """The words, or what they are."""
        return self.what or "one of " + ", ".join(self.words)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words."""
        return self.words

    def accepts(self, value: object) -> bool:
        """Whether it is one of the words."""
        return isinstance(value, str) and value in self.words


def is_whole(value: object) -> TypeGuard[int]:
    """Whether a value is a whole number; `true` and 2.0 are none."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value is a finite number; `true` is none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
