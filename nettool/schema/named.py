"""Things that are named, with options beside the name: the options that are legal follow from the name."""

from collections.abc import Mapping, Sequence

from nettool.layers.option_kinds import kind_of
from nettool.schema.forms import Schema
from nettool.schema.values import value_reference
from nettool.vocabulary.keras_names import Family, aliases, definitions


def names_of(family: Family) -> Schema:
    """Every name by which Keras knows a member of the family."""
    names: Schema = {"enum": [*definitions(family), *aliases(family)]}
    if family != "optimizers":
        return names
    return {"anyOf": [names, {"type": "string", "pattern": _any_case([*aliases(family)])}]}


def described(name: str, meaning: str) -> Schema:
    """One name, with what it means."""
    return {"const": name, "title": name, "description": meaning}


def options_of(family: Family, name: str, *, in_block: bool) -> dict[str, Schema]:
    """The schemas of a class's options, each with its default. Raises KeyError for an unknown class."""
    found: dict[str, Schema] = {}
    for option in definitions(family)[name].options.values():
        schema = value_reference(kind_of(family, name, option.name), in_block=in_block)
        if not option.required:
            schema["default"] = option.default
        found[option.name] = schema
    return found


def required_options(family: Family, name: str) -> list[str]:
    """The options of a class that have no default."""
    return [option.name for option in definitions(family)[name].options.values() if option.required]


def named_mapping(family: Family, word: str, extra: Mapping[str, Schema], *, in_block: bool) -> Schema:
    """`{loss: Huber, delta: 2}`: a mapping that says its name under `word`, with that class's options.

    `extra` are keys that go with any member of the family.
    """
    about: Schema = {"description": f"which {word} it is", **names_of(family)}
    choices = [
        when(
            word,
            _any_name_of(family, name),
            closed(
                {word: {}, **extra, **options_of(family, name, in_block=in_block)},
                required_options(family, name),
            ),
        )
        for name in definitions(family)
    ]
    return {
        "type": "object",
        "required": [word],
        "properties": {word: about, **extra},
        "allOf": choices,
    }


def when(key: str, value: Schema, then: Schema) -> Schema:
    """What holds of a mapping whose `key` has such a value."""
    return {"if": {"type": "object", "required": [key], "properties": {key: value}}, "then": then}


def closed(properties: Mapping[str, Schema], required: Sequence[str] = ()) -> Schema:
    """An object with these keys and no others."""
    schema: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return schema | ({"required": list(required)} if required else {})


def exactly(*names: str) -> Schema:
    """One of these names.

    A pattern, since yaml-language-server takes a `const` for a match as soon as the text begins like it.
    """
    return {"type": "string", "pattern": f"^(?:{'|'.join(names)})$"}


def _any_name_of(family: Family, name: str) -> Schema:
    others = [alias for alias, target in aliases(family).items() if target == name]
    if family == "optimizers":
        return {"type": "string", "pattern": _any_case(others)}
    return exactly(name, *others)


def _any_case(names: Sequence[str]) -> str:
    """A pattern for names in upper and lower case, as optimizers are found."""
    letters = ("".join(f"[{letter}{letter.upper()}]" for letter in name) for name in names)
    return f"^(?:{'|'.join(letters)})$"
