"""A drawing as data: faces, lines and texts, in points from the upper left corner."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Anchor = Literal["start", "middle"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle along the axes."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Bounds") -> bool:
        """Whether the two have an area in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Face:
    """A filled polygon with an outline."""

    points: tuple[Point, ...]
    fill: str
    edge: str
    dashed: bool = False
    thick: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points, with an arrow at its end if it is one."""

    points: tuple[Point, ...]
    colour: str
    arrow: bool = False


@dataclass(frozen=True, slots=True)
class Circle:
    """The sign of a merge stands in one; a dot without a sign is where edges come together."""

    centre: Point
    radius: float
    fill: str
    edge: str


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text: `place` is the left end or the middle of its baseline."""

    text: str
    place: Point
    width: float
    size: float
    colour: str
    bold: bool = False
    anchor: Anchor = "middle"

    @property
    def bounds(self) -> Bounds:
        """The letters, from the top of a capital to the bottom of a `g`."""
        left = self.place[0] - (self.width / 2 if self.anchor == "middle" else 0)
        return Bounds(
            left, self.place[1] - 0.76 * self.size, left + self.width, self.place[1] + 0.24 * self.size
        )


Mark = Face | Line | Circle | Text


@dataclass(frozen=True, slots=True)
class Thing:
    """Marks that belong together, such as a box and its texts; `words` say what it is."""

    kind: Literal["node", "edge", "caption"]
    words: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture, in the order in which it is painted."""

    width: float
    height: float
    things: tuple[Thing, ...]

    @property
    def marks(self) -> Iterator[Mark]:
        """All of them."""
        for thing in self.things:
            yield from thing.marks
