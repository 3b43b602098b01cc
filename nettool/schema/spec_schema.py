"""The whole JSON Schema of the spec language (draft-07, which editors know best)."""

from nettool.schema.forms import Schema
from nettool.schema.named import named_mapping, names_of
from nettool.schema.nodes import application_definitions, entry_definitions, layer_names
from nettool.schema.sections import SECTION_FORMS
from nettool.schema.values import value_definitions
from nettool.spec.sections import SECTIONS
from nettool.vocabulary.keras_names import FAMILY_WORDS, Family

_GRAPH = ("inputs", "nodes", "merges", "outputs")
_NAMED: tuple[Family, ...] = ("initializers", "regularizers", "constraints", "schedules", "layers")
"""The families that options name."""


def spec_schema() -> Schema:
    """The schema as plain data."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "description": "A neural network as a graph, and how it is trained.",
        "type": "object",
        "properties": {section: _section(section) for section in SECTIONS},
        "additionalProperties": False,
        "allOf": [
            # A file that others include has blocks and models alone; any other one is a whole spec.
            {
                "if": {"anyOf": [{"required": [section]} for section in _GRAPH]},
                "then": {
                    "required": ["inputs", "outputs"],
                    "anyOf": [{"required": ["nodes"]}, {"required": ["merges"]}],
                },
            },
            # Classes of the user's own are layers too, and only the checker reads the file that has them.
            {"if": {"required": ["python"]}, "then": _layers("any-layer"), "else": _layers("known-layer")},
        ],
        "definitions": _definitions(),
    }


def _section(section: str) -> Schema:
    return {**SECTION_FORMS[section](), "description": SECTIONS[section].meaning}


def _layers(names: str) -> Schema:
    """The layers that the graph, its blocks and its models may name."""
    graph = {"additionalProperties": {"properties": {"layer": {"$ref": f"#/definitions/{names}"}}}}
    sections = {"nodes": graph, "merges": graph}
    inner = {"additionalProperties": {"properties": sections}}
    return {"properties": {**sections, "blocks": inner, "models": inner}}


def _definitions() -> dict[str, Schema]:
    found: dict[str, Schema] = {
        "expression": {
            "description": "the value of a block's option, or arithmetic over options",
            "type": "string",
            "pattern": r"^\$",
        },
        "known-layer": layer_names(are_all_known=True),
        "any-layer": layer_names(are_all_known=False),
    }
    for family in _NAMED:
        found[family] = {"anyOf": [names_of(family), {"$ref": f"#/definitions/{family}.mapping"}]}
        found[f"{family}.mapping"] = named_mapping(family, FAMILY_WORDS[family], {}, in_block=True)
    found |= value_definitions() | application_definitions()
    return found | entry_definitions(in_block=False) | entry_definitions(in_block=True)
