"""The sections `nodes` and `merges`, made of entries, and `blocks` and `models`, which hold such sections."""

from collections.abc import Mapping as Table
from dataclasses import dataclass
from typing import Any, Literal

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.source import Span
from nettool.diagnostics.suggest import listing, nearest
from nettool.spec.keys.key import key, keys_of
from nettool.spec.keys.naming import named_by
from nettool.spec.keys.read_section import read_keys
from nettool.spec.keys.tree_kinds import AsWritten, Names
from nettool.spec.keys.values import mapping, new_name, text, wrong_value
from nettool.spec.network.listed_nodes import as_lines, named_nodes
from nettool.spec.yaml.flow import as_written
from nettool.spec.yaml.located import Located, Name, Option, located
from nettool.spec.yaml.tree import Mapping, Pair, Scalar, Sequence, Tree

EntryKind = Literal["layer", "merge", "block", "model", "application", "reuse"]

KINDS: Table[EntryKind, str] = {
    "layer": "A Keras layer by its class name; its options stand beside it.",
    "merge": "A layer that brings branches together, by its class name.",
    "block": "A use of a block, with fresh weights; the block's options stand beside it.",
    "model": "A use of a model, with the weights that all its uses share.",
    "application": "A ready-made network of keras.applications, as one node.",
    "reuse": "The very layer of another node again, with the same weights.",
}
"""What an entry can be, each with its meaning; the key says which, its value what is named."""
_EXAMPLE = "for example `fc: {layer: Dense, units: 64}`"


class Sources(Names):
    """What feeds an entry: no names, rather than the entry above, where something is written that is none."""

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """The names; none after a report."""
        return super().read(tree, what, findings) or ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of `nodes` or `merges`.

    `target` is what the kind names: a Keras class, a block, a node. `sources` is None where no `from` is
    written. `sound` is False when something about the entry was already found wrong: it then stands for a
    node of unknown shape, so that what follows is not blamed for it.
    """

    name: Name
    kind: EntryKind
    target: Name
    options: Table[str, Option]
    section: str
    span: Span
    sources: tuple[Name, ...] | None = key(
        Sources(),
        name="from",
        meaning="What feeds it: a name or a list of names.",
        example="[a, b]",
        usual="in `nodes` the entry above, for the first one the only input",
    )
    repeat: Tree | None = key(
        AsWritten("a whole number"),
        meaning="A chain of so many copies, each with weights of its own (a model: the same).",
        example="3",
    )
    values: Tree | None = key(
        AsWritten("a mapping of weights to numbers"),
        name="weights",
        meaning="The values of a layer's weights by the weight's name; axes of length 1 may be left out.",
        example="{kernel: [[1, 0], [0, 1]], bias: [0, 0]}",
    )
    sound: bool = True


def read_entries(tree: Tree, section: str, findings: Findings) -> tuple[Entry, ...]:
    """The entries of a `nodes` or `merges` section, in the order of the file."""
    named = named_nodes(tree) if isinstance(tree, Sequence) else None
    advice = None if named is None else "give each entry a name, without dashes:" + as_lines(section, named)
    # A list is read on as what it should be, so that its entries are checked as well.
    table = mapping(tree, section, findings, advice) or named
    if table is None:
        return ()
    return tuple(_entry(pair, section, findings) for pair in table.pairs)


def _entry(pair: Pair, section: str, findings: Findings) -> Entry:
    before = findings.error_count
    name = new_name(pair.key, "a node", findings)
    nowhere: Name = Located("", pair.key.span)
    if not isinstance(pair.value, Mapping):
        advice = f"write what it is: {_EXAMPLE}"
        if isinstance(pair.value, Scalar) and isinstance(pair.value.value, str):
            advice = f"say what it is: write `{name.value}: {{layer: {as_written(pair.value)}}}`"
        wrong_value(findings, pair.value, name.value, "an entry in the form of a mapping", advice)
        return Entry(name, "layer", nowhere, {}, section, pair.value.span, sound=False)
    kind, target = _kind(pair.value, name, findings)
    declared = keys_of(Entry)
    said = {part.key.text: part for part in pair.value.pairs if part.key.text in declared}
    options = {
        part.key.text: Option(located(part.key), part.value)
        for part in pair.value.pairs
        if part.key.text not in declared
        and part.key.text not in KINDS
        and (target is None or part.value.span != target.span)
    }
    values: dict[str, Any] = read_keys(Entry, said, findings)
    sound = findings.error_count == before and kind is not None
    place = pair.value.span
    return Entry(name, kind or "layer", target or nowhere, options, section, place, sound=sound, **values)


def _kind(entry: Mapping, name: Name, findings: Findings) -> tuple[EntryKind | None, Name | None]:
    """The one key that says what the entry is, and its value."""
    said = [pair for pair in entry.pairs if pair.key.text in KINDS]
    if not said:
        return _misspelt_kind(entry, name, findings)
    if len(said) > 1:
        findings.add(
            Diagnostic(
                "NT204",
                f"`{name.value}` is said to be two things: {listing(pair.key.text for pair in said)}",
                said[1].key.span,
                help="an entry is one of them; delete the other",
            )
        )
        return None, None
    kind = next(kind for kind in KINDS if kind == said[0].key.text)
    return kind, text(said[0].value, kind, findings)


def _misspelt_kind(entry: Mapping, name: Name, findings: Findings) -> tuple[EntryKind | None, Name | None]:
    """What the entry was most likely meant to be, reported; the rest is then checked as if it said so."""
    for pair in entry.pairs:
        meant = next((kind for kind in KINDS if kind == nearest(pair.key.text, KINDS)), None)
        if meant is not None and isinstance(pair.value, Scalar):
            findings.add(
                Diagnostic(
                    "NT201",
                    f"`{name.value}` has no key `{pair.key.text}`",
                    pair.key.span,
                    help=f"did you mean `{meant}`?",
                )
            )
            return meant, located(pair.value)
    mapping_of_class = named_by(entry, "layer")
    example = _EXAMPLE if mapping_of_class is None else f"write `{name.value}: {mapping_of_class}`"
    help_text = f"an entry has one of {listing(KINDS)}: {example}"
    findings.add(Diagnostic("NT203", f"`{name.value}` does not say what it is", name.span, help=help_text))
    return None, None
