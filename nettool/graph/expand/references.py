"""A name in `from`, `outputs` … → the address of the node that it means."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.expand.scope import Member, Scope
from nettool.spec.yaml.flow import yaml_flow
from nettool.spec.yaml.located import Name

Link = tuple[Scope, Name]
"""A name where it stands."""


@dataclass(frozen=True, slots=True)
class Tap:
    """An inner layer of an application whose output is asked for, and the first name that asks for it."""

    address: str
    application: str
    layer: str
    name: Name


class References:
    """Resolves names within scopes; each mistake is reported where the name is written."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._known: dict[tuple[Scope, str], str] = {}
        self._dead: set[Link] = set()
        self._is_circular = False
        self.taps: dict[str, Tap] = {}
        """The inner layers of applications that were asked for, by address."""

    @property
    def all_known(self) -> bool:
        """Whether every name asked for so far means something."""
        return not self._dead

    def address(self, scope: Scope, name: Name) -> str | None:
        """The address that a name means in a scope; None (and a diagnostic) when it means nothing."""
        passed: dict[tuple[Scope, str], Link] = {}
        place: str | Link | None = (scope, name)
        while isinstance(place, tuple):
            link, key = place, (place[0], place[1].value)
            if key in self._known:
                place = self._known[key]
            elif self._dead and link in self._dead:
                place = None
            elif key in passed:
                self._report_circle(link[1])
                place = None
            else:
                passed[key] = link
                place = self._step(*link)
        if place is None:
            self._dead.update(passed.values())
        else:
            self._known |= dict.fromkeys(passed, place)
        return place

    def _report_circle(self, name: Name) -> None:
        if not self._is_circular:
            message = f"`{name.value}` stands for itself: the output of a block is its own input"
            self._report("NT303", message, name)
        self._is_circular = True

    def _step(self, scope: Scope, name: Name) -> "str | Link | None":
        """The address that a name means, or the name outside or inside a block that it stands for."""
        head, *rest = name.value.split(".")
        if head in scope.inputs and not rest:
            return scope.inputs[head]
        member = scope.members.get(head)
        if member is None:
            self._unknown(scope, name, head)
            return None
        return self._inside(member, name, rest)

    def _inside(self, member: Member, name: Name, rest: list[str]) -> "str | Link | None":
        place = member.copies[-1] if member.copies else None
        own = member.entry.name.value
        if place is None:
            return None
        if member.numbered and rest:
            if not _is_copy(rest[0], len(member.copies)):
                self._report(
                    "NT302",
                    f"`{own}` has the copies 1 to {len(member.copies)}: there is no `{rest[0]}` in it",
                    name,
                    f"write for example `{own}.{len(member.copies)}`",
                )
                return None
            place = member.copies[int(rest[0]) - 1]
            rest = rest[1:]
        if isinstance(place, str):
            if len(rest) == 1 and member.entry.kind == "application":
                address = f"{place}.{rest[0]}"
                self.taps[address] = Tap(address, place, rest[0], name)
                return address
            if rest:
                self._report("NT302", f"`{own}` is one node: there is no `{rest[0]}` in it", name)
                return None
            return place
        return self._inside_block(place, name, rest)

    def _inside_block(self, scope: Scope, name: Name, rest: list[str]) -> "str | Link | None":
        if rest:
            member = scope.members.get(rest[0])
            if member is None:
                help_text = did_you_mean(rest[0], scope.members) or f"it holds {listing(scope.members)}"
                self._report("NT302", f"there is no `{rest[0]}` in `{scope.address}`", name, help_text)
                return None
            return self._inside(member, name, rest[1:])
        if len(scope.outputs) == 1:
            return scope, scope.outputs[0]
        if scope.outputs:
            names = listing(f"{scope.address}.{output.value}" for output in scope.outputs)
            self._report(
                "NT302", f"`{name.value}` has {len(scope.outputs)} outputs", name, f"name one: {names}"
            )
        return None

    def _unknown(self, scope: Scope, name: Name, head: str) -> None:
        legal = [*scope.inputs, *scope.members]
        above = scope.parent
        while above is not None and head not in above.members and head not in above.inputs:
            above = above.parent
        if above is not None:
            help_text: str | None = "a block can use only its own inputs and nodes: add this to its `inputs`"
        else:
            known = f"known here: {listing(legal)}" if legal else None
            help_text = did_you_mean(head, legal) or _listed(name.value, legal) or known
        self._report("NT301", f"nothing here is called `{name.value}`", name, help_text)

    def _report(self, code: str, message: str, name: Name, help_text: str | None = None) -> None:
        self._findings.add(Diagnostic(code, message, name.span, help=help_text))


def _listed(written: str, legal: Collection[str]) -> str | None:
    """For names in one text, such as `a, b`: the list that was meant."""
    names = [each for each in re.split(r"[,; ]+", written.strip("()")) if each]
    if len(names) < 2 or any(each not in legal for each in names[:10]):
        return None
    return f"write `{yaml_flow(names)}`"


def _is_copy(text: str, copies: int) -> bool:
    """Whether it is the number of a copy. Python refuses to read numbers of thousands of digits."""
    return text.isdecimal() and len(text) <= len(str(copies)) and 1 <= int(text) <= copies
