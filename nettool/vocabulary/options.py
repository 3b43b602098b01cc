"""Which kind of value each option of each of Keras's classes takes, but for layers."""

from functools import cache

from nettool.kinds.kind import Flag, Kind
from nettool.kinds.list_kinds import Either
from nettool.vocabulary import keras_names, training_options
from nettool.vocabulary.keras_names import Family
from nettool.vocabulary.layer_options import ABOVE_ZERO
from nettool.vocabulary.named_kind import Named


@cache
def training_kind_of(family: Family, class_name: str, option_name: str) -> Kind:
    """The kind of an option. Raises KeyError for an option that the class does not have."""
    definition = keras_names.definitions(family)[class_name].options[option_name]
    special = training_options.BY_CLASS.get((family, class_name, option_name))
    if special is not None:
        return special
    if option_name == "learning_rate" and family == "optimizers":
        return Either((ABOVE_ZERO, Named("schedules", "schedule", training_kind_of, bare=False)))
    if isinstance(definition.default, bool):
        return Flag()
    return training_options.BY_FAMILY[family][option_name]


INITIALIZER = Named("initializers", "initializer", training_kind_of)
REGULARIZER = Named("regularizers", "regularizer", training_kind_of)
CONSTRAINT = Named("constraints", "constraint", training_kind_of)
