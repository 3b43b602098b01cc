"""Preprocessing of images that is the same in training and afterwards: sizes and shades."""

from nettool.kinds.kind import Word
from nettool.kinds.list_kinds import ListOf
from nettool.layers.layer import SAME_SHAPE, Layer, Rule, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.reading import Options, flag, number_of, spread
from nettool.layers.spatial import Spatial, split
from nettool.vocabulary.layer_options import POSITIVE


def same_image(layer: str, channels: tuple[int | None, ...] = (), *, of_one_size: bool = False) -> Rule:
    """The rule of a layer that changes what is in an image: the shape stays."""

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
        spatial = split(layer, 2, shapes[0], options)
        if isinstance(spatial, Refusal):
            return spatial
        refusal = _wrong_channels(layer, spatial, channels) or (varies(spatial) if of_one_size else None)
        return refusal or Outcome(shapes[0])

    return rule


def varies(spatial: Spatial, *, with_channels: bool = False) -> Refusal | None:
    """The refusal of images of any size, which Keras (3.15) cannot change so in a graph of TensorFlow's."""
    if None not in (spatial.own_shape if with_channels else spatial.lengths):
        return None
    return Refusal(
        f"needs images of one size, but gets {shape_text(spatial.own_shape)}",
        label="a length that varies",
        help="put `resized: {layer: Resizing, height: 64, width: 64}` before it"
        if None in spatial.lengths
        else "give its input a fixed number of channels",
        parties=(0,),
        kind="size",
    )


def equalization(shapes: tuple[Shape, ...], options: Options) -> Refusal:
    """Keras (3.15) says that the output is the input itself, so that no network can be built with it."""
    return Refusal(
        "cannot be part of a network: Keras confuses its input with its output",
        label="Equalization cannot be built",
        help="write `layer: ContrastLimitedAdaptiveHistogramEqualization`, which works in parts of the image",
        kind="option",
    )


def adaptive_equalization(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The shape stays; images are filled up to whole tiles by their own mirror image."""
    spatial = split("ContrastLimitedAdaptiveHistogramEqualization", 2, shapes[0], options)
    if isinstance(spatial, Refusal):
        return spatial
    refusal = varies(spatial)
    if refusal is not None:
        return refusal
    tiles = spread(options, "tile_grid_size", 2)
    pairs = zip(spatial.lengths, tiles, strict=True)
    if all(length is None or -length % count <= length for length, count in pairs):
        return Outcome(shapes[0])
    return Refusal(
        f"cannot cut {shape_text(shapes[0])} into {tiles[0]} × {tiles[1]} tiles",
        label="too small for its tiles",
        help="write smaller numbers as `tile_grid_size`, or put it before layers that shrink the image",
        option="tile_grid_size",
        parties=(0,),
        kind="size",
    )


def sized(layer: str) -> Rule:
    """The rule of Resizing, CenterCrop and RandomCrop: images of `height` and `width`, whatever comes in."""

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
        spatial = split(layer, 2, shapes[0], options)
        if isinstance(spatial, Refusal):
            return spatial
        if options.get("crop_to_aspect_ratio") and flag(options, "pad_to_aspect_ratio"):
            return Refusal(
                "cannot both crop and pad to the aspect ratio",
                label="crops as well",
                help="keep one of `crop_to_aspect_ratio` and `pad_to_aspect_ratio`",
                option="pad_to_aspect_ratio",
                kind="option",
            )
        refusal = varies(spatial) if layer == "RandomCrop" else None
        if refusal is not None:
            return refusal
        lengths = (number_of(options, "height"), number_of(options, "width"))
        return Outcome(spatial.shape(lengths, spatial.channels))

    return rule


def _wrong_channels(layer: str, spatial: Spatial, channels: tuple[int | None, ...]) -> Refusal | None:
    if not channels or spatial.channels in channels:
        return None
    coloured = 1 not in channels
    needed = "3 channels" if coloured else "1 channel or 3"
    return Refusal(
        f"needs images of {needed}, but gets {shape_text(spatial.own_shape)}",
        label=f"{layer} works on {'colours' if coloured else 'grey or coloured images'}",
        help="put it first, where the images come in",
        parties=(0,),
        kind="size",
    )


PIECE_WORDS = "(height, width, channels) → (`height`, `width`, channels)"

LAYERS = (
    Layer(
        name="Resizing",
        meaning="brings images to one size",
        shape_words=PIECE_WORDS,
        rule=sized("Resizing"),
        multiply_adds=None,
        example={"height": 24, "width": 24},
        kinds={
            "fill_mode": Word(("constant",)),
            "interpolation": Word(("bilinear", "nearest", "bicubic", "lanczos3", "lanczos5", "area")),
        },
        traits=traits("same range"),
    ),
    Layer(
        name="CenterCrop",
        meaning="cuts the middle out of images",
        shape_words=PIECE_WORDS,
        rule=sized("CenterCrop"),
        example={"height": 24, "width": 24},
        traits=traits("same range"),
    ),
    Layer(
        name="AutoContrast",
        meaning="stretches the shades of images over the whole range",
        shape_words=SAME_SHAPE,
        rule=same_image("AutoContrast"),
        traits=traits("same range"),
    ),
    Layer(
        name="Equalization",
        meaning="spreads the shades of images evenly",
        shape_words="none: Keras cannot build it within a network",
        rule=equalization,
        traits=traits("same range"),
    ),
    Layer(
        name="ContrastLimitedAdaptiveHistogramEqualization",
        meaning="spreads the shades evenly in each part of an image",
        shape_words=SAME_SHAPE,
        rule=adaptive_equalization,
        kinds={"tile_grid_size": ListOf(POSITIVE, "positive whole numbers", count=2)},
        traits=traits("same range"),
    ),
    Layer(
        name="MaxNumBoundingBoxes",
        meaning="gives all images the same number of bounding boxes",
        shape_words=SAME_SHAPE,
        rule=same_image("MaxNumBoundingBoxes"),
        example={"max_number": 20},
        traits=traits("same range"),
    ),
)
