"""The sections of a spec but for the graph itself: inputs, objectives, data, training, expectations."""

from collections.abc import Callable, Mapping

from nettool.schema.data import data_section
from nettool.schema.forms import Schema, kind_form
from nettool.schema.keys import by_name, key_forms, section_form
from nettool.schema.named import closed, named_mapping, names_of
from nettool.schema.nodes import NAMES, section
from nettool.spec.keys.key import Key
from nettool.spec.network.blocks import block_keys
from nettool.spec.network.inputs import SHAPE, InputEntry
from nettool.spec.network.views import ViewEntry
from nettool.spec.sections import SECTION_KEYS
from nettool.spec.train.objectives import LossKeys, NamedMetricKeys

_EXPECTATION: Schema = {
    "anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^(at least|at most) +[-+0-9.eE]+$"}]
}


def _name() -> Schema:
    return {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_.-]*$"}


def _inputs() -> Schema:
    return by_name({"anyOf": [kind_form(SHAPE, False), section_form(InputEntry)]})


def _blocks() -> Schema:
    return by_name(_sub_graph(block_keys(is_model=False), NAMES))


def _models() -> Schema:
    inputs = {"anyOf": [*NAMES["anyOf"], {"$ref": "#/properties/inputs"}]}
    return by_name(_sub_graph(block_keys(is_model=True), inputs))


def _sub_graph(keys: Mapping[str, Key], inputs: Schema) -> Schema:
    forms: dict[str, Schema] = {
        "options": by_name({}),
        "inputs": inputs,
        "nodes": section("", in_block=True),
        "merges": section("", in_block=True),
        "outputs": NAMES,
    }
    needed = [name for name, key in keys.items() if key.is_needed]
    return closed({name: {**forms[name], "description": key.about} for name, key in keys.items()}, needed)


def _views() -> Schema:
    return by_name(section_form(ViewEntry))


def _losses() -> Schema:
    mapping = named_mapping("losses", "loss", key_forms(LossKeys), in_block=False)
    return _objectives({"anyOf": [names_of("losses"), mapping]})


def _metrics() -> Schema:
    mapping = named_mapping("metrics", "metric", key_forms(NamedMetricKeys), in_block=False)
    return _objectives({"anyOf": [names_of("metrics"), mapping]})


def _objectives(one: Schema) -> Schema:
    """By output (an address), one or a list of them."""
    return {
        "type": "object",
        "additionalProperties": {"anyOf": [*one["anyOf"], {"type": "array", "items": one}]},
    }


def _expect() -> Schema:
    return {"type": "object", "additionalProperties": _EXPECTATION}


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
"""What each section may hold."""
