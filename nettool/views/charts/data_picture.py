"""The data of a spec as one picture: samples, their augmentation, the classes, the values, the lengths."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import numpy as np

from nettool.data.preview import Preview
from nettool.data.sources.source import PARTS, PartName
from nettool.views.charts.chart import ChartForm, blank_chart, chart_files
from nettool.views.charts.sample_grid import draw_grid, grid_inches, images_of
from nettool.views.charts.value_panels import draw_histograms, draw_lengths, histogram_inches
from nettool.views.style import INK, PAPER, TEST, TRAINING, VALIDATION
from nettool.views.terminal.preview_text import sample_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

WIDTH = 12.0
"""Inches; type is set for a picture that fills a slide."""

_TITLE_INCHES = 0.6
_CLASSES_INCHES = 2.9
_LENGTHS_INCHES = 2.6
_HEADING_INCHES = 0.6
_LINE_INCHES = 0.16
_TITLE_LETTERS = 110
_MARGIN = 0.01
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


@dataclass(frozen=True, slots=True)
class _Section:
    """A strip of the picture, so many inches high, and what draws it."""

    inches: float
    draw: Callable[["SubFigure"], None]


def draw_preview(preview: Preview, form: ChartForm) -> bytes:
    """The picture as a file's contents; equal previews give equal bytes."""
    sections = _sections(preview)
    counts = " · ".join(f"{name} {preview.counts[name]:,}" for name in PARTS if preview.counts[name])
    title = f"data of {preview.name}: {preview.source} ({counts})"
    height = _TITLE_INCHES + sum(section.inches for section in sections)
    with blank_chart(WIDTH, height, title) as chart:
        ratios = [section.inches for section in sections]
        strips = chart.subfigures(len(sections), 1, height_ratios=ratios, squeeze=False)
        for section, strip in zip(sections, strips[:, 0], strict=True):
            section.draw(strip)
        return chart_files(chart, (form,))[form]


def _sections(preview: Preview) -> list[_Section]:
    return [
        *_grids(preview),
        *_samples_in_words(preview),
        *(
            _Section(_CLASSES_INCHES, partial(draw_classes, preview=preview, labels=labels))
            for labels in rows_of_labels(preview)
        ),
        *(
            _Section(histogram_inches(preview, name), partial(draw_histograms, preview=preview, name=name))
            for name in preview.field_values
        ),
        *([_Section(_LENGTHS_INCHES, partial(draw_lengths, preview=preview))] if preview.lengths else []),
    ]


def _grids(preview: Preview) -> Iterator[_Section]:
    """The samples, and once more as they are augmented."""
    if not images_of(preview):
        return
    inches = grid_inches(preview)
    title = f"samples of {preview.part}, with their labels"
    yield _Section(inches, partial(draw_grid, preview=preview, samples=preview.samples, title=title))
    if preview.augmented:
        layers = ", ".join(each.partition(",")[0] for each in preview.augmentation)
        title = shorten(f"the same, augmented, anew in each epoch: {layers}", _TITLE_LETTERS)
        samples = {**preview.samples, **preview.augmented}
        yield _Section(inches, partial(draw_grid, preview=preview, samples=samples, title=title))


def _samples_in_words(preview: Preview) -> Iterator[_Section]:
    lines = sample_table(preview)
    if lines:
        inches = _HEADING_INCHES + _LINE_INCHES * len(lines)
        yield _Section(inches, partial(_write, lines=lines, title=f"samples of {preview.part}"))


def _write(strip: "SubFigure", lines: list[str], title: str) -> None:
    axes = strip.subplots()
    axes.set_axis_off()
    strip.suptitle(title, x=0.02, ha="left", fontsize=12)
    axes.text(
        _MARGIN,
        1,
        "\n".join(lines),
        transform=axes.transAxes,
        va="top",
        family="DejaVu Sans Mono",
        fontsize=9,
        color=INK,
        parse_math=False,
    )


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
