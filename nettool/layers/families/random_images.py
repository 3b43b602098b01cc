"""Layers that change images at random while training: what `augment` names, RandomCrop, CutMix and MixUp."""

from collections.abc import Mapping

from nettool.kinds.kind import Kind, Word
from nettool.kinds.list_kinds import Either, ListOf, Optional
from nettool.layers.families.image_preprocessing import PIECE_WORDS, same_image, sized, varies
from nettool.layers.layer import SAME_SHAPE, Layer, Rule, Trait, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.reading import Options, listed
from nettool.layers.spatial import split
from nettool.vocabulary.layer_options import (
    BITS,
    NUMBER,
    SHARE,
    SIGNED_OR_RANGE,
    ZOOM_OR_RANGE,
)

COLOURS = (3, None)
"""How many channels an image with colours has; None where they may vary."""
GREY_OR_COLOURS = (1, 3)


def colour_jitter(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The shape stays; saturation and hue are there for colours only.

    The layers that Keras (3.15) makes of its factors are not told of `data_format`; only brightness needs no
    axis.
    """
    parts = ("contrast_factor", "saturation_factor", "hue_factor")
    if options["data_format"] == "channels_first" and any(options[part] is not None for part in parts):
        return Refusal(
            "cannot have its channels first: Keras looks for them on the last axis",
            label="channels first",
            help="leave `data_format` out, and put `{layer: Permute, dims: [2, 3, 1]}` before it",
            option="data_format",
            kind="option",
        )
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
    refusal = varies(spatial)
    if refusal is not None or 1 not in spatial.lengths:
        return refusal or Outcome(shapes[0])
    return Refusal(
        f"needs images of at least 2 × 2, but gets {shape_text(spatial.own_shape)}",
        label="RandomPerspective needs 2 × 2",
        help="put it before layers that shrink the image",
        parties=(0,),
        kind="size",
    )


def elastic_transform(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The shape stays; Keras moves each channel by itself."""
    spatial = split("RandomElasticTransform", 2, shapes[0], options)
    if isinstance(spatial, Refusal):
        return spatial
    return varies(spatial, with_channels=True) or Outcome(shapes[0])


def _asked(rule: Rule, shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    outcome = rule(shapes, options)
    assert outcome is not None
    return outcome


def _random(
    name: str,
    meaning: str,
    rule: Rule | None = None,
    *,
    example: Mapping[str, object] | None = None,
    kinds: Mapping[str, Kind] | None = None,
    has_same_range: bool = True,
    with_tensorflow_only: bool = False,
) -> Layer:
    found: list[Trait] = ["augmentation"]
    found += ["same range"] if has_same_range else []
    found += ["TensorFlow only"] if with_tensorflow_only else []
    return Layer(
        name=name,
        meaning=meaning,
        shape_words=SAME_SHAPE,
        rule=rule or same_image(name),
        example=example or {},
        kinds=kinds or {},
        traits=traits(*found),
    )


def _mixing(name: str, meaning: str, *, of_one_size: bool = False) -> Layer:
    return Layer(
        name=name,
        meaning=meaning,
        shape_words=SAME_SHAPE,
        rule=same_image(name, of_one_size=of_one_size),
        traits=traits("mixes samples", "same range"),
    )


_PLACES = (
    Layer(
        name="RandomCrop",
        meaning="cuts a random piece out of images while training",
        shape_words=PIECE_WORDS,
        rule=sized("RandomCrop"),
        example={"height": 24, "width": 24},
        traits=traits("augmentation", "same range", "TensorFlow only"),
    ),
    _random(
        "RandomFlip",
        "mirrors images at random while training",
        kinds={"mode": Word(("horizontal", "vertical", "horizontal_and_vertical"))},
    ),
    _random(
        "RandomRotation",
        "turns images at random while training",
        example={"factor": 0.1},
        kinds={"factor": SIGNED_OR_RANGE},
    ),
    _random(
        "RandomTranslation",
        "shifts images at random while training",
        example={"height_factor": 0.1, "width_factor": 0.1},
    ),
    _random(
        "RandomZoom",
        "zooms images at random while training",
        example={"height_factor": 0.1},
        kinds={"height_factor": ZOOM_OR_RANGE, "width_factor": Optional(ZOOM_OR_RANGE)},
    ),
    _random("RandomShear", "slants images at random while training"),
    _random(
        "RandomPerspective",
        "looks at images from random sides while training",
        perspective,
        kinds={"scale": SHARE},
    ),
    _random(
        "RandomElasticTransform",
        "warps images at random while training",
        elastic_transform,
        with_tensorflow_only=True,
    ),
    _random(
        "RandomErasing",
        "blanks a random rectangle of images while training",
        same_image("RandomErasing", of_one_size=True),
        kinds={"fill_value": Optional(NUMBER)},
    ),
)

_SHADES = (
    _random(
        "RandomBrightness",
        "makes images brighter or darker at random while training",
        example={"factor": 0.1},
        kinds={"factor": SIGNED_OR_RANGE},
    ),
    _random(
        "RandomContrast",
        "changes the contrast of images at random while training",
        example={"factor": 0.1},
    ),
    _random(
        "RandomSaturation",
        "changes how colourful images are at random while training",
        same_image("RandomSaturation", COLOURS),
        example={"factor": 0.1},
        kinds={"factor": SIGNED_OR_RANGE},
    ),
    _random(
        "RandomHue",
        "shifts the colours of images at random while training",
        same_image("RandomHue", COLOURS),
        example={"factor": 0.1},
    ),
    _random(
        "RandomColorJitter",
        "changes brightness, contrast, saturation and hue at random while training",
        colour_jitter,
    ),
    _random(
        "RandomColorDegeneration",
        "takes colour out of images at random while training",
        same_image("RandomColorDegeneration", (3,)),
        example={"factor": 0.1},
        kinds={"factor": SIGNED_OR_RANGE},
    ),
    _random(
        "RandomGrayscale",
        "makes some images grey at random while training",
        same_image("RandomGrayscale", GREY_OR_COLOURS),
        kinds={"factor": SHARE},
    ),
    _random("RandomInvert", "makes negatives of some images at random while training", has_same_range=False),
    _random(
        "RandomPosterization",
        "leaves images fewer shades at random while training",
        example={"factor": 4},
        kinds={"factor": Either((BITS, ListOf(BITS, "such numbers", count=2)))},
    ),
    _random(
        "RandomSharpness", "sharpens or softens images at random while training", example={"factor": 0.1}
    ),
    _random("RandomGaussianBlur", "blurs images at random while training", gaussian_blur),
    _random("Solarization", "inverts the brightest parts of images", has_same_range=False),
)

_MIXTURES = (
    _random(
        "AugMix",
        "mixes several randomly changed copies of each image",
        same_image("AugMix", GREY_OR_COLOURS),
    ),
    _random(
        "RandAugment",
        "changes images by a few randomly chosen means",
        same_image("RandAugment", GREY_OR_COLOURS),
    ),
    _mixing(
        "CutMix", "pastes pieces of images into others and mixes their labels accordingly", of_one_size=True
    ),
    _mixing("MixUp", "blends pairs of images and their labels"),
)

LAYERS = (*_PLACES, *_SHADES, *_MIXTURES)
