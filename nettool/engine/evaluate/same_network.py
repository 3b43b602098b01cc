"""Whether a model's file describes the network of its run: found out before Keras makes anything of it."""

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

import keras

Facts = Mapping[str, Any]

_PUBLISHED_WITH = frozenset({("keras.layers", "Rescaling"), ("keras.layers", "Normalization")})
"""Layers that a ready-made network has only beside published weights."""

_BY_CHANCE = frozenset({"seed", "shared_object_id", "build_config", "compile_config"})
"""Keys that say nothing of what a network computes, or what follows from the others."""

_OF_LAYERS = frozenset({"trainable", "batch_shape"})
"""Keys of which every layer's own options have one."""

_UNNAMED: Facts = {"name": None, "inbound_nodes": []}
_PATH = "vocabulary"
"""An option that may be a path: the run's copy of the file lies elsewhere than what it was trained with."""

_TENSOR = (None, "__keras_tensor__")


def difference(model: keras.Model, facts: Facts, applications: frozenset[str]) -> str | None:
    """The first thing that a file's config.json says otherwise than this model; None when they agree.

    Keys that only one of them has are another version's. Within those named in `applications` layers have
    names by chance, so that they are compared one after the other, without what feeds them.
    """
    ours: Facts = json.loads(json.dumps(keras.saving.serialize_keras_object(model)))
    foreign = _classes({**facts, "compile_config": None}) - _classes(ours) - _PUBLISHED_WITH - {_TENSOR}
    if foreign:
        return f"it holds a `{min(name for _, name in foreign)}`, which resolved.yaml does not"
    by_chance = {each.name for each in model.operations if not isinstance(each, keras.Layer)}
    return _of_networks(ours, _as_called(ours, facts, by_chance), applications)


def _as_called(ours: Facts, theirs: Facts, by_chance: Set[str]) -> Facts:
    """The file's facts with our names for those operations that Keras adds by itself, as for a mask.

    It numbers them through all networks that a process builds (`not_equal_3`).
    """
    layers = zip(ours["config"]["layers"], theirs["config"]["layers"], strict=False)
    names = {str(other["config"].get("name")): str(one["config"]["name"]) for one, other in layers}
    found = {name: own for name, own in names.items() if own in by_chance and name != own}
    return {**theirs, "config": _renamed(theirs["config"], found)} if found else theirs


def _renamed(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {key: _renamed(each, names) for key, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each, names) for each in value]
    return names.get(value, value) if isinstance(value, str) else value


def _classes(value: object) -> set[tuple[str | None, str]]:
    """Everything that Keras would make objects of: the module and the name of each."""
    found = set()
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if "class_name" in each:
                found.add((_text(each.get("module")), str(_text(each["class_name"]))))
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
    return found


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _of_networks(ours: Facts, theirs: Facts, applications: frozenset[str]) -> str | None:
    expected = {each["config"]["name"]: each for each in ours["config"]["layers"]}
    found = {str(each["config"].get("name")): each for each in theirs["config"]["layers"]}
    for name in [*expected, *found]:
        if name not in found:
            return f"it has no layer `{name}`, which resolved.yaml has"
        if name not in expected:
            return f"it has a layer `{name}`, which resolved.yaml has not"
    if list(expected) != [each["config"].get("name") for each in theirs["config"]["layers"]]:
        return "its layers stand in another order than those of resolved.yaml"
    for name, layer in expected.items():
        compare = _of_applications if name in applications else _of_layers
        found_difference = compare(layer, found[name])
        if found_difference is not None:
            return f"its layer `{name}` {found_difference}"
    for key in ("input_layers", "output_layers"):
        if ours["config"][key] != theirs["config"].get(key):
            return f"its {key.replace('_layers', 's')} are others than those of resolved.yaml"
    return None


def _of_layers(ours: Facts, theirs: Facts) -> str | None:
    place = next(_unequal(ours, theirs, ()), None)
    if place is None:
        return None
    if place[:1] == ("inbound_nodes",):
        return "is fed by other layers than resolved.yaml says"
    keys = [key for key in place if key != "config"]
    ends = " and ".join(f"{_shown(_at(facts, place))}{where}" for facts, where in _sides(ours, theirs))
    return f"differs in `{'.'.join(keys)}`: {ends}"


def _sides(ours: Facts, theirs: Facts) -> Iterator[tuple[Facts, str]]:
    yield theirs, " in the file"
    yield ours, " in resolved.yaml"


def _of_applications(ours: Facts, theirs: Facts) -> str | None:
    expected, found = (_layers_of(each) for each in (ours, theirs))
    if len(expected) != len(found):
        return f"has {len(found)} layers within, not {len(expected)} as in resolved.yaml"
    for one, other in zip(expected, found, strict=True):
        found_difference = _of_layers({**one, **_UNNAMED}, {**other, **_UNNAMED})
        if found_difference is not None:
            return found_difference
    return None


def _layers_of(application: Facts) -> Sequence[Facts]:
    layers = application["config"].get("layers")
    if not isinstance(layers, list):
        return ()
    return [
        each
        for each in layers
        if isinstance(each, dict) and (each.get("module"), each.get("class_name")) not in _PUBLISHED_WITH
    ]


def _unequal(ours: object, theirs: object, place: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Where two values of JSON differ, outermost key first; what only one has does not count."""
    if place[-1:] == (_PATH,) and isinstance(ours, str) and isinstance(theirs, str):
        return
    if isinstance(ours, dict) and isinstance(theirs, dict):
        # Layers within layers are named by chance; no layer is compared with one of another name.
        by_chance = _BY_CHANCE | ({"name"} if not _OF_LAYERS.isdisjoint(ours) else set())
        for key in ours:
            if key in theirs and key not in by_chance:
                yield from _unequal(ours[key], theirs[key], (*place, key))
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for number, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _unequal(one, other, (*place, str(number)))
    elif (type(ours) is not type(theirs) or ours != theirs) and not _are_equal_numbers(ours, theirs):
        yield place


def _are_equal_numbers(one: object, other: object) -> bool:
    numbers = all(isinstance(each, (int, float)) and not isinstance(each, bool) for each in (one, other))
    return numbers and (one == other or (one != one and other != other))


def _at(value: Any, place: tuple[str, ...]) -> object:  # noqa: ANN401 - any JSON
    for key in place:
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def _shown(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
