"""The entries of `nodes` and `merges`: which keys are legal follows from what the entry is."""

from collections.abc import Iterable

from nettool.graph.options.check_application import ALSO
from nettool.graph.options.named_files import PUBLISHED
from nettool.layers.catalogue import catalogue, merge_names
from nettool.layers.layer import Layer
from nettool.schema.forms import EXPRESSION, Schema
from nettool.schema.named import closed, described, exactly, options_of, required_options, when
from nettool.schema.words import APPLICATION_WEIGHTS, WRAPPED_MEANING
from nettool.spec.keys.key import Key, keys_of
from nettool.spec.network.entries import KINDS, Entry, EntryKind
from nettool.vocabulary.keras_names import WRAPPED, Definition, applications

_TEXT: Schema = {"type": "string", "minLength": 1}

NAMES: Schema = {
    "anyOf": [
        _TEXT,
        {"type": "array", "items": _TEXT, "minItems": 1},
    ]
}
"""A name or a list of names."""

NAME_PATTERN = "^[A-Za-z][A-Za-z0-9_-]*$"


def entry_definitions(*, in_block: bool) -> dict[str, Schema]:
    """The definitions of an entry, of each layer as an entry and of each merge, to be put into the schema."""
    found: dict[str, Schema] = {entry_name(in_block=in_block): _entry(in_block)}
    for definition in catalogue().values():
        kinds = ("layer", "merge") if definition.name in merge_names() else ("layer",)
        found[_layer_name(definition.name, in_block)] = _layer(definition, kinds, in_block)
    return found


def application_definitions() -> dict[str, Schema]:
    """The definition of each ready-made network as an entry."""
    return {f"{name}-application": _application(definition) for name, definition in applications().items()}


def entry_name(*, in_block: bool) -> str:
    """What the definition of an entry is called."""
    return "entry-in-block" if in_block else "entry"


def layer_names(*, are_all_known: bool) -> Schema:
    """The names of all layers, each with what it does; unless all are known, others pass as well."""
    return {"anyOf": [*_described(catalogue()), *([] if are_all_known else [{"type": "string"}])]}


def section(meaning: str, *, in_block: bool) -> Schema:
    """A section of entries by name."""
    return {
        "description": meaning,
        "type": "object",
        "patternProperties": {NAME_PATTERN: {"$ref": f"#/definitions/{entry_name(in_block=in_block)}"}},
        "additionalProperties": False,
    }


def _entry(in_block: bool) -> Schema:
    """Any entry; what its kind and its target make legal comes in by conditions."""
    kinds = {kind: _target(kind) for kind in KINDS}
    own = _own_keys(in_block)
    conditions = [
        when(kind, exactly(name), {"$ref": f"#/definitions/{_layer_name(name, in_block)}"})
        for kind, names in (("layer", catalogue()), ("merge", merge_names()))
        for name in names
    ]
    conditions += [
        when("application", exactly(name), {"$ref": f"#/definitions/{name}-application"})
        for name in applications()
    ]
    conditions += [
        when(kind, {}, _of_other_kind(kind, own))
        for kind in KINDS
        if kind not in ("layer", "merge", "application")
    ]
    return {
        "type": "object",
        "properties": {**kinds, **own},
        "anyOf": [{"required": [kind]} for kind in KINDS],
        "allOf": conditions,
    }


def _of_other_kind(kind: str, own: dict[str, Schema]) -> Schema:
    """An entry that names something of the spec itself, whose options are not known here."""
    if kind == "reuse":
        return closed({kind: {}, **{key: {} for key in own}}, [kind])
    return {"not": {"anyOf": [{"required": [other]} for other in KINDS if other != kind]}}


def _layer(definition: Layer, kinds: tuple[str, ...], in_block: bool) -> Schema:
    options = options_of("layers", definition.name, in_block=in_block)
    required = required_options("layers", definition.name)
    keys: dict[str, Schema] = {kind: {} for kind in kinds}
    keys |= _own_keys(in_block)
    if WRAPPED in options:
        options[WRAPPED]["description"] = WRAPPED_MEANING
    return {
        "title": definition.name,
        "description": definition.meaning,
        **closed({**options, **keys}, required),
    }


def _application(definition: Definition) -> Schema:
    options: dict[str, Schema] = {
        name: {} if option.required else {"default": option.default}
        for name, option in definition.options.items()
    }
    keys = _own_keys(True) | {key: {} for key in ("application", *ALSO)}
    weights: Schema = {
        "description": APPLICATION_WEIGHTS,
        "anyOf": [{"enum": [PUBLISHED, None]}, {"type": "string", "pattern": r"\.h5$"}],
    }
    return {
        "title": definition.name,
        "description": KINDS["application"],
        **closed({**options, **keys, "weights": weights}, ["weights"]),
    }


def _target(kind: EntryKind) -> Schema:
    """What stands after `layer:`, `merge:`, `block:` and so on.

    A layer's name is held against all that there are elsewhere: a spec with code of its own may name others.
    """
    if kind == "layer":
        return _TEXT
    if kind == "merge":
        return {"anyOf": _described(merge_names())}
    about: Schema = {"description": KINDS[kind]}
    return about | ({"enum": list(applications())} if kind == "application" else _TEXT)


def _described(names: Iterable[str]) -> list[Schema]:
    # No description around these: an editor shows the first that it finds, which should be the layer's own.
    return [described(name, catalogue()[name].meaning) for name in names]


def _own_keys(in_block: bool) -> dict[str, Schema]:
    """What any entry may say besides its kind and the options of what it names."""
    return {name: _entry_key(each, in_block) for name, each in keys_of(Entry).items()}


def _entry_key(key: Key, in_block: bool) -> Schema:
    about: Schema = {"description": key.about}
    if key.name == "from":
        return about | NAMES
    if key.name == "repeat":
        count: Schema = {"type": "integer", "minimum": 1}
        return about | ({"anyOf": [count, EXPRESSION]} if in_block else count)
    if key.name == "weights":
        return about | {"type": ["object", "string", "null"]}
    return about


def _layer_name(name: str, in_block: bool) -> str:
    return f"{name}-in-block" if in_block else name
