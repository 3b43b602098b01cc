"""May an option have this value? The smallest part at fault is marked, and what was meant is proposed."""

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.suggest import did_you_mean
from nettool.spec.document import Option
from nettool.spec.tree import part
from nettool.vocabulary.fault import Fault
from nettool.vocabulary.keras_names import Family
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
    findings.add(Diagnostic("NT214", message, place.span, help=suggestion))
    return False


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
