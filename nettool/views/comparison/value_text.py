"""A value that differs, on one line and not too long."""

from collections.abc import Mapping

from nettool.spec.yaml_flow import yaml_flow
from nettool.views.comparison.differences import ABSENT


def value_text(value: object, longest: int) -> str:
    """As a spec writes it, a dash for nothing; options that are null are left out, too long a rest is cut."""
    text = "–" if value is ABSENT else yaml_flow(_without_nulls(value))
    return text if len(text) <= longest else text[: longest - 1].rstrip(" ,") + "…"


def _without_nulls(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    return value
