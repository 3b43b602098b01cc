"""Forms: what a value in a file of a run must be, and what is wrong with the first one that is not."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from math import isfinite

Form = Callable[[object], None]
"""Raises Misfit for a value that does not have the form."""

_NOTHING: Mapping[str, Form] = {}
_LARGEST = 2**53
"""The largest whole number that every reader of JSON has exactly."""
_LONGEST_SHOWN = 40


_HALVES = re.compile("[\ud800-\udc7f\udd00-\udfff]")


class Misfit(Exception):
    """A value does not have its form. `place` leads to it, from the outermost key inwards."""

    def __init__(self, expected: str, value: object, place: tuple[str, ...] = ()) -> None:
        where = f"`{'.'.join(place)}`" if place else "its content"
        super().__init__(f"{where} must be {expected}, not {_shown(value)}")
        self._parts = (expected, value, place)

    def inside(self, key: object) -> "Misfit":
        """The same, seen from the value that holds it under this key."""
        expected, value, place = self._parts
        return Misfit(expected, value, (_shown_key(key), *place))


def moment(text: str) -> datetime:
    """An ISO 8601 time as local time without a zone. Raises ValueError."""
    time = datetime.fromisoformat(text)
    if not 1970 <= time.year <= 9000:
        raise ValueError(text)
    return time if time.tzinfo is None else time.astimezone().replace(tzinfo=None)


def _simple(expected: str, fits: Callable[[object], bool]) -> Form:
    def check(value: object) -> None:
        if not fits(value):
            raise Misfit(expected, value)

    return check


def _is_text(value: object) -> bool:
    # JSON can name half a character, which no file takes; some of them stand for bytes of a file's name.
    return isinstance(value, str) and _HALVES.search(value) is None


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST


def _is_measured(value: object) -> bool:
    return value is None or isinstance(value, float) or _is_whole(value)


def _is_number(value: object) -> bool:
    return _is_whole(value) or (isinstance(value, float) and isfinite(value))


def _is_seconds(value: object) -> bool:
    return _is_number(value) and 0 <= value <= _LARGEST  # type: ignore[operator]


def _is_time(value: object) -> bool:
    try:
        return isinstance(value, str) and moment(value) is not None
    except (ValueError, OverflowError):
        return False


ANYTHING: Form = lambda value: None  # noqa: E731 - a form like the others
REAL = _simple("a number", lambda value: isinstance(value, float) or _is_whole(value))
"""A number, which may also be infinite, or not a number."""
TEXT = _simple("text", _is_text)
TRUTH = _simple("true or false", lambda value: isinstance(value, bool))
WHOLE = _simple("a whole number", _is_whole)
COUNT = _simple("a whole number from 0", lambda value: _is_whole(value) and value >= 0)  # type: ignore[operator]
NUMBER = _simple("a number", _is_number)
SECONDS = _simple("a number of seconds", _is_seconds)
"""From 0, and so many that the sum of any list of them is finite."""
MEASURED = _simple("a number or null", _is_measured)
"""A measured number: one that is not finite is null in JSON, and may be NaN or infinite elsewhere."""
TIME = _simple("a time in ISO 8601", _is_time)


def one_of(words: Iterable[str]) -> Form:
    """One of these texts."""
    known = tuple(words)
    return _simple(f"one of {', '.join(known)}", lambda value: isinstance(value, str) and value in known)


def or_null(form: Form) -> Form:
    """The form, or null."""

    def check(value: object) -> None:
        if value is not None:
            form(value)

    return check


def list_of(form: Form) -> Form:
    """A list whose items have the form."""

    def check(value: object) -> None:
        if not isinstance(value, list):
            raise Misfit("a list", value)
        for number, each in enumerate(value):
            try:
                form(each)
            except Misfit as misfit:
                raise misfit.inside(number) from None

    return check


def row_of(*forms: Form) -> Form:
    """A list of as many items as there are forms, each of its own."""

    def check(value: object) -> None:
        if not isinstance(value, list) or len(value) != len(forms):
            raise Misfit(f"a list of {len(forms)}", value)
        _check_all(zip(range(len(forms)), forms, value, strict=True))

    return check


def map_of(form: Form) -> Form:
    """A mapping of any names to values of the form."""

    def check(value: object) -> None:
        known = _mapping(value)
        for key in known:
            TEXT(key)
        _check_all((key, form, each) for key, each in known.items())

    return check


def record(required: Mapping[str, Form], optional: Mapping[str, Form] = _NOTHING) -> Form:
    """A mapping with these keys. Those that it may lack came with a later version; unknown ones may, too."""

    def check(value: object) -> None:
        known = _mapping(value)
        for key in required:
            if key not in known:
                raise Misfit("there", None, (key,))
        forms = {**required, **optional}
        _check_all((key, form, known[key]) for key, form in forms.items() if key in known)

    return check


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise Misfit("a mapping", value)
    return value


def _check_all(parts: Iterable[tuple[object, Form, object]]) -> None:
    for key, form, value in parts:
        try:
            form(value)
        except Misfit as misfit:
            raise misfit.inside(key) from None


def _shown(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return "a mapping"
    text = ascii(value) if not isinstance(value, int) or abs(value) <= _LARGEST else "a larger one"
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _shown_key(key: object) -> str:
    text = str(key)
    return text if text.isprintable() and len(text) <= _LONGEST_SHOWN else f"{ascii(text)[1:_LONGEST_SHOWN]}…"
