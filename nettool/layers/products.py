"""How many products a call of a layer sums up for one sample: what the layers' formulas are made of."""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

from nettool.layers.inner import Inner
from nettool.layers.outcome import Shape, Weight
from nettool.layers.reading import Options

CountInner = Callable[[Inner, tuple[Shape, ...]], int | None]
"""The number of products of a layer inside another, from the shapes that it gets."""


@dataclass(frozen=True, slots=True)
class LayerCall:
    """A call that works: the inputs' shapes, the output's, the weights and all options of the layer.

    `count_inner` counts for the layers that it holds.
    """

    shapes: tuple[Shape, ...]
    shape: Shape
    weights: tuple[Weight, ...]
    options: Options
    count_inner: CountInner


Formula = Callable[[LayerCall], int | None]
"""The number of products; None as long as a length that it depends on varies."""


def no_products(call: LayerCall) -> int | None:
    """Nothing: each number that comes out is made of a few that come in, without weights to sum over."""
    return 0


def times(*lengths: int | None) -> int | None:
    """The product of these lengths; None when one of them varies."""
    return None if None in lengths else prod(length for length in lengths if length is not None)


def total(*counts: int | None) -> int | None:
    """The sum of these counts; None when one of them is not known."""
    return None if None in counts else sum(count for count in counts if count is not None)


def spatial_lengths(call: LayerCall, shape: Shape, rank: int) -> Shape:
    """The lengths of the spatial axes of a shape."""
    return shape[1:] if call.options.get("data_format") == "channels_first" else shape[:rank]


def kernel_numbers(weights: tuple[Weight, ...]) -> int:
    """How many numbers the kernels have."""
    return sum(weight.parameter_count for weight in weights if weight.name.endswith("kernel"))
