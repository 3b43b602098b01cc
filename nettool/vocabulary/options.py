"""Which kind of value each option of each of Keras's classes takes."""

import re
from functools import cache

from nettool.kinds.kind import Flag, Kind
from nettool.kinds.list_kinds import Either, ListOf, Optional, Sizes
from nettool.vocabulary import keras_names, layer_options, training_options
from nettool.vocabulary.keras_names import Family
from nettool.vocabulary.named_kind import Named


@cache
def kind_of(family: Family, class_name: str, option_name: str) -> Kind:
    """The kind of an option. Raises KeyError for an option that the class does not have."""
    definition = keras_names.definitions(family)[class_name].options[option_name]
    if family != "layers":
        special = training_options.BY_CLASS.get((family, class_name, option_name))
    else:
        special = layer_options.BY_CLASS.get((class_name, option_name))
    found = special or _named(family, class_name, option_name)
    if found is not None:
        return found
    if isinstance(definition.default, bool):
        return Flag()
    if family != "layers":
        return training_options.BY_FAMILY[family][option_name]
    rank = re.search(r"([123])D", class_name)
    if rank is not None and option_name in layer_options.SPATIAL:
        return Sizes(int(rank[1]))
    return layer_options.BY_NAME[option_name]


def _named(family: Family, class_name: str, option_name: str) -> Kind | None:
    if option_name == "learning_rate" and family == "optimizers":
        return Either((layer_options.ABOVE_ZERO, Named("schedules", "schedule", kind_of, bare=False)))
    if family != "layers":
        return None
    if option_name == "bias_initializer" and "LSTM" in class_name:
        return INITIALIZER  # Keras calls it for a part of the bias, so there must be one
    if option_name.endswith("_initializer") and class_name in ("MultiHeadAttention", "GroupQueryAttention"):
        return INITIALIZER  # Keras makes a copy of it for each projection, so there must be one
    return NAMED.get(option_name) or NAMED_BY_ENDING.get(option_name.rpartition("_")[2])


LAYER = Named("layers", "layer", kind_of, bare=False)
INITIALIZER = Named("initializers", "initializer", kind_of)

NAMED: dict[str, Kind] = {
    keras_names.WRAPPED: LAYER,
    "backward_layer": Optional(LAYER),
    "cell": LAYER,
    "cells": ListOf(LAYER, "layers", fewest=1),
    "layers": ListOf(LAYER, "layers", fewest=1),
}

NAMED_BY_ENDING: dict[str, Kind] = {
    "initializer": Optional(INITIALIZER),
    "regularizer": Optional(Named("regularizers", "regularizer", kind_of)),
    "constraint": Optional(Named("constraints", "constraint", kind_of)),
}
