"""Values of Python, put in the place of those of a spec."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Iterator, Mapping

from nettool.api.arguments import require_mapping, wrong_kind
from nettool.jobs.call_error import CallError
from nettool.spec.yaml.source_file import LARGEST_FILE

Overrides = Mapping[str, object]
"""Values by their paths in a spec, such as `{"train.epochs": 3}`."""

_DEEPEST = 50
"""Levels of mappings and lists: a spec has no more."""
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that YAML does not take as they are, or takes for the end of a line."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def assignments(overrides: Overrides | None) -> tuple[str, ...]:
    """As on the command line: `train.epochs=3`. Raises CallError for what no spec can hold."""
    require_mapping("overrides", overrides)
    return tuple(f"{_path(path)}={_yaml(value, str(path), 0)}" for path, value in (overrides or {}).items())


def _path(path: object) -> str:
    if not isinstance(path, str):
        raise wrong_kind("overrides", path, 'a mapping of paths such as "train.epochs" to values')
    if "=" in path or any(key != key.strip() for key in path.split(".")):
        raise CallError(
            f"`{path}` in `overrides` is no path: write keys with dots between them and no spaces or `=`"
        )
    return path


def _yaml(value: object, path: str, depth: int) -> str:
    """In one line; JSON is YAML, but for some numbers and characters. NumPy's values count as plain ones."""
    if depth > _DEEPEST:
        raise CallError(f"the value of `{path}` is nested more than {_DEEPEST} levels deep")
    plain = getattr(value, "tolist", None)
    if callable(plain):
        value = plain()
    if isinstance(value, Mapping):
        pairs = (f"{_text(str(key), path)}: {_yaml(each, path, depth + 1)}" for key, each in value.items())
        return "{" + _joined(pairs, path) + "}"
    if isinstance(value, list | tuple):
        return "[" + _joined((_yaml(each, path, depth + 1) for each in value), path) + "]"
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    if isinstance(value, str):
        return _text(value, path)
    if isinstance(value, float):
        return _number(value)
    if value is None or isinstance(value, bool | int):
        try:
            return json.dumps(value)
        except ValueError as error:  # Python writes no numbers of thousands of digits
            raise CallError(f"the value of `{path}` has too many digits") from error
    raise CallError(
        f"the value of `{path}` is a {type(value).__name__}: a spec holds text, numbers, True, False, None, "
        "lists and mappings"
    )


def _joined(parts: Iterator[str], path: str) -> str:
    """In one line, as far as a spec is long."""
    found: list[str] = []
    left = LARGEST_FILE
    for part in parts:
        left -= len(part)
        _require_room(left, path)
        found.append(part)
    return ", ".join(found)


def _require_room(left: int, path: str) -> None:
    if left < 0:
        raise CallError(
            f"the value of `{path}` has more than {LARGEST_FILE // 1_000_000} MB, which no spec has"
        )


def _text(text: str, path: str) -> str:
    _require_room(LARGEST_FILE - len(text), path)
    if _SURROGATE.search(text):
        raise CallError(f"the text of `{path}` has half of a character, which cannot be written to a file")
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _number(value: float) -> str:
    """YAML wants a dot in 1e-05, and one before words for what is no number."""
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    text = repr(value)
    return text.replace("e", ".0e", 1) if "e" in text and "." not in text else text
