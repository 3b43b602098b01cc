"""A section of the spec in JSON Schema, from the keys that its dataclass declares."""

from collections.abc import Mapping, Sequence

from nettool.schema.forms import Schema, kind_form
from nettool.schema.named import closed, named_mapping, names_of
from nettool.schema.nodes import NAME_PATTERN, NAMES
from nettool.spec.keys.key import Key, keys_of
from nettool.spec.keys.path_kind import PathKind
from nettool.spec.keys.read_section import ByName, Nested
from nettool.spec.keys.tree_kinds import AsWritten, At, Names
from nettool.spec.train.class_weights import BALANCED, WEIGHT, ClassWeights
from nettool.spec.train.monitoring import Best
from nettool.spec.train.optimizer import OptimizerKind

_TEXT: Schema = {"type": "string", "minLength": 1}


def section_form(section: type) -> Schema:
    """An object with the declared keys and no others."""
    needed = [name for name, each in keys_of(section).items() if each.is_needed]
    return closed(key_forms(section), needed)


def key_forms(section: type) -> dict[str, Schema]:
    """The values of the keys that a section declares, each with what the key is for."""
    return forms_of(keys_of(section))


def forms_of(declared: Mapping[str, Key]) -> dict[str, Schema]:
    """The same of declared keys."""
    return {
        name: {"description": each.about, **kind_form(each.kind, False)} for name, each in declared.items()
    }


@kind_form.register
def _(kind: Nested, in_block: bool) -> Schema:
    return section_form(kind.section)


@kind_form.register
def _(kind: ByName, in_block: bool) -> Schema:
    needed = [name for name, each in kind.keys.items() if each.is_needed]
    mapping = closed(forms_of(kind.keys), needed)
    if kind.short is None:
        return by_name(mapping)
    return by_name({"anyOf": [kind_form(kind.short, in_block), mapping]})


@kind_form.register
def _(kind: PathKind, in_block: bool) -> Schema:
    return _TEXT


@kind_form.register
def _(kind: At, in_block: bool) -> Schema:
    return kind_form(kind.kind, in_block)


@kind_form.register
def _(kind: AsWritten, in_block: bool) -> Schema:
    return {}


@kind_form.register
def _(kind: Names, in_block: bool) -> Schema:
    if kind.count is None:
        return NAMES
    return {"type": "array", "items": _TEXT, "minItems": kind.count, "maxItems": kind.count}


@kind_form.register
def _(kind: Best, in_block: bool) -> Schema:
    return {"anyOf": [_TEXT, _with(section_form(kind.section), ["monitor"])]}


@kind_form.register
def _(kind: OptimizerKind, in_block: bool) -> Schema:
    mapping = named_mapping("optimizers", "optimizer", {}, in_block=in_block)
    return {"anyOf": [names_of("optimizers"), mapping]}


@kind_form.register
def _(kind: ClassWeights, in_block: bool) -> Schema:
    one = [{"enum": [BALANCED]}, {"type": "object", "additionalProperties": kind_form(WEIGHT, False)}]
    return {"anyOf": [*one, {"type": "object", "additionalProperties": {"anyOf": one}}]}


def _with(form: Schema, needed: Sequence[str]) -> Schema:
    return {**form, "required": list(needed)}


def by_name(value: Schema) -> Schema:
    """Things by names of the user's own."""
    return {"type": "object", "patternProperties": {NAME_PATTERN: value}, "additionalProperties": False}
