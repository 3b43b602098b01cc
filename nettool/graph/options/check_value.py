"""May an option have this value? The smallest part at fault is marked, and what was meant is proposed."""

from collections.abc import Iterator, Mapping

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.suggest import did_you_mean
from nettool.graph.options.class_advice import meant_class
from nettool.kinds.kind import Fault, Kind, is_number
from nettool.kinds.list_kinds import Either, Optional
from nettool.spec.document import Option
from nettool.spec.meant import meanings
from nettool.spec.naming import NAMING
from nettool.spec.tree import part, plain
from nettool.spec.yaml_flow import yaml_flow
from nettool.vocabulary.keras_names import Family, canonical
from nettool.vocabulary.named_kind import Named
from nettool.vocabulary.options import kind_of


def check_value(family: Family, owner: str, option: Option, value: object, findings: Findings) -> bool:
    """Report a value that the option cannot have; True when it can.

    `owner` is the class that the option belongs to, `family` what kind of class it is.
    """
    kind = kind_of(family, owner, option.name.value)
    fault = kind.fault(value)
    if fault is None:
        return True
    place = part(option.value, fault.path, at_key=fault.at_key)
    written = _written(value, fault)
    suggestion = did_you_mean(written, fault.choices) if isinstance(written, str) else None
    message = f"`{option.name.value}` of `{owner}` {fault.message}"
    advice = _in_other_notation(option, kind, fault) or suggestion
    findings.add(Diagnostic("NT214", message, place.span, help=advice))
    return False


def _in_other_notation(option: Option, kind: Kind, fault: Fault) -> str | None:
    """The option with what was meant by the part at fault: `8` for a quoted 8, a list for (3, 3)."""
    written = plain(option.value)
    if fault.at_key:
        return None
    inner = _written(written, fault)
    for meant in (*meanings(inner), *named_meanings(kind, inner)):
        whole = _with(written, fault.path, meant)
        if kind.accepts(whole):
            return f"write `{option.name.value}: {yaml_flow(whole)}`"
    return None


def _with(value: object, path: tuple[str | int, ...], inner: object) -> object:
    """The value with another one at the end of the path."""
    if not path:
        return inner
    if isinstance(value, list):
        return [_with(each, path[1:], inner) if step == path[0] else each for step, each in enumerate(value)]
    if isinstance(value, dict):
        return {key: _with(each, path[1:], inner) if key == path[0] else each for key, each in value.items()}
    return value


def _written(value: object, fault: Fault) -> object:
    """The part of a value that is at fault."""
    if fault.at_key:
        return fault.path[-1]
    for step in fault.path:
        if isinstance(value, list):
            value = value[int(step)]
        elif isinstance(value, dict):
            value = value[step]
    return value


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
