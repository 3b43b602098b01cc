"""What was meant by a value that YAML reads otherwise: a number in quotes, `None`, `(3, 3)`, `1/255`."""

import math
import re
from collections.abc import Callable, Iterator

from nettool.spec.yaml.flow import yaml_flow
from nettool.spec.yaml.scalars import resolve
from nettool.spec.yaml.tree import Plain

_LONGEST = 100
"""Letters: a longer text is no value in another notation."""
_NULLS = frozenset({"none", "nil", "nothing", "n/a"})
_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_GROUPED = re.compile(r"[-+]?[0-9]{1,3}([,_'][0-9]{3})+|[-+]?[0-9]+(_[0-9]+)+")
_PERCENT = re.compile(r"([0-9.]+) ?%")
_FRACTION = re.compile(r"([-+]?[0-9.]+) ?/ ?([0-9.]+)")
_BRACKETED = re.compile(r"[(\[]([^()\[\]{}]*)[)\]]")
_TIMES = re.compile(r"[0-9]+( ?[x×*] ?[0-9]+)+")
_DECIMAL_COMMA = re.compile(r"[-+]?(0,[0-9]+|[0-9]+,([0-9]{1,2}|[0-9]{4,}))")
_EQUALS = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?: ?= ?| )([^= ]+)")
_UNSPACED = re.compile(r"([A-Za-z_][A-Za-z0-9_.-]*):(?=[^ /])")


def mended(value: object, accepts: Callable[[object], bool]) -> str | None:
    """The likeliest meaning that is accepted, as a spec writes it; None if there is none."""
    return next((yaml_flow(each) for each in meanings(value) if accepts(each)), None)


def spaced(text: str) -> str | None:
    """Words such as `units:10` with the space that makes them a key and its value; None for others."""
    if len(text) > 10 * _LONGEST or not _UNSPACED.match(text):
        return None
    return _UNSPACED.sub(r"\1: ", text)


def meanings(value: object) -> Iterator[object]:
    """What may have been meant instead of a value, the likeliest first."""
    if isinstance(value, str) and 0 < len(value) <= _LONGEST:
        yield from _of_text(value.strip())
    elif isinstance(value, float) and value.is_integer():
        yield int(value)
    elif isinstance(value, list):
        yield [next(_of_text(item.strip()), item) if isinstance(item, str) else item for item in value]
        yield from value if len(value) == 1 else ()
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        yield [value]
    if isinstance(value, int) and 10 <= value <= 100:
        yield value / 100  # a share, in percent


def paired(key: str) -> tuple[str, str] | None:
    """The key and the value that stand in words such as `units=32` or `units 32`; None for others."""
    found = _EQUALS.fullmatch(key) if len(key) <= _LONGEST else None
    return None if found is None else (found[1], found[2])


def _of_text(text: str) -> Iterator[object]:
    word = text.lower()
    if word in _NULLS:
        yield None
    if word in _TRUTHS:
        yield _TRUTHS[word]
    number = _number(text)
    if number is not None:
        yield number
    if _TIMES.fullmatch(text):
        yield [int(each) for each in re.findall(r"[0-9]+", text)]
    listed = _BRACKETED.fullmatch(text)
    if listed is not None:
        yield [_item(item.strip()) for item in listed[1].split(",") if item.strip()]


def _number(text: str) -> int | float | None:
    if _DECIMAL_COMMA.fullmatch(text):
        return float(text.replace(",", "."))
    if _GROUPED.fullmatch(text):
        return int(re.sub("[,_']", "", text))
    value: Plain = resolve(text) if text else None
    percent, fraction = _PERCENT.fullmatch(text), _FRACTION.fullmatch(text)
    if percent is not None:
        value = _divided(percent[1], "100")
    elif fraction is not None:
        value = _divided(fraction[1], fraction[2])
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    return value if is_number and isinstance(value, (int, float)) else None


def _divided(above: str, below: str) -> float | None:
    try:
        return float(above) / float(below)
    except (ValueError, ZeroDivisionError):
        return None


def _item(text: str) -> object:
    bare = text.strip("'\"")
    return next(_of_text(bare), bare)
