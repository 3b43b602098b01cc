"""What Keras calls its things: classes, options, defaults and aliases, as harvested from its signatures."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

Family = Literal[
    "layers",
    "losses",
    "metrics",
    "optimizers",
    "schedules",
    "initializers",
    "regularizers",
    "constraints",
    "applications",
]

FAMILY_WORDS: Mapping[Family, str] = {
    "layers": "layer",
    "losses": "loss",
    "metrics": "metric",
    "optimizers": "optimizer",
    "schedules": "schedule",
    "initializers": "initializer",
    "regularizers": "regularizer",
    "constraints": "constraint",
}
"""The key under which a mapping in a spec names a class of each family."""

LEFT_TO_THE_RUN = frozenset({("schedules", "decay_steps")})
"""Options that Keras asks for and a spec may leave out or give as null, for each run to work out."""

_NEED_ARGUMENTS = frozenset({"threshold"})
"""Activations of several arguments, which nobody can give by a name."""

WRAPPED = "of"
"""What a spec calls the option `layer` of wrappers, for which `layer: Bidirectional` leaves no place."""


@dataclass(frozen=True, slots=True)
class OptionDefinition:
    """One option of a class; `default` is a plain value (Keras's tuples are lists), None if required."""

    name: str
    required: bool
    default: object


@dataclass(frozen=True, slots=True)
class Definition:
    """A class that a spec may name, with its options in Keras's order."""

    name: str
    options: Mapping[str, OptionDefinition]


def layers() -> Mapping[str, Definition]:
    """The layers by class name."""
    return definitions("layers")


def losses() -> Mapping[str, Definition]:
    """The losses by class name."""
    return definitions("losses")


def metrics() -> Mapping[str, Definition]:
    """The metrics by class name."""
    return definitions("metrics")


def optimizers() -> Mapping[str, Definition]:
    """The optimizers by class name."""
    return definitions("optimizers")


def schedules() -> Mapping[str, Definition]:
    """The learning-rate schedules by class name."""
    return definitions("schedules")


def initializers() -> Mapping[str, Definition]:
    """The initializers by class name."""
    return definitions("initializers")


def regularizers() -> Mapping[str, Definition]:
    """The regularizers by class name."""
    return definitions("regularizers")


def constraints() -> Mapping[str, Definition]:
    """The constraints by class name."""
    return definitions("constraints")


def applications() -> Mapping[str, Definition]:
    """The ready-made networks of keras.applications by name."""
    return definitions("applications")


@cache
def definitions(family: Family) -> Mapping[str, Definition]:
    """The classes of a family by class name."""
    return MappingProxyType(
        {name: _definition(family, name, options) for name, options in _document()[family].items()}
    )


@cache
def activations() -> tuple[str, ...]:
    """The names that Keras takes for an activation and that need nothing beside the name."""
    return tuple(name for name in _document()["activations"] if name not in _NEED_ARGUMENTS)


@cache
def aliases(family: Family) -> Mapping[str, str]:
    """The other names that Keras takes for the classes of a family (`mse`), each with its class name."""
    return MappingProxyType(_document()["aliases"][family])


def canonical(family: Family, written: str) -> str | None:
    """The class name for a name that somebody wrote; None if Keras knows no such thing.

    Upper and lower case matter, except for optimizers (as in `keras.optimizers.get`).
    """
    if written in _document()[family]:
        return written
    return aliases(family).get(written.lower() if family == "optimizers" else written)


def option_in_spec(keras_name: str) -> str:
    """What a spec calls an option of a layer: Keras's own name, but for what a wrapper wraps."""
    return WRAPPED if keras_name == "layer" else keras_name


def option_in_keras(name: str) -> str:
    """What Keras calls it."""
    return "layer" if name == WRAPPED else name


@cache
def _document() -> dict[str, Any]:
    text = Path(__file__).with_name("keras.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def _definition(family: Family, name: str, options: list[list[Any]]) -> Definition:
    listed = ([*option, None] if (family, option[0]) in LEFT_TO_THE_RUN else option for option in options)
    return Definition(
        name, MappingProxyType({option_in_spec(option[0]): _option(*option) for option in listed})
    )


def _option(name: str, *default: object) -> OptionDefinition:
    name = option_in_spec(name)
    return OptionDefinition(name, required=not default, default=default[0] if default else None)
