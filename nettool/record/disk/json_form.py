"""How values become JSON in a run: indented, UTF-8, and never a bare NaN or Infinity, which JSON lacks."""

import json
from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from math import isfinite
from numbers import Integral, Real
from typing import Any

from nettool.diagnostics.printable import printable

_KEY = "key in JSON"


def json_text(value: object) -> str:
    """The value as an indented JSON document. Numbers that are not finite are written as `null`."""
    return printable(json.dumps(plain(value), indent=2, ensure_ascii=False, allow_nan=False)) + "\n"


def plain(value: object) -> object:
    """The value in JSON's own types, at any depth.

    Dataclasses and mappings become dicts, sequences lists, NumPy's numbers Python's; NaN and infinity become
    None, because JSON has no word for them. Anything else stays as it is.
    """
    if is_dataclass(value):
        return {json_key(field): plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, bool):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value) if isfinite(value) else None
    return value


def plain_facts(value: object) -> dict[str, Any]:
    """A dataclass as its keys and values in JSON's own types."""
    facts = plain(value)
    assert isinstance(facts, dict)
    return facts


def written_as(key: str) -> Mapping[str, str]:
    """The metadata of a field whose key in JSON is another word than its name."""
    return {_KEY: key}


def json_key(field: Field[Any]) -> str:
    """The key of a dataclass's field in JSON."""
    key: str = field.metadata.get(_KEY, field.name)
    return key
