"""Long names of many classes: short enough for their room, told apart, and none over another."""

import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import numpy as np
import pytest
from svg_tiles import SVG

from nettool.views.charts.class_names import short_names
from nettool.views.inspect.classified import Classified
from nettool.views.inspect.mistakes import draw_mistakes
from nettool.views.inspect.samples import draw_samples
from nettool.views.inspect.thumbnails import Thumbnail

NAMES = tuple(f'Genus species{number} subspecies "long" & of the highlands' for number in range(345))


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["cat", "dog"], ["cat", "dog"]),
        (["the red cat", "the blue cat"], ["the red …", "the blue…"]),
        (["a long name one", "a long name two"], ["…name one", "…name two"]),
        (["one and the 1", "one and the 2", "two and the 1"], ["one …he 1", "one …he 2", "two …he 1"]),
    ],
)
def test_names_are_cut_where_they_stay_apart(names: list[str], shown: list[str]) -> None:
    assert short_names(names, 9) == shown


def test_no_words_run_into_each_other() -> None:
    values = np.random.default_rng(0).dirichlet(np.full(345, 0.02), 12)
    right = np.arange(12) * 7 + 100
    some = Classified("y", NAMES, np.arange(12), right, values.argmax(axis=1), values, True)
    looks = [Thumbnail((np.zeros((8, 8, 1)),))] * 12
    for picture in (
        draw_samples(some, looks, "net", "twelve", ("svg",)),
        draw_mistakes(some, looks, "net", "twelve", ("svg",)),
    ):
        lines: dict[float, list[tuple[float, float]]] = {}
        for text in ElementTree.fromstring(picture["svg"]).iter(f"{SVG}text"):
            size = re.search(r"font-size: ([\d.]+)px", text.attrib["style"])
            assert size is not None
            # Letters of DejaVu Sans are at least 0.55 of their size wide, on average.
            width = 0.55 * float(size[1]) * len(text.text or "")
            x, y = float(text.attrib["x"]), float(text.attrib["y"])
            start = x - width if "text-anchor: end" in text.attrib["style"] else x
            lines.setdefault(round(y), []).append((start, start + width))
        for places in lines.values():
            assert all(end <= start + 0.5 for (_, end), (start, _) in pairwise(sorted(places)))
