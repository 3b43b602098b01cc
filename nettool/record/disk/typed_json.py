"""A dataclass declares what a JSON file of a run holds: what is checked, and what is read, follow from it.

A key must be there unless its field is `later`: those came with a later version. `str`, `int`, `bool`,
`float`, `object`, `Literal`, tuples, mappings, dataclasses and `| None` have the form that they name;
`Annotated[int, COUNT]` has the form beside it.
"""

from collections.abc import Callable, Mapping
from dataclasses import field, fields, is_dataclass
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
Read = Callable[[Any], Any]
"""Makes of a value in JSON what a dataclass holds."""

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
_LATER = "came later"
_NOTHING: Mapping[str, object] = {}
_FORMS: dict[object, Form] = {}
_READERS: dict[object, Read] = {}
"""Of the dataclasses that were read so far."""


def later(
    default: object = None,
    *,
    factory: Callable[[], object] | None = None,
    metadata: Mapping[str, object] = _NOTHING,
) -> Any:  # noqa: ANN401 - as dataclasses.field is typed
    """A field that files of earlier versions lack."""
    marked = {**metadata, _LATER: True}
    if factory is not None:
        return field(default_factory=factory, metadata=marked)
    return field(default=default, metadata=marked)


def read_typed(kind: type[Kind], path: Path, largest: int = LARGEST_TEXT) -> Kind | None:
    """The dataclass in a JSON file; None where there is no file. Raises RunDamaged and OSError."""
    try:
        return typed(kind, read_json(path, form_of(kind), largest))
    except FileNotFoundError:
        return None


def form_of(kind: Any) -> Form:  # noqa: ANN401 - a dataclass
    """The form of a mapping with the fields of this dataclass."""
    if kind not in _FORMS:
        hints = get_type_hints(kind, include_extras=True)
        required: dict[str, Form] = {}
        optional: dict[str, Form] = {}
        for each in fields(kind):
            (optional if _LATER in each.metadata else required)[json_key(each)] = _form(hints[each.name])
        _FORMS[kind] = record(required, optional)
    return _FORMS[kind]


def typed(kind: type[Kind], facts: Mapping[str, Any]) -> Kind:
    """The dataclass with these values, which have its form; keys that a later version added are left out."""
    made: Kind = _dataclass_reader(kind)(facts)
    return made


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


def _dataclass_reader(kind: Any) -> Read:  # noqa: ANN401 - a dataclass
    if kind not in _READERS:
        hints = get_type_hints(kind, include_extras=True)
        readers = {json_key(each): (each.name, _reader(hints[each.name])) for each in fields(kind)}

        def read(facts: Mapping[str, Any]) -> object:
            return kind(
                **{
                    name: facts[key] if read is None else read(facts[key])
                    for key, (name, read) in readers.items()
                    if key in facts
                }
            )

        _READERS[kind] = read
    return _READERS[kind]


def _reader(hint: Any) -> Read | None:  # noqa: ANN401 - a type, however it is written
    """What reads a value of this type; None where it is taken as it is: files hold millions of numbers."""
    if hint is float:
        return lambda value: nan if value is None else value
    if is_dataclass(hint):
        return _dataclass_reader(hint)
    arguments = get_args(hint)
    match get_origin(hint):
        case origin if origin is Annotated and arguments[0] is not float:
            return _reader(arguments[0])
        case origin if origin in (Union, UnionType):
            return _present_reader(_reader(_present(hint)))
        case origin if origin is tuple and arguments[1:] == (...,):
            return _list_reader(_reader(arguments[0]))
        case origin if origin is tuple:
            return _row_reader(tuple(map(_reader, arguments)))
        case origin if origin is Mapping:
            return _map_reader(_reader(arguments[1]))
    return None


def _present_reader(inner: Read | None) -> Read | None:
    return None if inner is None else lambda value: None if value is None else inner(value)


def _list_reader(inner: Read | None) -> Read:
    return tuple if inner is None else lambda value: tuple(map(inner, value))


def _row_reader(inner: tuple[Read | None, ...]) -> Read:
    if not any(inner):
        return tuple
    return lambda value: tuple(
        each if read is None else read(each) for read, each in zip(inner, value, strict=True)
    )


def _map_reader(inner: Read | None) -> Read | None:
    return None if inner is None else lambda value: {key: inner(each) for key, each in value.items()}


def _present(hint: Any) -> Any:  # noqa: ANN401 - a type, however it is written
    """The type of a value that may be null, where it is not."""
    (present,) = (each for each in get_args(hint) if each is not NoneType)
    return present
