"""What is drawn of a feature map: its box in an oblique projection, the texts at it, the sign of a merge."""

from collections.abc import Iterator, Sequence

from nettool.layers.outcome import Shape, shape_text
from nettool.views.style import CLUSTER_FILLS, FAMILIES, INK, PAPER, QUIET_INK, FamilyColours
from nettool.views.volumes.box_size import BoxSize, box_size
from nettool.views.volumes.drawing import Circle, Face, Line, Mark, Text
from nettool.views.volumes.layout import LINE, Need, Place
from nettool.views.volumes.text_size import broken, shortened, text_width
from nettool.views.volumes.volume import Volume

LETTERS = 10.0
"""The size of all texts but the title, in points: nothing is smaller."""
_MOST_COPIES = 4
_MOST_LINES = 7
_LONGEST_NAME = 16
_CIRCLE, _DOT = 9.0, 2.5
_ONE_SIGN = 12.0
_CLOSED = FamilyColours(CLUSTER_FILLS[0], QUIET_INK)


def need_of(volume: Volume, scale: float) -> Need:
    """The room that a volume takes."""
    under = [text_width(text, LETTERS, bold=not number) for number, text in enumerate(_under(volume))]
    above = [text_width(text, LETTERS) for text in above_lines(volume)]
    return Need(
        box_size(volume.shape, scale),
        min(volume.count, _MOST_COPIES),
        len(under),
        max(under),
        len(above),
        max(above, default=0.0),
        _joint(volume),
    )


def above_lines(volume: Volume) -> tuple[str, ...]:
    """What leads to a volume, in short lines; the last says how often, where that is more than once."""
    lines = broken(", ".join(volume.steps))
    if len(lines) > _MOST_LINES:
        lines = (*lines[: _MOST_LINES - 1], "…")
    return (*lines, f"× {volume.count}") if volume.count > 1 else lines


def words(volume: Volume) -> str:
    """All about a volume in one line."""
    steps = ", ".join(volume.steps) or volume.sign or "input"
    times = f", {volume.count} times in a row" if volume.count > 1 else ""
    return f"{volume.name}: {steps}{times}, {shape_text(volume.shape)}"


def size_text(shape: Shape | None) -> str:
    """A shape as on boxes: `28×28×32`, `128` for a vector, `?` for what is not known."""
    if shape is None:
        return "?"
    return "×".join("?" if length is None else str(length) for length in shape) or "1 number"


def marks_of(volume: Volume, need: Need, place: Place) -> Iterator[Mark]:
    """The box with its texts, from the back to the front."""
    colours = _CLOSED if volume.closed else FAMILIES[volume.family]
    thick = volume.is_output or volume.family == "input"
    yield from _box(need, place, colours, thick=thick)
    centre = place.left + need.box_width / 2
    for number, text in enumerate(_under(volume)):
        bold = number == 0
        y = place.middle + need.half + LINE * (number + 1)
        width = text_width(text, LETTERS, bold=bold)
        yield Text(text, (centre, y), width, LETTERS, INK if bold else QUIET_INK, bold=bold)
    lines = above_lines(volume)
    for number, text in enumerate(lines):
        y = place.middle - 5 - LINE * (len(lines) - 1 - number)
        yield Text(text, (place.label, y), text_width(text, LETTERS), LETTERS, INK)
    if need.joint:
        yield from _joint_marks(volume, need, place)


def _joint(volume: Volume) -> float:
    if volume.sign is None:
        return _DOT if len(volume.inputs) > 1 else 0.0
    return max(_CIRCLE, text_width(volume.sign, LETTERS, bold=True) / 2 + 2)


def _joint_marks(volume: Volume, need: Need, place: Place) -> Iterator[Mark]:
    """Where edges come together, and the arrow from there to the box."""
    centre = (place.joint, place.middle)
    yield Line(((place.joint + need.joint, place.middle), (place.left, place.middle)), QUIET_INK, arrow=True)
    if volume.sign is None:
        yield Circle(centre, need.joint, QUIET_INK, QUIET_INK)
        return
    yield Circle(centre, need.joint, PAPER, INK)
    size = LETTERS if len(volume.sign) > 1 else _ONE_SIGN
    width = text_width(volume.sign, size, bold=True)
    yield Text(volume.sign, (place.joint, place.middle + 0.36 * size), width, size, INK, bold=True)


def _under(volume: Volume) -> Sequence[str]:
    lines = [size_text(volume.shape), shortened(volume.label, _LONGEST_NAME)]
    if volume.closed:
        lines[1] = f"▣ {lines[1]}"
    if volume.family == "input" or volume.is_output:
        lines.append("output" if volume.is_output else "input")
    if volume.owner is not None:
        lines += ["same weights as", shortened(volume.owner, _LONGEST_NAME)]
    return lines


def _box(need: Need, place: Place, colours: FamilyColours, *, thick: bool) -> Iterator[Face]:
    box: BoxSize = need.box
    slant, width = box.slant, box.width * need.copies
    left, right = place.left, place.left + width
    top, bottom = place.middle - need.half + slant, place.middle + need.half
    look = {"edge": colours.edge, "dashed": not box.is_sure, "thick": thick}
    side = ((right, top), (right + slant, top - slant), (right + slant, bottom - slant), (right, bottom))
    yield Face(side, fill=_shade(colours.fill, 0.86), **look)  # type: ignore[arg-type]
    for copy in range(need.copies):
        begin, end = left + copy * box.width, left + (copy + 1) * box.width
        lid = ((begin, top), (begin + slant, top - slant), (end + slant, top - slant), (end, top))
        front = ((begin, top), (end, top), (end, bottom), (begin, bottom))
        yield Face(lid, fill=_shade(colours.fill, 0.94), **look)  # type: ignore[arg-type]
        yield Face(front, fill=colours.fill, **look)  # type: ignore[arg-type]


def _shade(colour: str, part: float) -> str:
    """The colour with so much of its light."""
    return "#" + "".join(f"{round(int(colour[at : at + 2], 16) * part):02x}" for at in (1, 3, 5))
