"""What each entry is fed: its `from`, or by default the entry above; and what a block's inputs stand for."""

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.suggest import listing
from nettool.graph.expand.scope import Member, Scope
from nettool.spec.network.entries import Entry
from nettool.spec.yaml.located import Located, Name

Sources = dict[int, tuple[Name, ...]]
"""The names that feed an entry, by `id` of the entry; absent where nothing sound is known."""


def wire(scope: Scope, findings: Findings) -> Sources:
    """Find what feeds each entry of a scope, and give the block uses in it (and in them) their inputs."""
    sources: Sources = {}
    above: Entry | None = None
    for entry in scope.entries:
        names = entry.sources if entry.sources is not None else _default(scope, entry, above, findings)
        if names is not None:
            sources[id(entry)] = names
        member = scope.members.get(entry.name.value)
        if member is not None and member.entry is entry and entry.kind in ("block", "model"):
            _feed_block(member, scope, names, findings)
        above = entry
    return sources


def _default(scope: Scope, entry: Entry, above: Entry | None, findings: Findings) -> tuple[Name, ...] | None:
    if entry.section == "nodes" and entry.kind != "merge":
        if above is not None and above.section == "nodes":
            return (Located(above.name.value, entry.name.span),)
        if len(scope.input_names) == 1:
            return (Located(scope.input_names[0].value, entry.name.span),)
    if entry.sound:
        findings.add(_says_nothing(scope, entry))
    return None


def _says_nothing(scope: Scope, entry: Entry) -> Diagnostic:
    name = entry.name.value
    if entry.kind == "merge":
        help_text = "a merge joins two or more: `from: [a, b]`"
    elif entry.section == "merges":
        help_text = "in `merges` each entry says `from`"
    elif not scope.input_names:
        help_text = "it is the first entry, and there is no input that could feed it"
    else:
        help_text = "it is the first entry, and there is more than one input: "
        help_text += listing(each.value for each in scope.input_names)
    return Diagnostic(
        "NT202", f"`{name}` does not say what it is fed: no `from`", entry.name.span, help=help_text
    )


def _feed_block(member: Member, scope: Scope, names: tuple[Name, ...] | None, findings: Findings) -> None:
    before: Scope | None = None
    for place in member.copies:
        if not isinstance(place, Scope):
            continue
        if before is not None:
            place.inputs = {place.input_names[0].value: (before, before.outputs[0])}
        elif names is not None and len(names) == len(place.input_names):
            pairs = zip(place.input_names, names, strict=True)
            place.inputs = {inner.value: (scope, outer) for inner, outer in pairs}
        elif names is not None and place.block is not None:
            findings.add(_wrong_count(member.entry, names, place))
        before = place


def _wrong_count(entry: Entry, names: tuple[Name, ...], place: Scope) -> Diagnostic:
    wanted = len(place.input_names)
    inputs = listing(name.value for name in place.input_names)
    block = place.block.name if place.block is not None else entry.target
    return Diagnostic(
        "NT307",
        f"`{entry.name.value}` is fed {len(names)}, "
        f"but the {entry.kind} `{block.value}` takes {wanted}: {inputs}",
        names[0].span,
        labels=(Label(block.span, f"the {entry.kind}"),),
        help=f"name {wanted} in `from`, in the order of the {entry.kind}'s inputs",
    )
