"""The `data:` section: where data come from, and what is done to them."""

from collections.abc import Mapping
from typing import get_args

from nettool.data.builtin.catalogue import DATA_SETS
from nettool.data.request import Task
from nettool.layers.catalogue import catalogue, layers_with
from nettool.schema.forms import Schema, kind_form
from nettool.schema.keys import forms_of, section_form
from nettool.schema.named import closed, described, exactly, options_of, required_options, when
from nettool.schema.nodes import NAME_PATTERN
from nettool.schema.words import AUGMENT_LAYER, PART_MEANINGS
from nettool.spec.data.augment import Augment
from nettool.spec.data.derived import Derive, DerivedKeys
from nettool.spec.data.fields import (
    ClassNames,
    ColumnKeys,
    ColumnNames,
    FieldEntry,
    RandomFields,
    StatedFields,
    TableColumns,
    stated_keys,
)
from nettool.spec.data.files import PARTS
from nettool.spec.data.origin import COMPANIONS, ORIGINS
from nettool.spec.data.section import NORMALIZATION, ClassChoice, DataSection, Normalize, data_keys
from nettool.spec.key import Key, keys_of

_TEXT: Schema = {"type": "string", "minLength": 1}
_WORD: Schema = {"type": ["string", "integer"]}


def data_section() -> Schema:
    """A data set's name, or a mapping with one origin and the keys that go with it."""
    names = [described(name, each.title) for name, each in DATA_SETS.items()]
    forms = {name: {**_form(key), "description": key.about} for name, key in data_keys().items()}
    forms["dataset"]["anyOf"] = names
    return {
        "anyOf": [
            *names,
            {**closed(forms), "oneOf": [_with_origin(origin) for origin in ORIGINS]},
        ]
    }


def _with_origin(origin: str) -> Schema:
    """The keys that are legal beside an origin, and those that it needs."""
    own = [key for key, goes_with in COMPANIONS.items() if goes_with == origin]
    legal: dict[str, Schema] = {key: {} for key in (origin, *own, *keys_of(DataSection))}
    return closed(legal, [origin, *(["columns"] if origin == "table" else [])])


def _form(key: Key) -> Schema:
    """The values of a key; more is known here of some than their kinds say."""
    special: Mapping[str, Schema] = {
        "dataset": {},
        "arrays": {"anyOf": [_TEXT, _parts({"anyOf": [_TEXT, _by_field(_TEXT)]}), _fields_of_train()]},
        "folder": _TEXT,
        "table": {"anyOf": [_TEXT, _parts(_TEXT)]},
        "task": {"enum": list(get_args(Task))},
        "channels": {"enum": [1, 3]},
    }
    return dict(special[key.name]) if key.name in special else kind_form(key.kind, False)


@kind_form.register
def _(kind: StatedFields, in_block: bool) -> Schema:
    return _by_field(closed(forms_of(stated_keys())))


@kind_form.register
def _(kind: RandomFields, in_block: bool) -> Schema:
    return _by_field(section_form(FieldEntry))


@kind_form.register
def _(kind: TableColumns, in_block: bool) -> Schema:
    return _by_field({"anyOf": [kind_form(ColumnNames(), False), section_form(ColumnKeys)]})


@kind_form.register
def _(kind: ColumnNames, in_block: bool) -> Schema:
    return {"anyOf": [_WORD, {"type": "array", "items": _WORD, "minItems": 1}]}


@kind_form.register
def _(kind: ClassNames, in_block: bool) -> Schema:
    return {"anyOf": [{"type": "integer", "minimum": 2}, {"type": "array", "items": _WORD, "minItems": 2}]}


@kind_form.register
def _(kind: ClassChoice, in_block: bool) -> Schema:
    return {"anyOf": [{"type": "integer", "minimum": 2}, {"type": "array", "items": _WORD}]}


@kind_form.register
def _(kind: Normalize, in_block: bool) -> Schema:
    one = kind_form(NORMALIZATION, False)
    return {"anyOf": [one, {"type": "object", "additionalProperties": one}]}


@kind_form.register
def _(kind: Derive, in_block: bool) -> Schema:
    value: Schema = {"type": ["string", "number"]}
    values = [{"type": "array", "items": value}, {"type": "object", "additionalProperties": value}]
    form = section_form(DerivedKeys)
    form["properties"]["values"]["anyOf"] = values
    return _by_field(form)


@kind_form.register
def _(kind: Augment, in_block: bool) -> Schema:
    return _augment()


def _augment() -> Schema:
    layers: Schema = {
        "anyOf": [described(name, catalogue()[name].meaning) for name in layers_with("augmentation")]
    }
    mapping: Schema = {
        "type": "object",
        "required": ["layer"],
        "properties": {"layer": {"description": AUGMENT_LAYER, **layers}},
        "allOf": [
            when(
                "layer",
                exactly(name),
                closed(
                    {"layer": {}, **options_of("layers", name, in_block=False)},
                    required_options("layers", name),
                ),
            )
            for name in layers_with("augmentation")
        ],
    }
    one: Schema = {"anyOf": [*layers["anyOf"], mapping]}
    return {"anyOf": [*one["anyOf"], {"type": "array", "items": one}]}


def _parts(form: Schema) -> Schema:
    return closed({part: {"description": PART_MEANINGS[part], **form} for part in PARTS}, ["train"])


def _fields_of_train() -> Schema:
    """Files by field, for data that are not in parts."""
    return {**_by_field(_TEXT), "not": {"anyOf": [{"required": [part]} for part in PARTS]}}


def _by_field(form: Schema) -> Schema:
    return {
        "type": "object",
        "patternProperties": {NAME_PATTERN: form},
        "additionalProperties": False,
    }
