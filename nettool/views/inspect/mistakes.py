"""The mistakes that a network is surest of: what it says, and what is right."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from nettool.views.charts.chart import ChartForm
from nettool.views.charts.class_names import short_names
from nettool.views.inspect.classified import Classified
from nettool.views.inspect.thumbnails import Thumbnail, draw_thumbnail, height_of
from nettool.views.inspect.tile_grid import (
    HEAD,
    MARGIN,
    Box,
    TextStyle,
    blank_grid,
    fitting,
    inches_of,
)
from nettool.views.predictions.number_text import percent, short
from nettool.views.style import QUIET_INK, TRAINING, VALIDATION

_THUMBNAIL = 1.3
_WORDS_HEIGHT = 0.82
_GAP = 0.18
_TEXT_SIZE = 9
_PROBABILITY_WIDTH = 0.5
_MOST_WIDTH = 2.3
_MOST_NAME_LETTERS = 18
_WIDTH = 11.9
_FOOT = 0.1
_LEAST_ACROSS = 4


def draw_mistakes(
    worst: Classified,
    thumbnails: Sequence[Thumbnail],
    title: str,
    subtitle: str = "",
    forms: Sequence[ChartForm] = ("svg", "png"),
) -> dict[ChartForm, bytes]:
    """A cell for each of the wrong ones, `thumbnails` in the order of its rows; as file contents by form.

    Below each stand the class that the network gives and the right one, each with the network's probability
    (or score) for it. Raises ValueError when there is no mistake to be drawn.
    """
    if not len(worst):
        raise ValueError("there are no mistakes to draw")
    worst = replace(worst, classes=tuple(short_names(worst.classes, _MOST_NAME_LETTERS)))
    several = any(len(each.images) > 1 for each in thumbnails)
    wide = _MOST_WIDTH if several else _words_width(worst.classes)
    high = height_of(thumbnails, wide if several else _THUMBNAIL, _THUMBNAIL)
    across = max(min(int(_WIDTH / (wide + _GAP)), len(worst)), _LEAST_ACROSS)
    down = ceil(len(worst) / across)
    named = {worst.classes[rank] for rank in (*worst.predicted.tolist(), *worst.true.tolist())}
    room = (wide - _PROBABILITY_WIDTH) / 1.1
    size = min(fitting(f"predicted {name}", room, _TEXT_SIZE) for name in named)
    width = 2 * MARGIN + across * (wide + _GAP)
    with blank_grid(width, HEAD + down * (high + _WORDS_HEIGHT) + _FOOT, title, subtitle) as grid:
        for row, thumbnail in enumerate(thumbnails):
            x = MARGIN + row % across * (wide + _GAP)
            y = HEAD + row // across * (high + _WORDS_HEIGHT)
            draw_thumbnail(
                grid,
                thumbnail,
                Box(x, y, wide if several else _THUMBNAIL, high),
                f"sample_{worst.numbers[row]}",
            )
            below = y + high
            for word, of, line, colour in (
                ("predicted", worst.predicted, 0.14, VALIDATION),
                ("true", worst.true, 0.34, TRAINING),
            ):
                rank = int(of[row])
                style = TextStyle(size=size, colour=colour, is_bold=True)
                grid.words(f"{word} {worst.classes[rank]}", x, below + line, style)
                certain = TextStyle(size=8, across="right", colour=QUIET_INK)
                grid.words(_certainty(worst, row, rank), x + wide, below + line, certain)
            grid.words(f"sample {worst.numbers[row]}", x, below + 0.53, TextStyle(size=7, colour=QUIET_INK))
        return grid.files(forms)


def _words_width(classes: Sequence[str]) -> float:
    """Of what stands below an image: names of classes need more room than digits."""
    longest = max((inches_of(f"predicted {name}", _TEXT_SIZE) for name in classes), default=0.0)
    return min(max(_THUMBNAIL, 1.1 * longest + _PROBABILITY_WIDTH), _MOST_WIDTH)


def _certainty(worst: Classified, row: int, rank: int) -> str:
    value = float(worst.values[row, rank])
    return percent(value) if worst.are_probabilities else short(value)
