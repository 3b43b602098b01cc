"""The `data:` section: where data come from, and what is done to them."""

from collections.abc import Mapping

from nettool.data.builtin.catalogue import DATA_SETS
from nettool.data.problems import CHANNELS, TASKS
from nettool.data.sources.source import PARTS
from nettool.layers.catalogue import catalogue, layers_with
from nettool.schema.forms import Schema, kind_form
from nettool.schema.keys import by_name
from nettool.schema.named import closed, described, exactly, options_of, required_options, when
from nettool.schema.words import AUGMENT_LAYER, PART_MEANINGS
from nettool.spec.data.augment import Augment
from nettool.spec.data.derived import DerivedValues
from nettool.spec.data.origins.dataset import DataSetName
from nettool.spec.data.origins.fields import ClassNames
from nettool.spec.data.origins.files import DataFiles
from nettool.spec.data.origins.origin import Origin
from nettool.spec.data.origins.read_origin import origins
from nettool.spec.data.origins.table import ColumnNames
from nettool.spec.data.section import NORMALIZATION, ClassChoice, DataSection, Normalize, data_keys
from nettool.spec.keys.key import Key, keys_of

_TEXT: Schema = {"type": "string", "minLength": 1}
_WORD: Schema = {"type": ["string", "integer"]}


def data_section() -> Schema:
    """A data set's name, or a mapping with one origin and the keys that go with it."""
    names = kind_form(DataSetName(), False)["anyOf"]
    forms = {name: {"description": key.about, **_form(key)} for name, key in data_keys().items()}
    mapping = {**closed(forms), "oneOf": [_with_origin(origin) for origin in origins().values()]}
    return {"anyOf": [*names, mapping]}


def _with_origin(origin: type[Origin]) -> Schema:
    """The keys that are legal beside an origin, and those that it needs."""
    named, *companions = keys_of(origin).values()
    needed = [named.name, *(each.name for each in companions if each.is_needed)]
    return closed({name: {} for name in (*keys_of(origin), *keys_of(DataSection))}, needed)


def _form(key: Key) -> Schema:
    """The values of a key; more is known here of some than their kinds say."""
    special: Mapping[str, Schema] = {"task": {"enum": list(TASKS)}, "channels": {"enum": list(CHANNELS)}}
    return special[key.name] if key.name in special else kind_form(key.kind, False)


@kind_form.register
def _(kind: DataSetName, in_block: bool) -> Schema:
    return {"anyOf": [described(name, each.title) for name, each in DATA_SETS.items()]}


@kind_form.register
def _(kind: DataFiles, in_block: bool) -> Schema:
    if not kind.or_fields:
        return {"anyOf": [_TEXT, _parts(_TEXT)]}
    return {"anyOf": [_TEXT, _parts({"anyOf": [_TEXT, by_name(_TEXT)]}), _fields_of_train()]}


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
def _(kind: DerivedValues, in_block: bool) -> Schema:
    value: Schema = {"type": ["string", "number"]}
    return {"anyOf": [{"type": "array", "items": value}, {"type": "object", "additionalProperties": value}]}


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
    return {**by_name(_TEXT), "not": {"anyOf": [{"required": [part]} for part in PARTS]}}
