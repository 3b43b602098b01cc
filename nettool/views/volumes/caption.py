"""What stands above and below the boxes: the title, the size of the network, what colours and signs mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nettool.layers.catalogue import merge_names
from nettool.views.diagram.diagram_text import merge_sign
from nettool.views.style import FAMILIES, INK, PAPER, QUIET_INK
from nettool.views.terminal.summary import count_text
from nettool.views.volumes.box_size import SCALE_WORDS
from nettool.views.volumes.drawing import Face, Mark, Text
from nettool.views.volumes.layout import LINE
from nettool.views.volumes.text_size import shortened, text_width
from nettool.views.volumes.volume import Volume

_TITLE = 16.0
_LETTERS = 10.0
_SQUARE = 9.0
_AIR = 16.0
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Caption:
    """The title and the line below it; the legend as entries, of which those with a colour have a square."""

    title: str
    size: str
    entries: tuple[tuple[str, str | None], ...]

    @property
    def width(self) -> float:
        """That of the title and of the longest entry."""
        texts = [text_width(self.size, _LETTERS), *(_entry_width(entry) for entry in self.entries)]
        return max(text_width(self.title, _TITLE, bold=True), *texts)

    @property
    def height_above(self) -> float:
        """From the top of the title to the boxes."""
        return _TITLE + LINE + 16

    def above(self, left: float, top: float) -> tuple[Mark, ...]:
        """The title and the size of the network."""
        width = text_width(self.title, _TITLE, bold=True)
        return (
            Text(self.title, (left, top + _TITLE), width, _TITLE, INK, bold=True, anchor="start"),
            _quiet(self.size, left, top + _TITLE + LINE + 3),
        )

    def below(self, left: float, top: float, width: float) -> tuple[tuple[Mark, ...], float]:
        """The legend in lines of at most `width`, and the height that it takes."""
        marks: list[Mark] = []
        x, y = left, top + LINE
        for entry in self.entries:
            if x > left and x + _entry_width(entry) > left + width:
                x, y = left, y + LINE + 3
            marks += _entry(entry, x, y)
            x += _entry_width(entry) + _AIR
        return tuple(marks), (y - top + 4 if self.entries else 0)


def caption_of(volumes: Sequence[Volume], title: str, parameters: int | None, *, legend: bool) -> Caption:
    """What there is to say of these boxes."""
    sizes = f"{count_text(parameters)} parameters"
    entries = tuple(_legend(volumes)) if legend else ()
    return Caption(shortened(title, _LONGEST_TITLE), sizes, entries)


def _legend(volumes: Sequence[Volume]) -> Iterable[tuple[str, str | None]]:
    present = {volume.family for volume in volumes if not volume.closed} - {"merging"}
    for family, colours in FAMILIES.items():
        if family in present:
            yield family, colours.edge
    signs = {volume.sign for volume in volumes} - {None}
    yield from (
        (f"{merge_sign(merge)} {merge}", None) for merge in merge_names() if merge_sign(merge) in signs
    )
    if any(volume.closed for volume in volumes):
        yield "▣ closed block or model", None
    if any(volume.count > 1 for volume in volumes):
        yield "× 2: twice in a row", None
    if any(volume.shape is None or None in volume.shape for volume in volumes):
        yield "dashed, ?: a length that is not known", None
    yield SCALE_WORDS, None


def _entry_width(entry: tuple[str, str | None]) -> float:
    text, colour = entry
    return text_width(text, _LETTERS) + (0 if colour is None else _SQUARE + 5)


def _entry(entry: tuple[str, str | None], x: float, y: float) -> Iterable[Mark]:
    text, colour = entry
    if colour is not None:
        corners = ((x, y - _SQUARE), (x + _SQUARE, y - _SQUARE), (x + _SQUARE, y), (x, y))
        yield Face(corners, fill=colour, edge=PAPER)
        x += _SQUARE + 5
    yield _quiet(text, x, y)


def _quiet(text: str, x: float, y: float) -> Text:
    return Text(text, (x, y), text_width(text, _LETTERS), _LETTERS, QUIET_INK, anchor="start")
