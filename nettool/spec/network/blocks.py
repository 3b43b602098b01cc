"""The sections `blocks` and `models`: sub-graphs that entries use, and the entries of a graph."""

from collections.abc import Mapping as Table
from collections.abc import Sequence as Listing
from dataclasses import dataclass, field

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.source import Span
from nettool.spec.keys.key import Key, key, keys_of
from nettool.spec.keys.known_keys import known_keys
from nettool.spec.keys.tree_kinds import AsWritten
from nettool.spec.keys.values import mapping, names, new_name, taken
from nettool.spec.network.entries import Entry, read_entries
from nettool.spec.network.inputs import read_inputs
from nettool.spec.yaml.located import Located, Name, Option
from nettool.spec.yaml.tree import Mapping, Pair, Scalar, Sequence, Tree


@dataclass(frozen=True, slots=True)
class Block:
    """A reusable sub-graph. Options hold defaults; a default of null means that each use must say it.

    A model is a block without options whose uses share one set of weights; its inputs may have shapes.
    """

    name: Name
    options: Table[str, Option]
    inputs: tuple[Name, ...]
    entries: tuple[Entry, ...]
    outputs: tuple[Name, ...]
    sound: bool = True
    is_model: bool = False
    input_shapes: Table[str, Located[tuple[int | None, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BlockKeys:
    """The keys of a block; a model has them too, but for `options`."""

    options: object = key(
        AsWritten("a mapping of names to values"),
        meaning="Options with their defaults; nothing after the name means that each use must say it.",
        example="{filters: 64, act: relu}",
    )
    inputs: object = key(
        AsWritten("a name or a list of names"),
        meaning="Names for what goes in; a model may also say their shapes.",
        example="[x]",
        needed=True,
    )
    nodes: object = key(
        AsWritten("a mapping of names to values"),
        meaning="The entries of the block; they see its inputs and one another.",
        example="{conv: {layer: Conv2D, filters: $filters, kernel_size: 3}}",
    )
    merges: object = key(
        AsWritten("a mapping of names to values"),
        meaning="Entries of the block that join branches.",
        example="{sum: {merge: Add, from: [conv, x]}}",
    )
    outputs: object = key(
        AsWritten("a name or a list of names"),
        meaning="Which of its nodes come out.",
        example="[sum]",
        needed=True,
    )


def block_keys(*, is_model: bool) -> Table[str, Key]:
    """The keys of a block, or those of a model."""
    keys = keys_of(BlockKeys)
    return {name: each for name, each in keys.items() if not is_model or name != "options"}


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
    legal = block_keys(is_model=is_model)
    advice = "a model has one set of weights, so it has no options; a block has" if is_model else None
    keys = known_keys(body, legal, f"the {kind} `{name.value}`", findings, advice)
    for needed, each in legal.items():
        if each.is_needed and needed not in keys:
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
