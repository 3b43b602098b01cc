"""The arguments of a caller, checked: another kind of value is a CallError that names the argument."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from nettool.diagnostics.suggest import did_you_mean
from nettool.jobs.call_error import CallError

_LONGEST = 60
"""Characters of a value that is shown as it is."""


def path_of(argument: str, value: object) -> Path:
    """The path. Raises CallError for what is none."""
    text = os.fspath(value) if isinstance(value, str | os.PathLike) else None
    if not isinstance(text, str):
        raise wrong_kind(argument, value, "a path, as text or a pathlib.Path")
    path = Path(text)
    if "\0" in str(path):
        raise CallError(f"`{argument}` holds a zero character, which no path has")
    return path


def text_of(argument: str, value: object) -> str:
    """The text. Raises CallError for anything else."""
    if not isinstance(value, str):
        raise wrong_kind(argument, value, "text")
    return value


def count_of(argument: str, value: object, at_least: int = 1) -> int:
    """The whole number, one of NumPy's too. Raises CallError for anything else, and for a smaller one."""
    item = getattr(value, "item", None)
    try:
        number = item() if callable(item) else value
    except (TypeError, ValueError):  # an array of several
        number = None
    if not isinstance(number, int) or isinstance(number, bool) or number < at_least:
        raise wrong_kind(argument, value, f"a whole number of at least {at_least}")
    return number


def require_one_of(argument: str, value: object, choices: Sequence[str]) -> None:
    """Raise CallError for another value."""
    if isinstance(value, str) and value in choices:
        return
    known = f"there are {' and '.join(f'`{choice}`' for choice in choices)}"
    advice = did_you_mean(value, choices) if isinstance(value, str) else None
    raise CallError(f"there is no {argument} {_shown(value)}: {advice or known}")


def require_made_by(maker: str, value: object, kind: type) -> None:
    """Raise CallError where a class is called with a user's value instead of the function that makes it."""
    if not isinstance(value, kind):
        raise CallError(f"call `{maker}`: it makes what this class is for")


def require_mapping(argument: str, value: object) -> None:
    """Raise CallError for anything but paths of a spec with their values."""
    if value is not None and not isinstance(value, Mapping):
        raise wrong_kind(argument, value, 'a mapping of paths to values, such as {"train.epochs": 3}')


def wrong_kind(argument: str, value: object, expected: str) -> CallError:
    """The error for a value of another kind."""
    return CallError(f"`{argument}` must be {expected}, not {_shown(value)}")


def _shown(value: object) -> str:
    """Short plain values as they are, of others their kind."""
    if value is None or isinstance(value, bool | int | float | str):
        try:
            text = value if isinstance(value, str) else repr(value)
        except ValueError:  # Python writes no numbers of thousands of digits
            return "a longer number"
        if len(text) <= _LONGEST:
            return f"`{text}`"
    return f"a {type(value).__name__}"
