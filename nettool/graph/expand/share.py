"""Which calls apply one layer: `reuse` and the uses of a model, each with the call that owns the weights."""

from dataclasses import replace

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.graph.expand.calls import REUSED, Call
from nettool.graph.expand.check_reuse import unlike_uses
from nettool.graph.expand.declare import FROZEN


def share_layers(calls: tuple[Call, ...], inputs: frozenset[str], findings: Findings) -> tuple[Call, ...]:
    """The calls, in computing order, each with the owner of its layer and that layer's class, options.

    The owner is whichever call comes first in computing order, so that no order is forced by sharing.
    """
    by_name = {call.name: call for call in calls}
    identities = _identities(calls, by_name, inputs, findings)
    definitions = {
        identity: call
        for call in reversed(calls)
        if call.operation != REUSED and (identity := identities[call.name]) is not None
    }
    _check_training(calls, definitions, findings)
    owners: dict[str, str] = {}
    shared: list[Call] = []
    for call in calls:
        identity = identities[call.name]
        definition = None if identity is None else definitions.get(identity)
        if identity is None or definition is None:
            shared.append(replace(call, sound=False))
            continue
        owner = owners.setdefault(identity, call.name)
        if definition is call and owner == call.name:
            shared.append(call)
            continue
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


def _check_training(calls: tuple[Call, ...], definitions: dict[str, Call], findings: Findings) -> None:
    """Report each use of a model that is frozen while another use of it is trained, once."""
    reported: set[str] = set()
    for call in calls:
        first = definitions.get(call.layer)
        if first is None or call.operation == REUSED or FROZEN not in {*call.options, *first.options}:
            continue
        frozen, trained = (call, first) if call.options.get(FROZEN) is False else (first, call)
        if frozen.use is None or frozen.options.get(FROZEN) == trained.options.get(FROZEN):
            continue
        model = next(group for group in reversed(frozen.groups) if group.is_model)
        if model.address not in reported:
            reported.add(model.address)
            findings.add(unlike_uses(frozen.use, model.block, trained.groups[-1].address))


def _identities(
    calls: tuple[Call, ...], by_name: dict[str, Call], inputs: frozenset[str], findings: Findings
) -> dict[str, str | None]:
    """For each call the layer that it applies in the end: a reused layer may itself be a reuse.

    All calls of a chain of reuses learn at once what its end is, so that each is looked at once.
    """
    identities: dict[str, str | None] = {}
    for call in calls:
        chain: dict[str, Call] = {}
        last: Call | None = call
        while last is not None and last.name not in identities and last.name not in chain:
            chain[last.name] = last
            last = by_name.get(last.layer) if last.operation == REUSED else None
        end = next(reversed(chain.values()), call)
        if last is not None and last.name in identities:
            identity = identities[last.name]
        elif last is None and end.operation != REUSED:
            identity = end.layer
        else:
            identity = None
            _report(end, inputs, findings, is_circle=last is not None)
        identities |= dict.fromkeys(chain, identity)
    return identities


def _report(call: Call, inputs: frozenset[str], findings: Findings, *, is_circle: bool) -> None:
    """Why it cannot be said what layer a reuse applies; nothing where that was reported before."""
    target = call.entry.target
    if call.layer in inputs:
        message = f"`{target.value}` is an input, not a layer: there is nothing to reuse"
        findings.add(Diagnostic("NT316", message, target.span))
    elif is_circle and (call.layer != call.name or target.value == call.entry.name.value):
        message = f"`{target.value}` is reused by itself: nobody says what layer it is"
        findings.add(Diagnostic("NT316", message, target.span))
