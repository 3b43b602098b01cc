"""UpSampling, ZeroPadding and Cropping: images made larger or smaller at their edges or all over."""

from typing import cast

from nettool.kinds.kind import Kind, Word
from nettool.kinds.list_kinds import Margins
from nettool.layers.layer import Layer, Rule, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.products import LayerCall, no_products
from nettool.layers.reading import Options, repeated, spread
from nettool.layers.spatial import Spatial, axis_words, split
from nettool.vocabulary.layer_options import POSITIVE

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


def repeats_only(call: LayerCall) -> int | None:
    """Repeating sums nothing; what other ways of enlarging sum is not counted here."""
    return 0 if call.options["interpolation"] == "nearest" else None


def _words(rank: int, how: str) -> str:
    lengths = axis_words(rank)
    return f"({lengths}, channels) → ({lengths}, channels); each length {how}"


def _up_sampling(rank: int, meaning: str) -> Layer:
    name = f"UpSampling{rank}D"
    kinds: dict[int, dict[str, Kind]] = {
        1: {"size": POSITIVE},
        2: {"interpolation": Word(("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"))},
        3: {},
    }
    return Layer(
        name=name,
        meaning=meaning,
        shape_words=_words(rank, "becomes length × size"),
        rule=up_sampling(name, rank),
        multiply_adds=repeats_only if rank == 2 else no_products,
        kinds=kinds[rank],
        traits=traits("same range") if rank == 2 else traits(),
        other_names=("upsample", "upsampling", "resize2d") if rank == 2 else (),
    )


def _zero_padding(rank: int, meaning: str) -> Layer:
    name = f"ZeroPadding{rank}D"
    return Layer(
        name=name,
        meaning=meaning,
        shape_words=_words(rank, "grows by its two paddings"),
        rule=zero_padding(name, rank),
        kinds={"padding": Margins(rank)},
        traits=traits("same range") if rank == 2 else traits(),
    )


def _cropping(rank: int, meaning: str) -> Layer:
    name = f"Cropping{rank}D"
    return Layer(
        name=name,
        meaning=meaning,
        shape_words=_words(rank, "shrinks by its two croppings"),
        rule=cropping(name, rank),
        kinds={"cropping": Margins(rank)},
        traits=traits("same range") if rank == 2 else traits(),
    )


LAYERS = (
    _up_sampling(1, "repeats every step"),
    _up_sampling(2, "enlarges the image"),
    _up_sampling(3, "enlarges the volume"),
    _zero_padding(1, "adds zeros before and after the sequence"),
    _zero_padding(2, "adds a frame of zeros round the image"),
    _zero_padding(3, "adds a coat of zeros round the volume"),
    _cropping(1, "cuts steps off both ends of the sequence"),
    _cropping(2, "cuts the edges off the image"),
    _cropping(3, "cuts the faces off the volume"),
)
