"""Preprocessing of images: most change what is in the picture, a few its size."""

from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.reading import Options, flag, listed, number_of, spread
from nettool.layers.rule import Rule
from nettool.layers.spatial import Spatial, split

COLOURS = (3, None)
GREY_OR_COLOURS = (1, 3, None)

CHANNELS: dict[str, tuple[int | None, ...]] = {
    "RandomColorDegeneration": (3,),
    "RandomHue": COLOURS,
    "RandomSaturation": COLOURS,
    "RandomGrayscale": GREY_OR_COLOURS,
    "RandAugment": GREY_OR_COLOURS,
    "AugMix": GREY_OR_COLOURS,
}
"""How many channels an image must have for layers that know about colours; None if they may vary."""

ANY_IMAGE = (
    *("AutoContrast", "CutMix", "MaxNumBoundingBoxes", "MixUp", "RandomBrightness"),
    *("RandomContrast", "RandomElasticTransform", "RandomErasing", "RandomFlip", "RandomInvert"),
    *("RandomPosterization", "RandomRotation", "RandomSharpness", "RandomShear", "RandomTranslation"),
    *("RandomZoom", "Solarization"),
)


def same_image(layer: str, channels: tuple[int | None, ...] = ()) -> Rule:
    """The rule of a layer that changes what is in an image: the shape stays."""

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
        spatial = split(layer, 2, shapes[0], options)
        if isinstance(spatial, Refusal):
            return spatial
        return _wrong_channels(layer, spatial, channels) or Outcome(shapes[0])

    return rule


def colour_jitter(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The shape stays; saturation and hue are there for colours only."""
    coloured = options["saturation_factor"] is not None or options["hue_factor"] is not None
    return _asked(same_image("RandomColorJitter", COLOURS if coloured else ()), shapes, options)


def gaussian_blur(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The shape stays; the kernel has a middle."""
    if all(size % 2 for size in listed(options["kernel_size"])):
        return _asked(same_image("RandomGaussianBlur"), shapes, options)
    return Refusal(
        "needs a kernel with a middle",
        label="an even size",
        help="write odd numbers as `kernel_size`",
        option="kernel_size",
        kind="option",
    )


def perspective(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The shape stays; a line has no perspective."""
    spatial = split("RandomPerspective", 2, shapes[0], options)
    if isinstance(spatial, Refusal):
        return spatial
    return _too_small(spatial, (2, 2), "RandomPerspective needs 2 × 2") or Outcome(shapes[0])


def equalization(shapes: tuple[Shape, ...], options: Options) -> Refusal:
    """Keras (3.15) says that the output is the input itself, so that no network can be built with it."""
    return Refusal(
        "cannot be part of a network: Keras takes its input for its output",
        label="Equalization cannot be built",
        help="write `layer: ContrastLimitedAdaptiveHistogramEqualization`, which works in parts of the image",
        kind="option",
    )


def adaptive_equalization(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The shape stays; images are filled up to whole tiles by their own mirror image."""
    spatial = split("ContrastLimitedAdaptiveHistogramEqualization", 2, shapes[0], options)
    if isinstance(spatial, Refusal):
        return spatial
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
        lengths = (number_of(options, "height"), number_of(options, "width"))
        return Outcome(spatial.shape(lengths, spatial.channels))

    return rule


def _asked(rule: Rule, shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    outcome = rule(shapes, options)
    assert outcome is not None
    return outcome


def _wrong_channels(layer: str, spatial: Spatial, channels: tuple[int | None, ...]) -> Refusal | None:
    if not channels or spatial.channels in channels:
        return None
    coloured = 1 not in channels
    wanted = "3 channels" if coloured else "1 channel or 3"
    return Refusal(
        f"needs images of {wanted}, but gets {shape_text(spatial.own_shape)}",
        label=f"{layer} works on {'colours' if coloured else 'grey or coloured images'}",
        help="put it first, where the images come in",
        parties=(0,),
        kind="size",
    )


def _too_small(spatial: Spatial, least: tuple[int, int], label: str) -> Refusal | None:
    pairs = zip(spatial.lengths, least, strict=True)
    if all(length is None or length >= needed for length, needed in pairs):
        return None
    return Refusal(
        f"needs images of at least {least[0]} × {least[1]}, but gets {shape_text(spatial.own_shape)}",
        label=label,
        help="put it before layers that shrink the image",
        parties=(0,),
        kind="size",
    )


RULES: dict[str, Rule] = {
    **{name: same_image(name) for name in ANY_IMAGE},
    **{name: same_image(name, channels) for name, channels in CHANNELS.items()},
    "Equalization": equalization,
    "RandomColorJitter": colour_jitter,
    "RandomGaussianBlur": gaussian_blur,
    "RandomPerspective": perspective,
    "ContrastLimitedAdaptiveHistogramEqualization": adaptive_equalization,
    **{name: sized(name) for name in ("Resizing", "CenterCrop", "RandomCrop")},
}
