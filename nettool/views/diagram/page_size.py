"""What can be read on one page or one slide: how large the smallest letters of a drawing come out there."""

from collections.abc import Mapping
from dataclasses import dataclass

from nettool.views.diagram.drawn import Slide

SMALLEST_LETTERS = 9.0
"""Points, of shapes and other small print on the nodes, in a drawing of full size."""
_ROOM_OF_A_NODE = 10_000
"""Square points that a node takes up with the gaps around it, about."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """The room on a page in points (1/72 inch), and the smallest letters that are read on it.

    A page that `turns` may lie on its side.
    """

    name: str
    width: float
    height: float
    smallest: float
    turns: bool = False

    def letters(self, width: float, height: float) -> float:
        """The smallest letters, in points, of a drawing of this size that is scaled to fill the page."""
        scale = min(self.width / width, self.height / height)
        if self.turns:
            scale = max(scale, min(self.height / width, self.width / height))
        return SMALLEST_LETTERS * scale

    def holds(self, width: float, height: float) -> bool:
        """Whether a drawing of this size can be read on the page."""
        return self.letters(width, height) >= self.smallest

    @property
    def most_nodes(self) -> int:
        """No more than so many can be read on it."""
        return round(self.width * self.height * (SMALLEST_LETTERS / self.smallest) ** 2 / _ROOM_OF_A_NODE)


A4 = PageSize("page", 539, 785, 6, turns=True)
"""A4 with margins of 10 mm. Publishers ask for letters of 6 points or more in printed figures."""
SLIDES: Mapping[Slide, PageSize] = {
    "16:9": PageSize("slide", 960, 540, 7.5),
    "4:3": PageSize("slide", 960, 720, 7.5),
}
"""The usual sizes of slides. Names on nodes have 9 points or more there: 60 lines of them fill the height."""
