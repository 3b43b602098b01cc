"""A plain value as YAML on one line, as a spec writes it: `{layer: Dense, units: 64}`."""

import json
from collections.abc import Mapping

from nettool.spec.scalars import resolve

_NEEDS_QUOTES = frozenset("{}[],&*#?|<>=!%@`'\"\\\n\t:")


def yaml_flow(value: object) -> str:
    """The value in flow style; a text is quoted only where YAML would read something else."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{yaml_flow(key)}: {yaml_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(yaml_flow, value)) + "]"
    if isinstance(value, str) and _is_plain(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _is_plain(text: str) -> bool:
    return (
        resolve(text) == text
        and text == text.strip()
        and not text.startswith("-")
        and not _NEEDS_QUOTES & set(text)
        and text.isprintable()
    )
