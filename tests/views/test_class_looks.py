"""Colours of classes: told apart on paper and on dark pages, also by those who see no red or no green."""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from nettool.views.page.colours import DARK_PAPER
from nettool.views.style import CLASS_COLOURS, MOST_LOOKS, PAPER, class_look

# Machado, Oliveira and Fernandes 2009, severity 1: linear RGB as it is seen.
SEEN_AS = {
    "all colours": np.eye(3),
    "no green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
}
TO_XYZ = np.array([[0.4125, 0.3576, 0.1804], [0.2127, 0.7152, 0.0722], [0.0193, 0.1192, 0.9503]])


def lab(colour: str, seen_as: NDArray[np.float64], opaque: float = 1.0) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of a colour through which a part of the white paper is seen."""
    light = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]) * opaque + 1 - opaque
    linear = np.where(light > 0.04045, ((light + 0.055) / 1.055) ** 2.4, light / 12.92)
    xyz = TO_XYZ @ np.clip(seen_as @ linear, 0, 1) / (0.95047, 1, 1.08883)
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """CIEDE2000 (Sharma, Wu and Dalal 2005): 1 is just seen side by side."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    more = 1.5 - 0.5 * np.sqrt(mean**7 / (mean**7 + 25**7))
    chroma1, chroma2 = np.hypot(more * a1, b1), np.hypot(more * a2, b2)
    hue1, hue2 = np.degrees(np.arctan2(b1, more * a1)) % 360, np.degrees(np.arctan2(b2, more * a2)) % 360
    turn = (hue2 - hue1 + 180) % 360 - 180 if chroma1 * chroma2 else 0.0
    hue = (hue1 + turn / 2) % 360 if chroma1 * chroma2 else hue1 + hue2
    lightness, chroma = (l1 + l2) / 2, (chroma1 + chroma2) / 2
    waves = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.2, 4, -63))
    by_hue = 1 + sum(height * np.cos(np.radians(times * hue + by)) for height, times, by in waves)
    weights = (
        1 + 0.015 * (lightness - 50) ** 2 / np.sqrt(20 + (lightness - 50) ** 2),
        1 + 0.045 * chroma,
        1 + 0.015 * chroma * by_hue,
    )
    turned = 2 * np.sqrt(chroma1 * chroma2) * np.sin(np.radians(turn / 2))
    of_l, of_c, of_h = np.array([l2 - l1, chroma2 - chroma1, turned]) / weights
    blue = -2 * np.sqrt(chroma**7 / (chroma**7 + 25**7))
    blue *= np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    return float(np.sqrt(of_l**2 + of_c**2 + of_h**2 + blue * of_c * of_h))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (61, -5, 29), 22.8977),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_the_measure_is_that_of_its_published_table(
    one: tuple[float, float, float], other: tuple[float, float, float], expected: float
) -> None:
    assert difference(one, other) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    ("seen_as", "opaque", "first", "least"),
    [
        ("all colours", 1.0, 20, 19),
        ("all colours", 1.0, 10, 20),
        # Points let a fifth of the paper through.
        ("all colours", 0.8, 20, 14),
        ("no green", 1.0, 20, 10),
        ("no red", 1.0, 20, 10),
        ("no green", 1.0, 10, 11),
        ("no red", 1.0, 10, 11),
    ],
)
def test_colours_of_classes_are_told_apart(seen_as: str, opaque: float, first: int, least: float) -> None:
    colours = [lab(colour, SEEN_AS[seen_as], opaque) for colour in CLASS_COLOURS[:first]]
    assert min(difference(one, other) for one, other in combinations(colours, 2)) > least


@pytest.mark.parametrize("ground", [PAPER, DARK_PAPER])
def test_every_colour_is_seen_on_paper_and_in_the_dark(ground: str) -> None:
    whole = SEEN_AS["all colours"]
    assert min(difference(lab(colour, whole), lab(ground, whole)) for colour in CLASS_COLOURS) > 18


def test_no_two_classes_look_the_same() -> None:
    assert MOST_LOOKS >= 160
    assert len({class_look(number) for number in range(MOST_LOOKS)}) == MOST_LOOKS
    assert len({class_look(number)[0] for number in range(20)}) == 20
