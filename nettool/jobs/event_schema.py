"""The events that `--json` prints, as JSON Schema and in words: both from their dataclasses."""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from nettool.jobs.identity.same_outcome import Compared
from nettool.jobs.spec.smoke_specs import SmokeTried
from nettool.jobs.train.planned_run import DryRun
from nettool.record.disk.json_form import json_key
from nettool.record.events.events import Event, event_name
from nettool.record.files.results import CheckedExpectation

EVENTS: Mapping[str, type] = {
    **{event_name(each): each for each in get_args(Event)},
    "expectation": CheckedExpectation,
    "compared": Compared,
    "dry_run": DryRun,
    "smoke": SmokeTried,
}
"""What each event's keys are the fields of, besides `event` and `version`."""

_PLAIN: Mapping[Any, dict[str, object]] = {
    int: {"type": "integer"},
    float: {"type": ["number", "null"]},
    bool: {"type": "boolean"},
    str: {"type": "string"},
    object: {},
    NoneType: {"type": "null"},
}
"""Of a number that is not finite `null` is written."""
_WORDS = {"integer": "whole number", "boolean": "true or false", "string": "text", "array": "list"}


@dataclass(frozen=True, slots=True)
class EventKey:
    """A key of an event, and in words what its value is."""

    name: str
    words: str


def event_schema(version: int) -> dict[str, object]:
    """The JSON Schema of one line of output. Keys may be added in the same version, so others are allowed."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An event of nettool, version " + str(version),
        "oneOf": [_event(name, kind, version) for name, kind in EVENTS.items()],
    }


def event_keys(name: str) -> tuple[EventKey, ...]:
    """The keys of an event in words, in the order in which they are written."""
    properties = _object(EVENTS[name])["properties"]
    assert isinstance(properties, dict)
    return tuple(EventKey(key, _words(form)) for key, form in properties.items())


def event_meaning(name: str) -> str:
    """What an event says, from its docstring, with its keys as JSON has them."""
    text = " ".join((inspect.getdoc(EVENTS[name]) or "").split()).replace("None", "null")
    for field in fields(EVENTS[name]):
        text = text.replace(f"`{field.name}`", f"`{json_key(field)}`")
    return text


def _event(name: str, kind: type, version: int) -> dict[str, object]:
    form = _object(kind)
    head = {"event": {"const": name}, "version": {"const": version}}
    properties, required = form["properties"], form["required"]
    assert isinstance(properties, dict)
    assert isinstance(required, list)
    return {
        "title": name,
        "description": event_meaning(name),
        "type": "object",
        "properties": {**head, **properties},
        "required": [*head, *required],
    }


def _object(kind: type) -> dict[str, object]:
    hints = get_type_hints(kind, include_extras=True)
    assert is_dataclass(kind)
    properties = {json_key(field): _form(hints[field.name]) for field in fields(kind)}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _form(hint: Any) -> dict[str, object]:  # noqa: ANN401 – a type, however it is written
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _form(inner[0])
    if origin in (Union, UnionType):
        return {"anyOf": [_form(each) for each in inner]}
    if origin is tuple:
        return {"type": "array", "items": _form(inner[0])}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _form(inner[1])}
    return _object(hint)


def _words(form: Mapping[str, Any]) -> str:
    if "anyOf" in form:
        return " or ".join(_words(each) for each in form["anyOf"])
    kind = form.get("type")
    if kind == ["number", "null"]:
        return "number"
    if kind == "array":
        return f"list of {_words(form['items'])}s"
    if kind == "object" and "properties" in form:
        return ", ".join(f"`{key}`: {_words(each)}" for key, each in form["properties"].items())
    if kind == "object":
        return f"{_words(form['additionalProperties'])} by name"
    return "any value" if kind is None else _WORDS.get(kind, kind)
