"""The settings in which runs differ, each with its value in every run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Value = str | int | float | bool | None
Spec = Mapping[str, object]
"""A resolved spec as plain values; empty where it cannot be read."""

_FIRST = ("learning_rate", "batch_size", "optimizer", "seed", "epochs")
_MOST = 10
_ROOTS = (("train", "optimizer"), ("train",), ("nodes",))
"""What is left out at the beginning of a path: everybody knows where these settings belong."""
_COUNTED = "nodes"


@dataclass(frozen=True, slots=True)
class Setting:
    """What it is called, and its value in each run; None where a run does not have it."""

    name: str
    values: tuple[Value, ...]


def varying_settings(specs: Sequence[Spec]) -> tuple[Setting, ...]:
    """Those in which runs differ, the usual ones first; of many those that most runs have.

    A run whose spec is not known differs from none. Of networks only what all runs have is looked at, and how
    many nodes there are.
    """
    every = [dict(_settings(spec)) for spec in specs]
    names = dict.fromkeys(name for settings in every for name in settings)
    known = [number for number, spec in enumerate(specs) if spec]
    found = []
    for name in names:
        setting = Setting(name, tuple(settings.get(name) for settings in every))
        present = sum(value is not None for value in setting.values)
        is_everywhere = present == len(known) or not name.startswith(".")
        if is_everywhere and len({_told_apart(setting.values[number]) for number in known}) > 1:
            found.append((_rank(name), -present, setting))
    # Python's sort keeps the order of the spec among equals.
    found.sort(key=lambda each: each[:2])
    return tuple(Setting(each.name.lstrip("."), each.values) for _, _, each in found[:_MOST])


def _rank(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)


def _told_apart(value: Value) -> tuple[bool, Value]:
    """The value with whether it is true or false: for Python `True` equals 1."""
    return isinstance(value, bool), value


def _settings(spec: Spec) -> Iterator[tuple[str, Value]]:
    """Names of the network's parts begin with a point."""
    nodes = spec.get(_COUNTED)
    if isinstance(nodes, Mapping):
        yield _COUNTED, len(nodes)
    for section in ("data", "train"):
        for path, value in _leaves(spec.get(section), (section,)):
            yield _name(path), value
    for path, value in _leaves(nodes, (_COUNTED,)):
        yield f".{_name(path)}", value


def _name(path: tuple[str, ...]) -> str:
    for root in _ROOTS:
        if path[: len(root)] == root and len(path) > len(root):
            return ".".join(path[len(root) :])
    return ".".join(path)


def _leaves(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Value]]:
    """Values that are one word or number; of a learning rate with a schedule the rate that it begins with."""
    if isinstance(value, Mapping):
        begins = value.get("initial_learning_rate")
        if path[-1] == "learning_rate" and isinstance(begins, int | float):
            yield path, begins
            value = {key: inner for key, inner in value.items() if key != "initial_learning_rate"}
        for key, inner in value.items():
            yield from _leaves(inner, (*path, str(key)))
    elif isinstance(value, str | int | float):
        yield path, value
