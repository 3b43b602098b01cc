"""Printed events are held against the schema that `nettool schema --events` prints."""

from functools import cache

import jsonschema

from nettool.cli.output.json_event import VERSION
from nettool.jobs.event_schema import event_schema


@cache
def _validator() -> jsonschema.Draft202012Validator:
    schema = event_schema(VERSION)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def check_event(event: dict[str, object]) -> None:
    """It is one of the events, and has no key that the schema does not name."""
    _validator().validate(event)
    kinds = event_schema(VERSION)["oneOf"]
    assert isinstance(kinds, list)
    (kind,) = [each for each in kinds if each["title"] == event["event"]]
    assert event.keys() == kind["properties"].keys()
