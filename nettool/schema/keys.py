"""A section of the spec in JSON Schema, from the keys that its dataclass declares."""

from collections.abc import Sequence

from nettool.schema.forms import Schema, kind_form
from nettool.schema.named import closed, named_mapping, names_of
from nettool.spec.class_weights import BALANCED, WEIGHT, ClassWeights
from nettool.spec.key import Key, keys_of
from nettool.spec.monitoring import Best
from nettool.spec.optimizer import OptimizerKind
from nettool.spec.read_section import Nested


def section_form(section: type) -> Schema:
    """An object with the declared keys and no others; those without a default are required."""
    declared = keys_of(section)
    needed = [name for name, each in declared.items() if each.is_needed]
    return closed({name: _key_form(each) for name, each in declared.items()}, needed)


def _key_form(key: Key) -> Schema:
    return {"description": key.about, **kind_form(key.kind, False)}


@kind_form.register
def _(kind: Nested, in_block: bool) -> Schema:
    return section_form(kind.section)


@kind_form.register
def _(kind: Best, in_block: bool) -> Schema:
    return {"anyOf": [{"type": "string", "minLength": 1}, _with(section_form(kind.section), ["monitor"])]}


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
