"""The sections of a spec but for the graph itself: inputs, objectives, data, training, claims."""

from collections.abc import Callable, Mapping, Sequence

from nettool.schema.data import data_section
from nettool.schema.forms import Schema
from nettool.schema.keys import section_form
from nettool.schema.named import closed, named_mapping, names_of
from nettool.schema.nodes import NAME_PATTERN, NAMES, section
from nettool.schema.words import (
    BLOCK_MEANINGS,
    INPUT_MEANINGS,
    OBJECTIVE_MEANINGS,
    VIEW_MEANINGS,
)
from nettool.spec.entries import BLOCK_KEYS, MODEL_KEYS
from nettool.spec.inputs import DTYPES, INPUT_KEYS
from nettool.spec.objectives import OBJECTIVE_KEYS
from nettool.spec.sections import SECTION_KEYS
from nettool.spec.views import VIEW_KEYS

_COUNT: Schema = {"type": "integer", "minimum": 1}
_SHAPE: Schema = {"type": "array", "items": {"type": ["integer", "null"], "minimum": 1}}
_TEXT: Schema = {"type": "string", "minLength": 1}
_CLAIM: Schema = {
    "anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^(at least|at most) +[-+0-9.eE]+$"}]
}


def _name() -> Schema:
    return {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_.-]*$"}


def _inputs() -> Schema:
    keys = {"shape": _SHAPE, "dtype": {"enum": list(DTYPES)}, "batch_size": _COUNT, "field": _TEXT}
    return _by_name({"anyOf": [_SHAPE, _keys(INPUT_KEYS, INPUT_MEANINGS, keys, ["shape"])]})


def _blocks() -> Schema:
    return _by_name(_sub_graph(BLOCK_KEYS, NAMES))


def _models() -> Schema:
    return _by_name(_sub_graph(MODEL_KEYS, {"anyOf": [*NAMES["anyOf"], {"$ref": "#/properties/inputs"}]}))


def _sub_graph(legal: Sequence[str], inputs: Schema) -> Schema:
    keys: dict[str, Schema] = {
        "options": _by_name({}),
        "inputs": inputs,
        "nodes": section(BLOCK_MEANINGS["nodes"], in_block=True),
        "merges": section(BLOCK_MEANINGS["merges"], in_block=True),
        "outputs": NAMES,
    }
    return _keys(legal, BLOCK_MEANINGS, keys, ["inputs", "outputs"])


def _views() -> Schema:
    return _by_name(_keys(VIEW_KEYS, VIEW_MEANINGS, {"inputs": NAMES, "outputs": NAMES}, VIEW_KEYS))


def _losses() -> Schema:
    pair = {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2}
    forms = {"weight": {"type": "number", "minimum": 0}, "target": _TEXT, "between": pair}
    extra = {key: _about(OBJECTIVE_MEANINGS, key, forms) for key in OBJECTIVE_KEYS}
    return _objectives(
        {"anyOf": [names_of("losses"), named_mapping("losses", "loss", extra, in_block=False)]}
    )


def _metrics() -> Schema:
    forms = {"target": _TEXT, "name": _TEXT}
    extra = {key: _about(OBJECTIVE_MEANINGS, key, forms) for key in forms}
    mapping = named_mapping("metrics", "metric", extra, in_block=False)
    return _objectives({"anyOf": [names_of("metrics"), mapping]})


def _objectives(one: Schema) -> Schema:
    """By output (an address), one or a list of them."""
    return {
        "type": "object",
        "additionalProperties": {"anyOf": [*one["anyOf"], {"type": "array", "items": one}]},
    }


def _expect() -> Schema:
    return {"type": "object", "additionalProperties": _CLAIM}


SECTION_FORMS: Mapping[str, Callable[[], Schema]] = {
    "name": _name,
    "data": data_section,
    "inputs": _inputs,
    "blocks": _blocks,
    "models": _models,
    "views": _views,
    "include": lambda: NAMES,
    "python": lambda: NAMES,
    "nodes": lambda: section("", in_block=False),
    "merges": lambda: section("", in_block=False),
    "outputs": lambda: NAMES,
    "losses": _losses,
    "metrics": _metrics,
    "train": lambda: section_form(SECTION_KEYS["train"]),
    "expect": _expect,
    "meta": dict,
}
"""What each section may hold; one that is missing here may hold anything."""


def _by_name(value: Schema) -> Schema:
    """Things by names of the user's own."""
    return {"type": "object", "patternProperties": {NAME_PATTERN: value}, "additionalProperties": False}


def _keys(
    legal: Sequence[str],
    meanings: Mapping[str, str],
    forms: Mapping[str, Schema],
    required: Sequence[str] = (),
) -> Schema:
    return closed({key: _about(meanings, key, forms) for key in legal}, required)


def _about(meanings: Mapping[str, str], key: str, forms: Mapping[str, Schema]) -> Schema:
    return {"description": meanings.get(key, key), **forms.get(key, {})}
