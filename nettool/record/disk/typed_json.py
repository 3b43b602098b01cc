"""A dataclass declares what a JSON file of a run holds: what is checked, and what is read, follow from it.

A field without a default must be there; one with a default came with a later version. `str`, `int`, `bool`,
`float`, `object`, `Literal`, tuples, mappings, dataclasses and `| None` have the form that they name;
`Annotated[int, COUNT]` has the form beside it.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from math import nan
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from nettool.record.disk.forms import (
    ANYTHING,
    COUNT,
    MEASURED,
    SECONDS,
    TEXT,
    TIME,
    TRUTH,
    WHOLE,
    Form,
    list_of,
    map_of,
    one_of,
    or_null,
    record,
    row_of,
)
from nettool.record.disk.json_form import json_key
from nettool.record.disk.run_file import LARGEST_TEXT, read_json

Kind = TypeVar("Kind")

Count = Annotated[int, COUNT]
Seconds = Annotated[float, SECONDS]
Time = Annotated[str, TIME]
"""An ISO 8601 time."""

_SIMPLE: Mapping[object, Form] = {
    str: TEXT,
    int: WHOLE,
    bool: TRUTH,
    float: MEASURED,
    object: ANYTHING,
}
_FORMS: dict[object, Form] = {}
_HINTS: dict[object, Mapping[str, Any]] = {}
"""Of the dataclasses that were read so far."""


def read_typed(kind: type[Kind], path: Path, largest: int = LARGEST_TEXT) -> Kind | None:
    """The dataclass in a JSON file; None where there is no file. Raises RunDamaged and OSError."""
    try:
        return typed(kind, read_json(path, form_of(kind), largest))
    except FileNotFoundError:
        return None


def form_of(kind: Any) -> Form:  # noqa: ANN401 - a dataclass
    """The form of a mapping with the fields of this dataclass."""
    if kind in _FORMS:
        return _FORMS[kind]
    required: dict[str, Form] = {}
    optional: dict[str, Form] = {}
    hints = _hints(kind)
    for each in fields(kind):
        has_default = each.default is not MISSING or each.default_factory is not MISSING
        (optional if has_default else required)[json_key(each)] = _form(hints[each.name])
    return _FORMS.setdefault(kind, record(required, optional))


def typed(kind: type[Kind], facts: Mapping[str, Any]) -> Kind:
    """The dataclass with these values, which have its form; keys that a later version added are left out."""
    hints = _hints(kind)
    keys = {each.name: json_key(each) for each in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: _read(hints[name], facts[key]) for name, key in keys.items() if key in facts})


def _hints(kind: Any) -> Mapping[str, Any]:  # noqa: ANN401 - a dataclass
    if kind not in _HINTS:
        hints = get_type_hints(kind, include_extras=True)
        _HINTS[kind] = {each.name: hints[each.name] for each in fields(kind)}
    return _HINTS[kind]


def _form(hint: Any) -> Form:  # noqa: ANN401 - a type, however it is written
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if is_dataclass(hint):
        return form_of(hint)
    arguments = get_args(hint)
    match get_origin(hint):
        case origin if origin is Annotated:
            form: Form = arguments[1]
            return form
        case origin if origin is Literal:
            return one_of(arguments)
        case origin if origin in (Union, UnionType) and NoneType in arguments:
            return or_null(_form(_present(hint)))
        case origin if origin is tuple and arguments[1:] == (...,):
            return list_of(_form(arguments[0]))
        case origin if origin is tuple:
            return row_of(*map(_form, arguments))
        case origin if origin is Mapping and arguments[0] is str:
            return map_of(_form(arguments[1]))
    raise TypeError(f"no form is known for {hint}")


def _read(hint: Any, value: Any) -> Any:  # noqa: ANN401 - a type, and a value of it
    if hint is float:
        return nan if value is None else value
    if isinstance(hint, type) and is_dataclass(hint):
        return typed(hint, value)
    arguments = get_args(hint)
    match get_origin(hint):
        case origin if origin is Annotated:
            return _read(arguments[0], value)
        case origin if origin in (Union, UnionType):
            return None if value is None else _read(_present(hint), value)
        case origin if origin is tuple and arguments[1:] == (...,):
            return tuple(_read(arguments[0], each) for each in value)
        case origin if origin is tuple:
            return tuple(_read(each, inner) for each, inner in zip(arguments, value, strict=True))
        case origin if origin is Mapping:
            return {key: _read(arguments[1], inner) for key, inner in value.items()}
    return value


def _present(hint: Any) -> Any:  # noqa: ANN401 - a type, however it is written
    """The type of a value that may be null, where it is not."""
    (present,) = (each for each in get_args(hint) if each is not NoneType)
    return present
