"""What the published weights of Keras's ready-made networks take as an image."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Range = Literal["0 to 255", "-1 to 1", "standardized", "BGR"]
"""What the weights were trained on, from an image of 0 to 255 in the order red, green, blue.

`standardized`: fractions minus ImageNet's means, divided by its deviations, by channel; `BGR`: blue, green,
red from 0 to 255, minus ImageNet's means.
"""


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a range is in words, and the options of the layer that brings images of 0 to 1 to it."""

    words: str
    layer: str | None


PREPARATIONS: Mapping[Range, Preparation] = {
    "0 to 255": Preparation("values from 0 to 255", None),
    "-1 to 1": Preparation("values from -1 to 1", "{layer: Rescaling, scale: 2, offset: -1}"),
    "standardized": Preparation(
        "fractions minus their means, divided by their deviations",
        "{layer: Normalization, mean: [0.485, 0.456, 0.406], variance: [0.052441, 0.050176, 0.050625]}",
    ),
    "BGR": Preparation(
        "blue, green, red from 0 to 255, minus their means",
        "{layer: Conv2D, filters: 3, kernel_size: 1, trainable: false, weights: "
        "{kernel: [[0, 0, 255], [0, 255, 0], [255, 0, 0]], bias: [-103.939, -116.779, -123.68]}}",
    ),
}

_BY_START: tuple[tuple[str, Range], ...] = (
    ("ConvNeXt", "0 to 255"),
    ("DenseNet", "standardized"),
    ("EfficientNet", "0 to 255"),
    ("MobileNetV3", "0 to 255"),
    ("VGG", "BGR"),
    ("ResNet", "BGR"),
)


def trained_on(network: str, options: Mapping[str, object]) -> Range | None:
    """What the published weights of a network were trained on; None where it is not known."""
    if options.get("include_preprocessing") is False:
        return "-1 to 1" if network.startswith("MobileNetV3") else None
    if network.startswith("ResNet") and network.endswith("V2"):
        return "-1 to 1"
    return next((found for start, found in _BY_START if network.startswith(start)), "-1 to 1")
