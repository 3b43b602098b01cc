"""UpSampling, ZeroPadding and Cropping: images made larger or smaller at their edges or all over."""

from typing import cast

from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.reading import Options, repeated, spread
from nettool.layers.rule import Rule
from nettool.layers.spatial import Spatial, split

Ends = tuple[tuple[int, ...], ...]
"""Two numbers (start, end) for each spatial axis."""


def up_sampling(layer: str, rank: int) -> Rule:
    """The rule of UpSampling: every place `size` times."""

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
        spatial = split(layer, rank, shapes[0], options)
        if isinstance(spatial, Refusal):
            return spatial
        sizes = spread(options, "size", rank)
        pairs = zip(spatial.lengths, sizes, strict=True)
        lengths = tuple(None if length is None else length * size for length, size in pairs)
        return Outcome(spatial.shape(lengths, spatial.channels))

    return rule


def zero_padding(layer: str, rank: int) -> Rule:
    """The rule of ZeroPadding: zeros before and behind."""

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
        spatial = split(layer, rank, shapes[0], options)
        if isinstance(spatial, Refusal):
            return spatial
        return _changed(spatial, _ends(options["padding"], rank), 1)

    return rule


def cropping(layer: str, rank: int) -> Rule:
    """The rule of Cropping: places cut off at the start and at the end."""

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
        spatial = split(layer, rank, shapes[0], options)
        if isinstance(spatial, Refusal):
            return spatial
        ends = _ends(options["cropping"], rank)
        if any(
            length is not None and length <= sum(cut)
            for length, cut in zip(spatial.lengths, ends, strict=True)
        ):
            return Refusal(
                f"cuts everything away: it gets {shape_text(shapes[0])}",
                label="nothing is left",
                help=f"cut less than {shape_text(spatial.lengths)}",
                option="cropping",
                parties=(0,),
                kind="size",
            )
        return _changed(spatial, ends, -1)

    return rule


def _ends(value: object, rank: int) -> Ends:
    """A number for all ends, or an entry for each axis: a number for both ends or two (see `Margins`)."""
    if rank == 1:
        return (repeated(value, 2),)
    if isinstance(value, list):
        return tuple(repeated(entry, 2) for entry in cast(list[object], value))
    return (repeated(value, 2),) * rank


def _changed(spatial: Spatial, ends: Ends, sign: int) -> Outcome:
    pairs = zip(spatial.lengths, ends, strict=True)
    lengths = tuple(None if length is None else length + sign * sum(two) for length, two in pairs)
    return Outcome(spatial.shape(lengths, spatial.channels))


RULES = {
    **{f"UpSampling{rank}D": up_sampling(f"UpSampling{rank}D", rank) for rank in (1, 2, 3)},
    **{f"ZeroPadding{rank}D": zero_padding(f"ZeroPadding{rank}D", rank) for rank in (1, 2, 3)},
    **{f"Cropping{rank}D": cropping(f"Cropping{rank}D", rank) for rank in (1, 2, 3)},
}
