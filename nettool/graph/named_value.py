"""Regularizers, initializers and the like that do not say their name as a spec does: `0.01`, `{l2: 0.01}`."""

from collections.abc import Iterator, Mapping

from nettool.graph.class_advice import meant_class
from nettool.kinds.kind import Kind, is_number
from nettool.kinds.list_kinds import Either, Optional
from nettool.spec.naming import NAMING
from nettool.vocabulary.keras_names import canonical
from nettool.vocabulary.named_kind import Named


def named_meanings(kind: Kind, value: object) -> Iterator[object]:
    """What may have been meant by the value of an option that names a thing of Keras, the likeliest first."""
    named = _named(kind)
    if named is None:
        return
    if isinstance(value, str):
        meant = meant_class(named.family, value)
        if meant is not None:
            yield meant
    if isinstance(value, Mapping):
        yield from _of_mapping(named, value)
    if named.family == "regularizers" and is_number(value):
        yield {named.word: "L2", "l2": value}


def _named(kind: Kind) -> Named | None:
    if isinstance(kind, Optional):
        return _named(kind.kind)
    if isinstance(kind, Either):
        return next((found for each in kind.kinds if (found := _named(each)) is not None), None)
    return kind if isinstance(kind, Named) else None


def _of_mapping(named: Named, value: Mapping[str, object]) -> Iterator[object]:
    for key in NAMING:
        name = value.get(key)
        if isinstance(name, str):
            yield {named.word: name, **{other: each for other, each in value.items() if other != key}}
    if len(value) == 1:
        ((key, inner),) = value.items()
        if canonical(named.family, key) is not None:
            yield {named.word: key, **inner} if isinstance(inner, Mapping) else {named.word: key, key: inner}
    if named.family == "regularizers":
        yield {named.word: "L1L2", **value}
