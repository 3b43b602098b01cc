"""How each layer treats a mask: what goes with a sequence and says which of its steps are only filling."""

from typing import cast

from nettool.layers.catalogue import catalogue
from nettool.layers.layer import Treatment
from nettool.layers.reading import Options


def treatment(layer: str, options: Options) -> Treatment:
    """What a layer (a class name) does with a mask; `options` are the written ones at least.

    Layers that the catalogue does not list stop it.
    """
    known = catalogue().get(layer)
    if known is None:
        return "stops"
    return known.mask(options) if callable(known.mask) else known.mask


def joins_sequences(options: Options, rank: int) -> bool:
    """Whether a Concatenate puts sequences one behind the other, not their steps side by side."""
    return cast(int, options.get("axis", -1)) not in (-1, rank)


def mixes_steps(layer: str, options: Options, rank: int) -> bool:
    """Whether a layer that uses no mask makes what it gives out of all steps; `rank` leaves the batch out."""
    known = catalogue().get(layer)
    return known is not None and known.mixes_steps is not None and known.mixes_steps(options, rank)


def turns_steps(options: Options) -> bool:
    """Whether a layer gives the steps the other way round: Keras (3.15) hands the mask on as it was."""
    return bool(options.get("go_backwards")) and bool(options.get("return_sequences"))
