"""One panel of curves, to be looked into: at every epoch the values can be read off by hovering.

All that moves is done by report.js; without it each epoch shows its values as the browser shows titles.
"""

import json
from collections.abc import Sequence
from html import escape
from math import isfinite

from nettool.views.charts.curves import best_row
from nettool.views.main_metrics import is_loss
from nettool.views.report.plot_area import (
    HEIGHT,
    WIDTH,
    Line,
    Mark,
    drawn,
    place_across,
    place_down,
    value_text,
)
from nettool.views.report.scale import scale_of
from nettool.vocabulary.metric_directions import Direction


def panel(
    name: str,
    lines: tuple[Line, ...],
    epochs: Sequence[float],
    marks: Sequence[Mark],
    direction: Direction | None = None,
) -> str:
    """The lines as a figure of a page. `epochs` count from 1; each line has a value for each.

    `direction` says whether less or more is better; the best is told in words where it is known.

    What is written above the picture are the values at the best epoch, until a reader hovers elsewhere.
    """
    values = [value for line in lines for value in line.values]
    scale = scale_of(
        values,
        may_be_logarithmic=is_loss(name)
        or not any(line.kind in ("training", "validation") for line in lines),
    )
    across = [place_across(epoch, epochs) for epoch in epochs]
    seen = {
        "epochs": [int(epoch) for epoch in epochs],
        "x": [round(x, 2) for x in across],
        "lines": [
            {
                "kind": line.kind,
                "y": [place_down(value, scale) for value in line.values],
                "texts": [value_text(value, line) for value in line.values],
            }
            for line in lines
        ],
    }
    shown = name.replace("_", " ") + (" (logarithmic)" if scale.is_logarithmic else "")
    chosen = _first_shown(epochs, marks)
    return (
        f'<figure class="panel" data-panel="{escape(json.dumps(seen))}" data-shown="{chosen}">'
        f"<figcaption><strong>{escape(shown)}</strong> {_reading(lines, epochs, chosen)}</figcaption>"
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" tabindex="0" '
        f'aria-label="{escape(_in_words(name, lines, epochs, direction))}">'
        + "".join(drawn(lines, epochs, across, scale, marks))
        + "</svg></figure>"
    )


def _first_shown(epochs: Sequence[float], marks: Sequence[Mark]) -> int:
    best = next((mark.epoch for mark in marks if mark.word == "best"), epochs[-1])
    return next((place for place, epoch in enumerate(epochs) if epoch == best), len(epochs) - 1)


def _reading(lines: Sequence[Line], epochs: Sequence[float], place: int) -> str:
    told = "".join(
        f'<span class="{line.kind}">{line.kind if line.kind != "rate" else ""} '
        f"<b>{value_text(line.values[place], line)}</b></span>"
        for line in lines
    )
    return f'<span class="reading"><span>epoch <b>{epochs[place]:.0f}</b></span>{told}</span>'


def _in_words(name: str, lines: Sequence[Line], epochs: Sequence[float], direction: Direction | None) -> str:
    told = []
    for line in lines:
        best = best_row(line.values, direction)
        if best is not None:
            told.append(f"{line.kind} {value_text(line.values[best], line)} at best")
        elif any(map(isfinite, line.values)):
            told.append(f"{line.kind} {value_text(line.values[-1], line)} at the end")
        else:
            told.append(f"{line.kind} no finite value")
    return f"{name.replace('_', ' ')} over {len(epochs)} epochs: {', '.join(told)}"
