"""All layers that a spec may name: the records of all families, gathered."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from nettool.layers.families import (
    activation,
    attention,
    categories,
    cells,
    conv_lstm,
    convolution,
    dense,
    einsum_dense,
    embedding,
    image_preprocessing,
    lookup,
    merging,
    multi_head_attention,
    normalization,
    other,
    pooling,
    preprocessing,
    random_images,
    recurrent,
    regularization,
    reshaping,
    spectral_normalization,
    spectrogram,
    transposed,
    upsampling_and_padding,
    wrappers,
)
from nettool.layers.layer import Layer, Trait

LAYERS_BY_FAMILY: Mapping[str, tuple[Layer, ...]] = {
    "dense": (*dense.LAYERS, *einsum_dense.LAYERS),
    "convolution": (*convolution.LAYERS, *transposed.LAYERS),
    "pooling": pooling.LAYERS,
    "normalization": (*normalization.LAYERS, *spectral_normalization.LAYERS),
    "regularization": regularization.LAYERS,
    "reshaping": (*reshaping.LAYERS, *upsampling_and_padding.LAYERS),
    "activation": activation.LAYERS,
    "embedding": embedding.LAYERS,
    "recurrent": (*recurrent.LAYERS, *conv_lstm.LAYERS, *cells.LAYERS),
    "attention": (*attention.LAYERS, *multi_head_attention.LAYERS),
    "merging": merging.LAYERS,
    "preprocessing": (
        *preprocessing.LAYERS,
        *image_preprocessing.LAYERS,
        *random_images.LAYERS,
        *categories.LAYERS,
        *lookup.LAYERS,
        *spectrogram.LAYERS,
    ),
    "wrapper": wrappers.LAYERS,
    "other": other.LAYERS,
}
"""The layers by family, a word for what they are."""


@cache
def catalogue() -> Mapping[str, Layer]:
    """Every layer by class name, in alphabetical order."""
    records = (layer for family in LAYERS_BY_FAMILY.values() for layer in family)
    return MappingProxyType({layer.name: layer for layer in sorted(records, key=lambda each: each.name)})


def family_of(operation: str) -> str:
    """The family of a Keras class; `other` for a class that the catalogue does not list (a user's own)."""
    return "input" if operation == "InputLayer" else _families().get(operation, "other")


@cache
def merge_names() -> tuple[str, ...]:
    """The layers that bring branches together, which a spec may write under `merge:`."""
    return tuple(layer.name for layer in LAYERS_BY_FAMILY["merging"])


@cache
def layers_with(trait: Trait) -> tuple[str, ...]:
    """The names of the layers with a trait."""
    return tuple(name for name, layer in catalogue().items() if trait in layer.traits)


def other_layer(written: str) -> str | None:
    """The layer that other tools call so, in upper or lower case; None for other words."""
    word = written.lower()
    return next((name for name, layer in catalogue().items() if word in layer.other_names), None)


@cache
def _families() -> Mapping[str, str]:
    return {layer.name: family for family, members in LAYERS_BY_FAMILY.items() for layer in members}


def example_entry(name: str) -> dict[str, object]:
    """The entry of an example, as a plain mapping: `{layer: Dense, units: 64, activation: relu}`.

    Raises KeyError for a layer that there is not.
    """
    layer = catalogue()[name]
    if "cell" in layer.traits:
        return {"layer": "RNN", "cell": {"layer": name, **layer.example}}
    entry: dict[str, object] = {"merge" if name in merge_names() else "layer": name}
    if layer.inputs != "one":
        entry["from"] = ["left", "right"]
    return entry | dict(layer.example)
