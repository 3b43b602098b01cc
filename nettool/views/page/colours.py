"""The colours of pages, each by a name, as they are on white and as they are in the dark."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nettool.views.style import (
    CLUSTER_FILLS,
    FAMILIES,
    INK,
    LOSS,
    PAPER,
    QUIET_INK,
    RULE,
    RUN_LOOKS,
    TEST,
    TRAINING,
    VALIDATION,
)


@dataclass(frozen=True, slots=True)
class PageColour:
    """A CSS variable: `light` is also the colour whose place it takes in a picture."""

    name: str
    light: str
    dark: str


DARK_PAPER = "#14181f"
_DARK_INK = "#e6e9ef"
_DARK_FILL_SHARE, _DARK_EDGE_SHARE = 0.34, 0.6
_DARK_CLUSTERS = ("#1b2029", "#232934", "#2b323f")


def _mixed(colour: str, share: float, other: str) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(share * one + (1 - share) * two):02x}" for one, two in pairs)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))


BASE = (
    PageColour("ink", INK, _DARK_INK),
    PageColour("quiet", QUIET_INK, "#a3acb9"),
    PageColour("rule", RULE, "#3b4452"),
    PageColour("paper", PAPER, DARK_PAPER),
)
RUNS = tuple(
    PageColour(f"run{number}", look.colour, look.on_dark) for number, look in enumerate(RUN_LOOKS, 1)
)
CURVES = (
    PageColour("training", TRAINING, "#4fb3e8"),
    PageColour("validation", VALIDATION, "#ff9142"),
    PageColour("good", TEST, "#35c99c"),
    PageColour("bad", "#b3261e", "#ff8a80"),
)
DIAGRAM = (
    *(
        PageColour(f"{name}-fill", family.fill, _mixed(family.edge, _DARK_FILL_SHARE, DARK_PAPER))
        for name, family in FAMILIES.items()
        if family.fill != PAPER
    ),
    *(
        PageColour(f"{name}-edge", family.edge, _mixed(family.edge, _DARK_EDGE_SHARE, PAPER))
        for name, family in FAMILIES.items()
        if family.edge != INK
    ),
    PageColour("loss-fill", LOSS.fill, _mixed(LOSS.edge, _DARK_FILL_SHARE, DARK_PAPER)),
    PageColour("loss-edge", LOSS.edge, _mixed(LOSS.edge, _DARK_EDGE_SHARE, PAPER)),
    *(
        PageColour(f"frame{depth}", light, dark)
        for depth, (light, dark) in enumerate(zip(CLUSTER_FILLS, _DARK_CLUSTERS, strict=True), 1)
    ),
)
"""Of the drawings of networks: dark fills that light text reads well on, with lighter edges."""


def places_taken(colours: Iterable[PageColour]) -> Mapping[str, str]:
    """The names by the colours whose places they take in pictures."""
    return {colour.light: colour.name for colour in colours}
