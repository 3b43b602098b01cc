"""What an unquoted YAML scalar means: the core schema of YAML 1.2 (PyYAML alone follows 1.1).

Source: YAML 1.2.2, section 10.3.2. So `1e-3` is a float, and `yes`, `on`, `off` and `no` are texts.
"""

import re

from nettool.spec.yaml.tree import Plain

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITY = re.compile(r"([-+]?)\.(inf|Inf|INF)")
_NAN = frozenset({".nan", ".NaN", ".NAN"})
_NUMBER_START = frozenset("0123456789+-.")

LONGEST_NUMBER = 100
"""Digits after which a number is taken for a text: nothing in a spec needs more."""


def resolve(text: str) -> Plain:
    """The value of a plain (unquoted) scalar."""
    if text in _NULL:
        return None
    if text[0] in _NUMBER_START and len(text) <= LONGEST_NUMBER:
        return _number(text)
    return _BOOL.get(text, text)


def _number(text: str) -> Plain:
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _OCTAL.fullmatch(text):
        return int(text[2:], 8)
    if _HEX.fullmatch(text):
        return int(text[2:], 16)
    infinity = _INFINITY.fullmatch(text)
    if infinity:
        return float("-inf") if infinity[1] == "-" else float("inf")
    return float("nan") if text in _NAN else text
