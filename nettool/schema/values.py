"""The values that options take, each kind of them defined once and referred to by many options."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from nettool.kinds.kind import Kind
from nettool.layers.option_kinds import kind_of
from nettool.schema.forms import Schema, form
from nettool.vocabulary.keras_names import Family, definitions

_FAMILIES: tuple[Family, ...] = (
    "layers",
    "losses",
    "metrics",
    "optimizers",
    "schedules",
    "initializers",
    "regularizers",
    "constraints",
)


def value_reference(kind: Kind, *, in_block: bool) -> Schema:
    """A reference to the definition of a kind's values."""
    return {"$ref": f"#/definitions/{_name(_numbers()[kind], in_block)}"}


def value_definitions() -> dict[str, Schema]:
    """The definitions of all kinds of values, within blocks and elsewhere."""
    return {
        _name(number, in_block): {"description": _sentence(kind), **form(kind, in_block=in_block)}
        for in_block in (False, True)
        for kind, number in _numbers().items()
    }


@cache
def _numbers() -> Mapping[Kind, int]:
    """The distinct kinds of all options, numbered."""
    kinds = (
        kind_of(family, name, option)
        for family in _FAMILIES
        for name, definition in definitions(family).items()
        for option in definition.options
    )
    return MappingProxyType({kind: number for number, kind in enumerate(dict.fromkeys(kinds), start=1)})


def _name(number: int, in_block: bool) -> str:
    return f"value-{number}-in-block" if in_block else f"value-{number}"


def _sentence(kind: Kind) -> str:
    return kind.description[0].upper() + kind.description[1:]
