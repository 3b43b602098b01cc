"""What to write instead of a value that is not of its kind: what was meant by it, or the nearest name."""

from collections.abc import Callable, Iterable

from nettool.diagnostics.suggest import did_you_mean
from nettool.kinds.fault import Fault
from nettool.kinds.kind import Kind, Word
from nettool.spec.yaml.flow import yaml_flow
from nettool.spec.yaml.meant import meanings


def line_to_write(
    key: str,
    written: object,
    kind: Kind,
    fault: Fault,
    more: Callable[[object], Iterable[object]] = lambda inner: (),
) -> str | None:
    """The key with what was meant by the part at fault: `8` for a quoted 8, a list for (3, 3).

    `more` are further things that may have been meant by it.
    """
    if fault.at_key:
        return None
    inner = _part_at_fault(written, fault)
    for meant in (*meanings(inner), *more(inner)):
        whole = _with(written, fault.path, meant)
        if kind.accepts(whole):
            return f"write `{key}: {yaml_flow(whole)}`"
    whole_meant = next((meant for meant in meanings(written) if kind.accepts(meant)), None)
    return None if whole_meant is None else f"write `{key}: {yaml_flow(whole_meant)}`"


def nearest_name(value: object, kind: Kind, fault: Fault) -> str | None:
    """The legal name nearest to the part at fault, where names are legal."""
    inner = _part_at_fault(value, fault)
    if not isinstance(inner, str):
        return None
    other = dict(kind.others).get(inner.lower()) if isinstance(kind, Word) else None
    return did_you_mean(inner, fault.choices) if other is None else f"did you mean `{other}`?"


def _part_at_fault(value: object, fault: Fault) -> object:
    """The part of a value that is at fault."""
    if fault.at_key:
        return fault.path[-1]
    for step in fault.path:
        if isinstance(value, list):
            value = value[int(step)]
        elif isinstance(value, dict):
            value = value[step]
    return value


def _with(value: object, path: tuple[str | int, ...], inner: object) -> object:
    """The value with another one at the end of the path."""
    if not path:
        return inner
    if isinstance(value, list):
        return [_with(each, path[1:], inner) if step == path[0] else each for step, each in enumerate(value)]
    if isinstance(value, dict):
        return {key: _with(each, path[1:], inner) if key == path[0] else each for key, each in value.items()}
    return value
