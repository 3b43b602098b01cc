"""What cannot be shared: several layers under one name, a layer trained in one use and frozen in another."""

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.graph.expand.declare import FROZEN
from nettool.graph.expand.scope import Member, Scope
from nettool.spec.network.entries import Entry
from nettool.spec.yaml.located import Name


def check_reuse(scope: Scope, entry: Entry, findings: Findings) -> None:
    """Report a `reuse` of a use or a chain: only the last layer of it would be shared."""
    member = _several(scope, entry.target)
    if member is None:
        return
    own, target, meant = entry.name.value, entry.target.value, member.entry.target.value
    kind = member.entry.kind
    if kind == "model":
        what = f"a use of the model `{meant}`"
        advice = f"use the model again: `{own}: {{model: {meant}, from: …}}`"
    elif kind == "block":
        what = f"a use of the block `{meant}`"
        advice = (
            f"share it as a model: define `{meant}` under `models:`, without options, instead of "
            f"`blocks:`, and write `{{model: {meant}, from: …}}` at `{target}` and at `{own}`"
        )
    else:
        what = f"a chain of {len(member.copies)} copies"
        advice = (
            f"share it as a model: define one that holds `{target}`, say `stack`, under `models:`, and write "
            f"`{{model: stack, from: …}}` at `{target}` and at `{own}`; `reuse: {target}.1` is its first copy"
        )
    findings.add(
        Diagnostic(
            "NT316",
            f"`{own}` reuses `{target}`, which is {what}, not one layer",
            entry.target.span,
            labels=(Label(member.entry.name.span, what),),
            help=advice,
        )
    )


def _several(scope: Scope, name: Name) -> Member | None:
    """The member that a name means, where that is not one node: a use or a whole chain."""
    head, *rest = name.value.split(".")
    member = scope.members.get(head)
    while member is not None:
        place = member.copies[-1] if member.copies else None
        if member.numbered and rest and rest[0].isdecimal():
            copy = rest.pop(0)
            place = next((each for number, each in enumerate(member.copies, 1) if str(number) == copy), None)
        elif member.numbered and len(member.copies) > 1 and not rest:
            return member
        if not isinstance(place, Scope):
            return None
        if not rest:
            return member
        member = place.members.get(rest.pop(0))
    return None


def unlike_uses(frozen: Entry, model: str, trained: str) -> Diagnostic:
    """A use of a model says `trainable: false`, the use at the address `trained` does not."""
    option = frozen.options.get(FROZEN)
    return Diagnostic(
        "NT323",
        f"the model `{model}` is frozen in this use, but trained in `{trained}`: its layers are the same",
        frozen.name.span if option is None else option.value.span,
        help=f"write `{FROZEN}: false` at every use of `{model}`, or at none",
    )
