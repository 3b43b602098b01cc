"""The balance of the classes: the share of each class in each part, as bars side by side."""

from typing import TYPE_CHECKING, Any

import numpy as np

from nettool.data.preview import Preview
from nettool.data.sources.source import PartName
from nettool.views.style import PAPER, TEST, TRAINING, VALIDATION

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

_CLASSES_IN_A_ROW = 30
_CLASSES_WITH_NAMES = 120
_NARROW = 12
_PARTS_WIDTH = 0.8

_LOOKS: dict[PartName, dict[str, Any]] = {
    "train": {"facecolor": TRAINING, "edgecolor": TRAINING},
    "validation": {"facecolor": VALIDATION, "edgecolor": PAPER, "hatch": "////"},
    "test": {"facecolor": PAPER, "edgecolor": TEST},
}
"""Full, hatched and hollow: told apart without their colours too."""


def rows_of_labels(preview: Preview) -> list[tuple[str, ...]]:
    """The labels, as many in a row as have room."""
    rows: list[tuple[str, ...]] = []
    room = 0
    for field in preview.fields:
        if field.name in preview.balance:
            wanted = max(len(field.classes), _NARROW)
            if wanted <= room:
                rows[-1] += (field.name,)
                room -= wanted
            else:
                rows.append((field.name,))
                room = _CLASSES_IN_A_ROW - wanted
    return rows


def draw_classes(strip: "SubFigure", preview: Preview, labels: tuple[str, ...]) -> None:
    """A panel for each of these labels, beside each other."""
    classes = {field.name: field.classes for field in preview.fields}
    widths = [max(len(classes[name]), _NARROW) for name in labels]
    panels = strip.subplots(1, len(labels), width_ratios=widths, squeeze=False)[0]
    for panel, name in zip(panels, labels, strict=True):
        parts = preview.balance[name]
        bar = _PARTS_WIDTH / len(parts)
        places = np.arange(len(classes[name]))
        thin = 0.3 if len(places) > _CLASSES_IN_A_ROW else 0.8
        for number, (part, counts) in enumerate(parts.items()):
            shares = np.array(counts) / max(sum(counts), 1)
            offset = (number - (len(parts) - 1) / 2) * bar
            panel.bar(places + offset, shares, bar * 0.9, label=part, linewidth=thin, **_LOOKS[part])
        _name_classes(panel, classes[name])
        panel.set_title(f"{name}: share of each class" if len(labels) == 1 else name, parse_math=False)
        panel.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.4g}%")
    panels[0].set_ylabel("share of the set")
    panels[-1].legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=3, frameon=False, borderpad=0)


def _name_classes(panel: "Axes", names: tuple[str, ...]) -> None:
    count = len(names)
    panel.set_xlim(-0.6, count - 0.4)
    if count > _CLASSES_WITH_NAMES:
        panel.set_xlabel("class number")
        return
    upright = sum(map(len, names)) > 90 or count > _CLASSES_IN_A_ROW
    size = 9 if count <= _CLASSES_IN_A_ROW else max(5.0, 9 * _CLASSES_IN_A_ROW / count * 2)
    panel.set_xticks(range(count), names, rotation=90 if upright else 0, fontsize=size, parse_math=False)
