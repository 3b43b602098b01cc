"""Images, sequences and volumes: lengths and channels of a shape, and how far a window goes over it."""

from dataclasses import dataclass
from math import isqrt, prod

from nettool.layers.outcome import Refusal, Shape, shape_text
from nettool.layers.reading import Options
from nettool.vocabulary.keras_names import layers

AXIS_NAMES = {1: ("steps",), 2: ("height", "width"), 3: ("depth", "height", "width")}


@dataclass(frozen=True, slots=True)
class Spatial:
    """The lengths of the spatial axes and the number of channels, and on which side the channels stand."""

    lengths: Shape
    channels: int | None
    channels_first: bool = False

    def shape(self, lengths: Shape, channels: int | None) -> Shape:
        """Other lengths and channels, in the same order of axes."""
        return (channels, *lengths) if self.channels_first else (*lengths, channels)

    @property
    def own_shape(self) -> Shape:
        """The shape as it came."""
        return self.shape(self.lengths, self.channels)


def split(layer: str, rank: int, shape: Shape, options: Options) -> Spatial | Refusal:
    """Split a shape into `rank` spatial lengths and the channels; a refusal if it has not that many axes."""
    channels_first = options.get("data_format") == "channels_first"
    if len(shape) != rank + 1:
        return wrong_rank(layer, rank, shape, channels_first)
    if channels_first:
        return Spatial(shape[1:], shape[0], channels_first)
    return Spatial(shape[:-1], shape[-1])


def axis_words(rank: int) -> str:
    """The names of so many spatial axes in a row: `height, width`."""
    return ", ".join(AXIS_NAMES[rank])


def known_channels(spatial: Spatial) -> int | Refusal:
    """The number of channels, which a layer with a kernel must know."""
    if spatial.channels is not None:
        return spatial.channels
    return Refusal(
        f"needs to know how many channels it gets, but gets {shape_text(spatial.own_shape)}",
        label="an unknown number of channels",
        help="its kernel has weights for each channel: give the input a fixed number of them",
        parties=(0,),
        kind="size",
    )


def wrong_rank(layer: str, rank: int, shape: Shape, channels_first: bool = False) -> Refusal:
    """The refusal of a shape that does not have `rank` spatial axes and the channels."""
    names = AXIS_NAMES[rank]
    ordered = ("channels", *names) if channels_first else (*names, "channels")
    return Refusal(
        f"needs {', '.join(ordered[:-1])} and {ordered[-1]}, but gets {shape_text(shape)}",
        label=f"{layer} needs {rank + 1} axes",
        help=_rank_help(layer, rank, shape, channels_first),
        parties=(0,),
        kind="rank",
    )


def too_small(spatial: Spatial, needed: tuple[int, ...], option: str) -> Refusal | None:
    """The refusal of an input that is smaller than a window; None if the window fits."""
    pairs = zip(spatial.lengths, needed, strict=True)
    if all(length is None or length >= least for length, least in pairs):
        return None
    return Refusal(
        f"needs at least {times(needed)}, but gets {shape_text(spatial.own_shape)}",
        label="the window is larger than its input",
        help=f"use a smaller `{option}` or `padding: same`, or shrink less before it",
        option=option,
        parties=(0,),
        kind="size",
    )


def times(lengths: tuple[int, ...]) -> str:
    """Lengths as people say them: `5 × 5`; a single one is a number of steps."""
    return f"{lengths[0]} steps" if len(lengths) == 1 else " × ".join(map(str, lengths))


def _rank_help(layer: str, rank: int, shape: Shape, channels_first: bool) -> str:
    target = None if channels_first else _reshaped(rank, shape)
    advice = "put a Reshape before it"
    if target is not None:
        advice = f"put `reshaped: {{layer: Reshape, target_shape: {list(target)}}}` before it"
    sibling = layer.replace(f"{rank}D", f"{len(shape) - 1}D")
    return f"{advice}, or use {sibling}" if sibling in layers() else advice


def _reshaped(rank: int, shape: Shape) -> tuple[int, ...] | None:
    """A shape of the right rank and the same size that is likely meant: square images of 1 or 3 channels."""
    known = tuple(length for length in shape if length is not None)
    if len(known) < len(shape) or not known:
        return None
    if len(known) == rank:
        return (*known, 1)
    size = prod(known)
    if rank == 1:
        return (size, 1) if len(known) == 1 else (prod(known[:-1]), known[-1])
    if rank == 2 and len(known) == 1:
        for channels in (1, 3):
            side = isqrt(size // channels)
            if side * side * channels == size:
                return (side, side, channels)
    return None


def places(lengths: Shape, window: tuple[int, ...], strides: tuple[int, ...], padding: str) -> Shape:
    """The lengths after a window went over them, as `keras.ops` computes them; None stays None.

    With `valid` padding the window stays inside: floor((length - window) / stride) + 1. With `same` and
    `causal` it may stand out: ceil(length / stride).
    """
    return tuple(
        _places(length, size, stride, padding)
        for length, size, stride in zip(lengths, window, strides, strict=True)
    )


def _places(length: int | None, size: int, stride: int, padding: str) -> int | None:
    if length is None:
        return None
    return (length - size) // stride + 1 if padding == "valid" else -(-length // stride)


def reach(kernel_size: tuple[int, ...], dilation_rate: tuple[int, ...]) -> tuple[int, ...]:
    """How many places a kernel spans when there are gaps between its taps."""
    return tuple((size - 1) * gap + 1 for size, gap in zip(kernel_size, dilation_rate, strict=True))


REACH_WORDS = "dilation × (kernel - 1) + 1"
"""How many places a kernel spans, in words."""


def places_words(span: str) -> str:
    """What becomes of each length, in words, for a window that spans so many places."""
    return (
        f"each length becomes floor((length - {span}) / stride) + 1 with `padding: valid` and "
        "ceil(length / stride) with `padding: same`"
    )
