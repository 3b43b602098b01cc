"""Which kind of value each option takes, of layers and of all other classes of Keras."""

import re
from collections.abc import Mapping
from functools import cache

from nettool.kinds.kind import Flag, Kind
from nettool.kinds.list_kinds import ListOf, Optional, Sizes
from nettool.layers.catalogue import catalogue
from nettool.vocabulary.keras_names import WRAPPED, Family
from nettool.vocabulary.layer_options import BY_NAME, SPATIAL
from nettool.vocabulary.named_kind import Named
from nettool.vocabulary.training_options import CONSTRAINT, INITIALIZER, REGULARIZER, training_kind_of


@cache
def kind_of(family: Family, class_name: str, option_name: str) -> Kind:
    """The kind of an option. Raises KeyError for an option that the class does not have."""
    if family != "layers":
        return training_kind_of(family, class_name, option_name)
    layer = catalogue()[class_name]
    definition = layer.options[option_name]
    found = layer.kinds.get(option_name) or _named(option_name)
    if found is not None:
        return found
    if isinstance(definition.default, bool):
        return Flag()
    rank = re.search(r"([123])D", class_name)
    if rank is not None and option_name in SPATIAL:
        return Sizes(int(rank[1]))
    return BY_NAME[option_name]


def _named(option_name: str) -> Kind | None:
    return _HOLDS_LAYERS.get(option_name) or _NAMED_BY_ENDING.get(option_name.rpartition("_")[2])


_LAYER = Named("layers", "layer", kind_of, bare=False)

_HOLDS_LAYERS: Mapping[str, Kind] = {
    WRAPPED: _LAYER,
    "backward_layer": Optional(_LAYER),
    "cell": _LAYER,
    "cells": ListOf(_LAYER, "layers", fewest=1),
    "layers": ListOf(_LAYER, "layers", fewest=1),
}

_NAMED_BY_ENDING: Mapping[str, Kind] = {
    "initializer": Optional(INITIALIZER),
    "regularizer": Optional(REGULARIZER),
    "constraint": Optional(CONSTRAINT),
}
