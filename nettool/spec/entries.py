"""`nodes:` and `merges:` → entries; `blocks:` → blocks."""

from collections.abc import Sequence as Listing

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.source import Span
from nettool.diagnostics.suggest import listing, nearest
from nettool.spec.document import Block, Entry, EntryKind
from nettool.spec.inputs import read_inputs
from nettool.spec.known_keys import known_keys
from nettool.spec.listed_nodes import as_lines, named_nodes
from nettool.spec.located import Located, Name, Option, located
from nettool.spec.naming import named_by
from nettool.spec.tree import Mapping, Pair, Scalar, Sequence, Tree
from nettool.spec.values import mapping, names, new_name, taken, text, wrong_value
from nettool.spec.yaml_flow import as_written

KINDS: tuple[EntryKind, ...] = ("layer", "merge", "block", "model", "application", "reuse")
BLOCK_KEYS = ("options", "inputs", "nodes", "merges", "outputs")
MODEL_KEYS = ("inputs", "nodes", "merges", "outputs")
ENTRY_KEYS = ("from", "repeat", "weights")
"""What any entry may say besides its kind and the options of what it names."""
_EXAMPLE = "for example `fc: {layer: Dense, units: 64}`"


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
        return Entry(name, "layer", nowhere, None, {}, None, section, pair.value.span, sound=False)
    kind, target = _kind(pair.value, name, findings)
    sources: tuple[Name, ...] | None = None
    repeat: Tree | None = None
    values: Tree | None = None
    options: dict[str, Option] = {}
    for part in pair.value.pairs:
        key = part.key.text
        if key == "from":
            # Something is written, so nothing is assumed: no names, rather than the entry above.
            sources = names(part.value, "from", findings) or ()
        elif key == "repeat":
            repeat = part.value
        elif key == "weights":
            values = part.value
        elif key not in KINDS and (target is None or part.value.span != target.span):
            options[key] = Option(located(part.key), part.value)
    sound = findings.error_count == before and kind is not None
    return Entry(
        name,
        kind or "layer",
        target or nowhere,
        sources,
        options,
        repeat,
        section,
        pair.value.span,
        sound,
        values,
    )


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


def read_blocks(tree: Tree, findings: Findings, *, are_models: bool = False) -> dict[str, Block]:
    """The blocks, or the models, by name."""
    table = mapping(tree, "models" if are_models else "blocks", findings)
    if table is None:
        return {}
    return {pair.key.text: _block(pair, are_models, findings) for pair in table.pairs}


def _block(pair: Pair, is_model: bool, findings: Findings) -> Block:
    kind = "model" if is_model else "block"
    name = new_name(pair.key, f"a {kind}", findings)
    before = findings.error_count
    body = mapping(pair.value, name.value, findings)
    if body is None:
        return Block(name, {}, (), (), (), sound=False)
    legal = MODEL_KEYS if is_model else BLOCK_KEYS
    advice = "a model has one set of weights, so it has no options; a block has" if is_model else None
    keys = known_keys(body, legal, f"the {kind} `{name.value}`", findings, advice)
    for needed in ("inputs", "outputs"):
        if needed not in keys:
            findings.add(
                Diagnostic(
                    "NT202",
                    f"the {kind} `{name.value}` has no `{needed}`",
                    name.span,
                    help="say what goes in and what comes out: `inputs: [x]`, `outputs: [sum]`",
                )
            )
    inputs, shapes = _block_inputs(keys["inputs"].value, is_model, findings) if "inputs" in keys else ((), {})
    outputs = names(keys["outputs"].value, "outputs", findings) if "outputs" in keys else ()
    entries = read_sections(keys, findings)
    unique_names(
        [(each, "an input") for each in inputs or ()] + [(e.name, "a node") for e in entries], findings
    )
    options = _block_options(keys["options"].value, findings) if "options" in keys else {}
    sound = findings.error_count == before
    return Block(name, options, inputs, entries, outputs or (), sound, is_model, shapes)


def _block_inputs(
    tree: Tree, is_model: bool, findings: Findings
) -> tuple[tuple[Name, ...], dict[str, Located[tuple[int | None, ...]]]]:
    """The names of the inputs and, for a model that states them, their shapes."""
    if not (is_model and isinstance(tree, Mapping)):
        return _input_names(tree, findings), {}
    entries = read_inputs(tree, findings)
    shapes = {entry.name.value: entry.shape for entry in entries if entry.shape is not None}
    return tuple(entry.name for entry in entries), shapes


def _input_names(tree: Tree, findings: Findings) -> tuple[Name, ...]:
    """The inputs that are listed by name alone; each must be a name that a node could have, too."""
    found = names(tree, "inputs", findings) or ()
    for item in tree.items if isinstance(tree, Sequence) else (tree,):
        if isinstance(item, Scalar) and isinstance(item.value, str):
            new_name(item, "an input", findings)
    return found


def _block_options(tree: Tree, findings: Findings) -> dict[str, Option]:
    table = mapping(tree, "options", findings)
    if table is None:
        return {}
    return {
        pair.key.text: Option(new_name(pair.key, "an option", findings), pair.value) for pair in table.pairs
    }


def read_sections(keys: dict[str, Pair], findings: Findings) -> tuple[Entry, ...]:
    """The entries of `nodes` and `merges` together, in the order in which the file has the two sections."""
    sections = [(section, keys[section]) for section in ("nodes", "merges") if section in keys]
    entries: list[Entry] = []
    for section, pair in sorted(sections, key=lambda each: (each[1].key.span.line, each[1].key.span.column)):
        entries += read_entries(pair.value, section, findings)
    return tuple(entries)


def unique_names(given: Listing[tuple[Name, str]], findings: Findings) -> None:
    """Report every name that an input, a node or a merge shares with an earlier one."""
    first: dict[str, Span] = {}
    for name, what in given:
        if name.value in first:
            taken(findings, name, first[name.value], what)
        else:
            first[name.value] = name.span
