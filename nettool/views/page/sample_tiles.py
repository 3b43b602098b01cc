"""Small pictures of what nodes give for samples, as a page holds them within itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture (base64 of a PNG, `size` its width and height) or bars, and what it is in words.

    `names` are those of the bars. `answer` is what an output says of the sample. A tile without a picture
    and without bars has only words: why there is nothing to be seen.
    """

    words: str
    png: str = ""
    size: tuple[int, int] = (0, 0)
    bars: tuple[float | None, ...] = ()
    names: tuple[str, ...] = ()
    answer: str = ""


@dataclass(frozen=True, slots=True)
class SampleTiles:
    """A sample by its name, with what is known of it (`notes`), and the tiles by the nodes' addresses.

    `model` says which of the run's two models was asked.
    """

    name: str
    model: str = "last"
    notes: tuple[str, ...] = ()
    tiles: Mapping[str, Tile] = field(default_factory=dict)

    @property
    def letters(self) -> int:
        """About how many a page needs for it."""
        return sum(len(tile.png) + 12 * len(tile.bars) + 100 for tile in self.tiles.values())


def tiles_as_json(samples: Sequence[SampleTiles]) -> list[dict[str, object]]:
    """As the page's script takes them; what is empty is left out."""
    return [
        {
            "name": sample.name,
            "model": sample.model,
            "notes": list(sample.notes),
            "tiles": {address: dict(_entries(tile)) for address, tile in sample.tiles.items()},
        }
        for sample in samples
    ]


def _entries(tile: Tile) -> Iterator[tuple[str, object]]:
    yield "words", tile.words
    if tile.png:
        yield "png", tile.png
        yield "size", tile.size
    if tile.bars:
        yield "bars", tile.bars
    if tile.names:
        yield "names", tile.names
    if tile.answer:
        yield "answer", tile.answer
