"""How wide a text is in the font of all pictures, and how it is broken into lines."""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from nettool.views.diagram.draw_dot import matplotlib_fonts

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_MEASURED_AT = 100
_LONGEST_LINE = 14
"""Letters in a line of a step."""
_CAPITALS = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """In points, for letters of `size` points."""
    return float(_font(bold).getlength(text)) * size / _MEASURED_AT


@cache
def _font(bold: bool) -> "FreeTypeFont":
    from PIL import ImageFont

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(Path(matplotlib_fonts()[0], name), _MEASURED_AT)


def broken(text: str) -> tuple[str, ...]:
    """Steps in short lines: broken after commas, long ones at spaces, long names before capitals."""
    lines: list[str] = []
    for step in text.split(", "):
        begun = f"{lines.pop()}, " if lines else ""
        if len(begun + step) <= _LONGEST_LINE:
            lines.append(begun + step)
        else:
            lines += [begun.rstrip()] if begun else []
            lines += _filled(_pieces(step))
    return tuple(lines)


def _pieces(step: str) -> list[str]:
    """Words, and parts of those that are too long, each with the space before it."""
    if len(step) <= _LONGEST_LINE:
        return [step]
    pieces: list[str] = []
    for word in step.split(" "):
        parts = [word] if len(word) <= _LONGEST_LINE else _CAPITALS.split(word)
        space = " " if pieces else ""
        pieces += [space + parts[0], *parts[1:]]
    return pieces


def _filled(pieces: list[str]) -> list[str]:
    lines: list[str] = []
    for piece in pieces:
        if lines and len(lines[-1] + piece) <= _LONGEST_LINE:
            lines[-1] += piece
        else:
            lines.append(shortened(piece.lstrip(), 2 * _LONGEST_LINE))
    return lines


def shortened(text: str, longest: int) -> str:
    """A name without its middle where it is too long."""
    if len(text) <= longest:
        return text
    end = longest // 3
    return f"{text[: longest - 1 - end]}…{text[-end:]}"
