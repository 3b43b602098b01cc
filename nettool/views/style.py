"""The one visual language of all pictures: colours, type, line widths.

Hues start from Okabe and Ito's colour-blind-safe set (jfly.uni-koeln.de/color). No picture says anything by
colour alone: a node names its layer, a curve its name, a cell its count.
"""

from collections.abc import Mapping
from dataclasses import dataclass

FONT = "DejaVu Sans"
FONT_STACK = ("DejaVu Sans", "Verdana", "sans-serif")
"""DejaVu Sans comes with matplotlib, so it is on every machine that can draw; Verdana has its widths."""

INK = "#1b2330"
QUIET_INK = "#5b6472"
RULE = "#c9ced6"
PAPER = "#ffffff"

TRAINING = "#0072b2"
VALIDATION = "#d55e00"
TEST = "#009e73"
SEQUENTIAL = "Blues"
DIVERGING = "RdBu_r"
"""Blue below zero, white at it, red above: told apart with every kind of colour blindness."""


@dataclass(frozen=True, slots=True)
class RunLook:
    """How one of several runs is drawn: its colour on white and on black, its dashes and its marks."""

    colour: str
    on_dark: str
    dashes: tuple[float, ...]
    mark: str


RUN_LOOKS = (
    RunLook("#0072b2", "#4fb3e8", (), "o"),
    RunLook("#d55e00", "#ff9142", (5, 1.6), "s"),
    RunLook("#008763", "#35c99c", (1.2, 1.2), "^"),
    RunLook("#a8407c", "#e88bc0", (6, 1.6, 1.2, 1.6), "D"),
    RunLook("#8a6500", "#e6b422", (), "v"),
    RunLook("#1b2330", "#e6e9ef", (5, 1.6), "P"),
    RunLook("#6b3fc0", "#b394f0", (1.2, 1.2), "X"),
    RunLook("#5b6472", "#a3acb9", (6, 1.6, 1.2, 1.6), "*"),
)
"""As many as one picture holds: told apart by marks alone, and by colours alone; neighbours by dashes."""

CLASS_COLOURS = (
    *("#0072b2", "#d55e00", "#8f0030", "#20bfbf", "#dfaf10", "#30afef", "#0030cf", "#009f50", "#805000"),
    *("#df0080", "#800080", "#9f60ff", "#ff6060", "#307070", "#504050", "#8f809f", "#af9f8f", "#afdf80"),
    *("#ffbfbf", "#bfcfff"),
)
"""Found by a search for the largest least difference; strong colours first, pale ones last.

Of any two CIEDE2000 is at least 19, of the first ten 20; as deuteranopes and protanopes see them 10 and 11
(Machado et al. 2009). From white paper, and from the dark one of pages, each is 18 away.
"""
CLASS_MARKS = "os^DvPX*"
MOST_LOOKS = len(CLASS_COLOURS) * len(CLASS_MARKS)


def class_look(number: int) -> tuple[str, str]:
    """The colour and the mark of a class: no two of `MOST_LOOKS` share both, no two of 20 the colour."""
    colours, marks = len(CLASS_COLOURS), len(CLASS_MARKS)
    return CLASS_COLOURS[number % colours], CLASS_MARKS[(number + number // colours) % marks]


CLUSTER_FILLS = ("#f4f6f9", "#e9edf3", "#dfe5ee")
"""Behind a block, behind a block in a block, and deeper."""


@dataclass(frozen=True, slots=True)
class FamilyColours:
    """A light fill that dark text reads well on (at least 12 : 1), and a strong edge of the same hue."""

    fill: str
    edge: str


FAMILIES: Mapping[str, FamilyColours] = {
    "input": FamilyColours("#e6e9ef", "#4a5568"),
    "convolution": FamilyColours("#fde5cc", "#c15f00"),
    "pooling": FamilyColours("#fbf3c4", "#9a8200"),
    "dense": FamilyColours("#d9e9f7", "#0072b2"),
    "normalization": FamilyColours("#d5f0e8", "#008060"),
    "regularization": FamilyColours("#ededed", "#7a7a7a"),
    "activation": FamilyColours("#f8dfec", "#b04a85"),
    "embedding": FamilyColours("#e3f1d6", "#4f8a1c"),
    "recurrent": FamilyColours("#d8f1fb", "#2b8fbd"),
    "attention": FamilyColours("#e8dff8", "#6b3fc0"),
    "reshaping": FamilyColours("#f4f0e8", "#8c7a58"),
    "merging": FamilyColours("#ffffff", "#1b2330"),
    "preprocessing": FamilyColours("#efe4d8", "#8a5a2b"),
    "wrapper": FamilyColours("#e8e8f2", "#5a5a8a"),
    "other": FamilyColours("#f5f5f5", "#666666"),
}
"""In the order in which a legend lists them."""

LOSS = FamilyColours("#fff5f4", "#b01f24")
"""Of a loss, which is no layer."""
