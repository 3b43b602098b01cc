"""May an option have this value? The smallest part at fault is marked, and what was meant is proposed."""

from collections.abc import Iterator, Mapping
from functools import partial

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.graph.options.class_advice import meant_class
from nettool.kinds.kind import Kind, is_number
from nettool.kinds.list_kinds import Either, Optional
from nettool.layers.option_kinds import kind_of
from nettool.spec.keys.naming import NAMING
from nettool.spec.keys.value_advice import line_to_write, nearest_name
from nettool.spec.yaml.located import Option
from nettool.spec.yaml.tree import part, plain
from nettool.vocabulary.keras_names import Family, canonical
from nettool.vocabulary.named_kind import Named


def check_value(family: Family, owner: str, option: Option, value: object, findings: Findings) -> bool:
    """Report a value that the option cannot have; True when it can.

    `owner` is the class that the option belongs to, `family` what kind of class it is.
    """
    name = option.name.value
    kind = kind_of(family, owner, name)
    fault = kind.fault(value)
    if fault is None:
        return True
    place = part(option.value, fault.path, at_key=fault.at_key)
    line = line_to_write(name, plain(option.value), kind, fault, partial(named_meanings, kind))
    message = f"`{name}` of `{owner}` {fault.message}"
    findings.add(Diagnostic("NT214", message, place.span, help=line or nearest_name(value, kind, fault)))
    return False


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
