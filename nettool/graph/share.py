"""Which calls apply one layer: `reuse` and the uses of a model, each with the call that owns the weights."""

from dataclasses import replace

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.graph.expand import REUSED, Call


def share_layers(calls: tuple[Call, ...], inputs: frozenset[str], findings: Findings) -> tuple[Call, ...]:
    """The calls, in computing order, each with the owner of its layer and that layer's class, options.

    The owner is whichever call comes first in computing order, so that no order is forced by sharing.
    """
    by_name = {call.name: call for call in calls}
    identities = {call.name: _identity(call, by_name, inputs, findings) for call in calls}
    definitions = {
        identity: call
        for call in reversed(calls)
        if call.operation != REUSED and (identity := identities[call.name]) is not None
    }
    owners: dict[str, str] = {}
    shared: list[Call] = []
    for call in calls:
        identity = identities[call.name]
        definition = None if identity is None else definitions.get(identity)
        if identity is None or definition is None:
            shared.append(replace(call, sound=False))
            continue
        owner = owners.setdefault(identity, call.name)
        shared.append(
            replace(
                call,
                operation=definition.operation,
                options=definition.options,
                sound=call.sound and definition.sound,
                owner=None if owner == call.name else owner,
            )
        )
    return tuple(shared)


def _identity(call: Call, by_name: dict[str, Call], inputs: frozenset[str], findings: Findings) -> str | None:
    """The layer that a call applies in the end: a reused layer may itself be a reuse."""
    seen: set[str] = set()
    while call.operation == REUSED:
        name = call.layer
        target = call.entry.target
        if name in inputs:
            message = f"`{target.value}` is an input, not a layer: there is nothing to reuse"
            findings.add(Diagnostic("NT316", message, target.span))
            return None
        if name in seen:
            message = f"`{target.value}` is reused by itself: nobody says what layer it is"
            findings.add(Diagnostic("NT316", message, target.span))
            return None
        seen.add(name)
        if name not in by_name:
            return None
        call = by_name[name]
    return call.layer
