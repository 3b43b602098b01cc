"""The document → calls: one for each time that a layer is applied; names resolved, shapes still unknown."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.graph.expand.check_reuse import check_reuse
from nettool.graph.expand.declare import Declarations
from nettool.graph.expand.references import References
from nettool.graph.expand.scope import Scope
from nettool.graph.expand.wire import Sources, wire
from nettool.graph.network import Group
from nettool.graph.options.check_application import application_weights
from nettool.graph.options.named_files import with_paths
from nettool.graph.options.option_values import option_values
from nettool.spec.document import Document
from nettool.spec.network.entries import Entry
from nettool.spec.yaml.located import Name

INNER_LAYER = "InnerLayer"
"""The operation of a node that stands for a layer inside an application."""
REUSED = "reuse"
"""The operation of a call until it is known whose layer it applies."""


@dataclass(frozen=True, slots=True)
class Call:
    """One application of a layer.

    `sources` are addresses, `references` the names as written, one for each. `sound` is False for a call
    whose mistake has been reported; its shape is unknown. `use` is the use of the block that it stands in.
    `layer` is the identity of the layer that is applied: calls with the same one share its weights. `owner`
    is the first of them in computing order, and None for that one itself.
    """

    name: str
    entry: Entry
    operation: str
    options: dict[str, object]
    sources: tuple[str, ...]
    references: tuple[Name, ...]
    groups: tuple[Group, ...]
    layer: str
    use: Entry | None
    sound: bool
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Expansion:
    """All calls in the order of the file, and the addresses of the outputs with the names that mean them."""

    calls: tuple[Call, ...]
    outputs: tuple[tuple[str, Name], ...]
    top: Scope
    references: References


def expand(document: Document, unsound: frozenset[int], findings: Findings) -> Expansion:
    """Unroll the document. `unsound`: the `id`s of entries whose mistakes were reported already."""
    declarations = Declarations(document, findings)
    top = declarations.top()
    if declarations.is_full:
        return Expansion((), (), top, References(findings))
    wired: dict[int, Sources] = {}
    for scope in _scopes(top):
        wired[id(scope)] = wire(scope, findings)
    references = References(findings)
    calls = tuple(_calls(top, wired, references, unsound, findings))
    outputs = [(references.address(top, name), name) for name in document.outputs or ()]
    calls = (*calls, *_tapped(calls, references))
    resolved = tuple((address, name) for address, name in outputs if address is not None)
    return Expansion(calls, resolved, top, references)


def _tapped(calls: tuple[Call, ...], references: References) -> Iterator[Call]:
    """A call for each inner layer of an application that is asked for; the application itself feeds it."""
    by_name = {call.name: call for call in calls}
    for tap in references.taps.values():
        call = by_name.get(tap.application)
        if call is not None:
            yield replace(
                call,
                name=tap.address,
                operation=INNER_LAYER,
                options={"layer": tap.layer},
                sources=(tap.application,),
                references=(tap.name,),
                layer=tap.address,
            )


def _calls(
    scope: Scope,
    wired: dict[int, Sources],
    references: References,
    unsound: frozenset[int],
    findings: Findings,
) -> Iterator[Call]:
    """The calls of a scope and of the block uses in it, in the order of the file."""
    reader = _Reader(scope, wired[id(scope)], references, unsound, findings)
    for entry in scope.entries:
        member = scope.members.get(entry.name.value)
        if member is None or member.entry is not entry:
            continue
        if entry.kind not in ("block", "model"):
            yield from reader.calls(entry)
        for place in member.copies:
            if isinstance(place, Scope):
                yield from _calls(place, wired, references, unsound, findings)
                for name in place.outputs:
                    references.address(place, name)


def _scopes(top: Scope) -> Iterator[Scope]:
    """The scope and all scopes inside it, outer ones first."""
    waiting = [top]
    while waiting:
        scope = waiting.pop()
        yield scope
        places = [place for member in scope.members.values() for place in member.copies]
        waiting += [place for place in reversed(places) if isinstance(place, Scope)]


class _Reader:
    """Makes the calls of one scope."""

    def __init__(
        self,
        scope: Scope,
        sources: Sources,
        references: References,
        unsound: frozenset[int],
        findings: Findings,
    ) -> None:
        self._scope = scope
        self._sources = sources
        self._references = references
        self._unsound = unsound
        self._findings = findings

    def calls(self, entry: Entry) -> list[Call]:
        """The call of an entry, or the chain of its copies."""
        names = self._sources.get(id(entry), ())
        found = [(self._references.address(self._scope, name), name) for name in names]
        sources = tuple(address for address, _ in found if address is not None)
        before = self._findings.error_count
        options = option_values(entry.options, self._scope.values, self._findings)
        options = with_paths(entry, options, self._findings)
        reused, operation = self._reused(entry)
        if self._scope.is_frozen and entry.kind != "reuse":
            options["trainable"] = False
        sound = (
            entry.sound
            and id(entry) not in self._unsound
            and len(sources) == len(names) > 0
            and self._findings.error_count == before
        )
        if entry.kind == "application" and entry.values is not None:
            options["weights"] = application_weights(entry.values)
        calls: list[Call] = []
        for place in self._scope.members[entry.name.value].copies:
            if isinstance(place, str):
                fed = (calls[-1].name,) if calls else sources
                calls.append(
                    Call(
                        place,
                        entry,
                        operation,
                        options,
                        fed,
                        names[: len(fed)],
                        self._scope.groups,
                        reused or _layer_identity(self._scope, place),
                        self._scope.use,
                        sound,
                    )
                )
        return calls

    def _reused(self, entry: Entry) -> tuple[str | None, str]:
        """For `reuse`, the address of the node whose layer is applied again."""
        if entry.kind != "reuse" or not entry.sound:
            return None, entry.target.value
        address = self._references.address(self._scope, entry.target)
        if address is not None:
            check_reuse(self._scope, entry, self._findings)
        if entry.options:
            option = next(iter(entry.options.values()))
            self._findings.add(
                Diagnostic(
                    "NT212",
                    f"`{entry.name.value}` reuses a layer, so it has no option `{option.name.value}`",
                    option.name.span,
                    help=f"options belong to `{entry.target.value}`",
                )
            )
        return address, REUSED


def _layer_identity(scope: Scope, address: str) -> str:
    """A node's own address; inside a model its place in that model, which all uses of the model share."""
    model = scope.model
    if model is None or model.block is None:
        return address
    # A slash stands in no name, so this is never an address.
    return f"{model.block.name.value}/{address.removeprefix(model.address + '.')}"
