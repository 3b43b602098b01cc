"""Plain values of a spec → what Keras takes: tuples for lists, objects for `{regularizer: L2, l2: 0.01}`."""

import inspect
from collections.abc import Mapping
from types import ModuleType

import keras

from nettool.layers.option_kinds import kind_of
from nettool.vocabulary.keras_names import Family, canonical, definitions, option_in_keras

MODULES: dict[str, ModuleType] = {
    "regularizer": keras.regularizers,
    "initializer": keras.initializers,
    "constraint": keras.constraints,
    "schedule": keras.optimizers.schedules,
    "layer": keras.layers,
    "loss": keras.losses,
    "metric": keras.metrics,
    "optimizer": keras.optimizers,
}
"""Where Keras keeps the classes of each kind; a mapping says its kind by the key that names the class."""


FAMILIES: dict[str, Family] = {
    "regularizer": "regularizers",
    "initializer": "initializers",
    "constraint": "constraints",
    "schedule": "schedules",
    "loss": "losses",
    "metric": "metrics",
    "optimizer": "optimizers",
}
"""Under which family the vocabulary has the options of each kind whose numbers are brought into form."""


def keras_value(value: object) -> object:
    """A value of an option as Keras takes it.

    A mapping with one of the keys of `MODULES` is an object of that class, the other keys its options; names
    stay names (Keras resolves them where they are used) and lists become tuples.
    """
    if isinstance(value, Mapping):
        kind = next((key for key in MODULES if key in value), None)
        if kind is None:
            return {key: keras_value(inner) for key, inner in value.items()}
        options = {key: inner for key, inner in value.items() if key != kind}
        return keras_object(kind, str(value[kind]), options)
    if isinstance(value, list | tuple):
        return tuple(keras_value(inner) for inner in value)
    return value


def keras_options(options: Mapping[str, object]) -> dict[str, object]:
    """All options of a layer, loss, metric or optimizer under Keras's names and as Keras takes them."""
    return {option_in_keras(name): keras_value(value) for name, value in options.items()}


def keras_object(kind: str, name: str, options: Mapping[str, object]) -> object:
    """The object of a kind (a key of `MODULES`) by its Keras name; raises LookupError when there is none."""
    return keras_class(kind, name)(**keras_options(with_fractions(kind, name, options)))


def with_fractions(kind: str, name: str, options: Mapping[str, object]) -> dict[str, object]:
    """The options, with 1.0 for `1` where a fraction may stand; those of layers as they are.

    Keras takes numbers with their type: `learning_rate: 1` would make a variable of whole numbers.
    """
    family = FAMILIES.get(kind)
    written = None if family is None else canonical(family, name)
    if family is None or written is None:
        return dict(options)
    legal = definitions(family)[written].options
    return {
        option: kind_of(family, written, option).typed(value) if option in legal else value
        for option, value in options.items()
    }


def keras_class(kind: str, name: str) -> type:
    """The class by its own name (`RandomNormal`) or another one of Keras's (`random_normal`, `mse`)."""
    module = MODULES[kind]
    own = keras.saving.get_custom_objects().get(name)
    if inspect.isclass(own) and kind == "layer":
        return own
    found = getattr(module, name, None)
    if inspect.isclass(found):
        return found
    try:
        resolved = module.get(name)
    except (AttributeError, ValueError, TypeError):
        resolved = None
    if resolved is None or inspect.isfunction(resolved):
        raise LookupError(f"Keras has no {kind} called {name}")
    return type(resolved)
