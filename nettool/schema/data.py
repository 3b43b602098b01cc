"""The `data:` section: where data come from, and what is done to them."""

from collections.abc import Mapping, Sequence
from typing import get_args

from nettool.data.builtin.catalogue import DATA_SETS
from nettool.data.request import Task
from nettool.layers.catalogue import catalogue, layers_with
from nettool.schema.forms import Schema
from nettool.schema.named import closed, described, exactly, options_of, required_options, when
from nettool.schema.nodes import NAME_PATTERN
from nettool.schema.words import (
    AUGMENT_LAYER,
    COLUMN_MEANINGS,
    DATA_MEANINGS,
    DERIVED_MEANINGS,
    FIELD_MEANINGS,
    PART_MEANINGS,
)
from nettool.spec.data.derived import DERIVED_KEYS
from nettool.spec.data.fields import COLUMN_KEYS, COLUMN_KINDS, KINDS, MADE_UP_KEYS, STATED_KEYS
from nettool.spec.data.files import PARTS
from nettool.spec.data.origin import COMPANIONS, ORIGINS
from nettool.spec.data.section import CHANGES, DATA_KEYS, NORMALIZATIONS
from nettool.spec.inputs import DTYPE

_COUNT: Schema = {"type": "integer", "minimum": 1}
_SIZE: Schema = {"anyOf": [_COUNT, {"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2}]}
_TEXT: Schema = {"type": "string", "minLength": 1}
_WORD: Schema = {"type": ["string", "integer"]}
_SHAPE: Schema = {"type": "array", "items": {"type": ["integer", "null"], "minimum": 1}}
_NORMALIZATION: Schema = {"enum": list(NORMALIZATIONS)}
_CLASS_NAMES: Schema = {
    "anyOf": [{"type": "integer", "minimum": 2}, {"type": "array", "items": _WORD, "minItems": 2}]
}


def data_section() -> Schema:
    """A data set's name, or a mapping with one origin and the keys that go with it."""
    names = [described(name, each.title) for name, each in DATA_SETS.items()]
    keys = {key: {"description": DATA_MEANINGS.get(key, key), **form} for key, form in _forms(names).items()}
    return {
        "anyOf": [
            *names,
            {
                **closed({key: keys.get(key, {}) for key in DATA_KEYS}),
                "oneOf": [_with_origin(origin) for origin in ORIGINS],
            },
        ]
    }


def _with_origin(origin: str) -> Schema:
    """The keys that are legal beside an origin, and those that it needs."""
    own = [key for key, goes_with in COMPANIONS.items() if goes_with == origin]
    legal: dict[str, Schema] = {key: {} for key in (origin, *own, *CHANGES)}
    return closed(legal, [origin, *(["columns"] if origin == "table" else [])])


def _forms(names: list[Schema]) -> Mapping[str, Schema]:
    return {
        "dataset": {"anyOf": names},
        "arrays": {"anyOf": [_TEXT, _parts({"anyOf": [_TEXT, _by_field(_TEXT)]}), _fields_of_train()]},
        "folder": _TEXT,
        "table": {"anyOf": [_TEXT, _parts(_TEXT)]},
        "random": _by_field(_keys(MADE_UP_KEYS, FIELD_MEANINGS, _FIELD_FORMS)),
        "fields": _by_field(_keys(STATED_KEYS, FIELD_MEANINGS, _FIELD_FORMS)),
        "columns": _by_field(
            {"anyOf": [_columns(), _keys(COLUMN_KEYS, COLUMN_MEANINGS, _column_forms(), ["column"])]}
        ),
        "samples": _COUNT,
        "task": {"enum": list(get_args(Task))},
        "classes": {"anyOf": [{"type": "integer", "minimum": 2}, {"type": "array", "items": _WORD}]},
        "limit": _COUNT,
        "test_split": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
        **dict.fromkeys(("resize", "crop", "pad"), _SIZE),
        "channels": {"enum": [1, 3]},
        "fit": {"type": "boolean"},
        "pairs_per_sample": _COUNT,
        "derive": _by_field(_keys(DERIVED_KEYS, DERIVED_MEANINGS, _derived_forms(), DERIVED_KEYS)),
        "normalize": {"anyOf": [_NORMALIZATION, {"type": "object", "additionalProperties": _NORMALIZATION}]},
        "augment": _augment(),
    }


_FIELD_FORMS: Mapping[str, Schema] = {
    "kind": {"enum": list(KINDS)},
    "shape": _SHAPE,
    "dtype": {"enum": list(DTYPE.words)},
    "classes": _CLASS_NAMES,
    "highest": {"type": "number", "exclusiveMinimum": 0},
}


def _columns() -> Schema:
    return {"anyOf": [_WORD, {"type": "array", "items": _WORD, "minItems": 1}]}


def _column_forms() -> Mapping[str, Schema]:
    return {"column": _columns(), "as": {"enum": list(COLUMN_KINDS)}}


def _derived_forms() -> Mapping[str, Schema]:
    value: Schema = {"type": ["string", "number"]}
    values = [{"type": "array", "items": value}, {"type": "object", "additionalProperties": value}]
    return {"from": _TEXT, "values": {"anyOf": values}}


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
    return _keys(PARTS, PART_MEANINGS, dict.fromkeys(PARTS, form), ["train"])


def _fields_of_train() -> Schema:
    """Files by field, for data that are not in parts."""
    return {**_by_field(_TEXT), "not": {"anyOf": [{"required": [part]} for part in PARTS]}}


def _by_field(form: Schema) -> Schema:
    return {
        "type": "object",
        "patternProperties": {NAME_PATTERN: form},
        "additionalProperties": False,
    }


def _keys(
    legal: Sequence[str],
    meanings: Mapping[str, str],
    forms: Mapping[str, Schema],
    required: Sequence[str] = (),
) -> Schema:
    return closed({key: {"description": meanings.get(key, key), **forms[key]} for key in legal}, required)
