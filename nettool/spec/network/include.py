"""`include: [blocks.yaml]`: blocks and models from other files in the spec's own folder (or below it)."""

from dataclasses import dataclass
from pathlib import Path

from nettool.diagnostics.diagnostic import Diagnostic, Findings, SpecError
from nettool.spec.keys.known_keys import known_keys
from nettool.spec.keys.values import mapping, names, taken
from nettool.spec.network.blocks import Block, read_blocks
from nettool.spec.yaml.located import Name
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.source_file import lies_inside, read_source
from nettool.spec.yaml.tree import Tree

SHARED_KEYS = ("blocks", "models", "meta")
"""What a file may hold that others include."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The blocks and models of all included files."""

    blocks: dict[str, Block]
    models: dict[str, Block]


def read_includes(tree: Tree, folder: Path | None, findings: Findings) -> Shared:
    """Read the files that a spec includes; what is wrong in them is reported at their own lines."""
    shared = Shared({}, {})
    for name in names(tree, "include", findings) or ():
        path = _path(name, folder, findings)
        if path is not None:
            _read(name, path, shared, findings)
    return shared


def _path(name: Name, folder: Path | None, findings: Findings) -> Path | None:
    if folder is None:
        findings.add(Diagnostic("NT109", "only a spec in a file can include others", name.span))
        return None
    if not lies_inside(folder, name.value):
        message = f"`{name.value}` is not in the spec's own folder"
        help_text = "a spec includes files beside it or in folders below, so that it can be moved as a whole"
        findings.add(Diagnostic("NT109", message, name.span, help=help_text))
        return None
    return folder / name.value


def _read(name: Name, path: Path, shared: Shared, findings: Findings) -> None:
    try:
        source = read_source(path)
    except SpecError as error:
        for diagnostic in error.diagnostics:
            findings.add(Diagnostic("NT109", diagnostic.message, name.span, help=diagnostic.help))
        return
    tree = parse(source, findings)
    root = None if tree is None else mapping(tree, "an included file", findings)
    if root is None:
        return
    advice = "an included file holds blocks and models"
    keys = known_keys(root, SHARED_KEYS, f"the included file `{name.value}`", findings, advice)
    for section, known in (("blocks", shared.blocks), ("models", shared.models)):
        if section in keys:
            found = read_blocks(keys[section].value, findings, are_models=section == "models")
            add_blocks(known, found, findings)


def add_blocks(known: dict[str, Block], more: dict[str, Block], findings: Findings) -> None:
    """Put blocks beside others; one whose name is taken is reported."""
    for name, block in more.items():
        if name in known:
            taken(findings, block.name, known[name].name.span, "a block")
        else:
            known[name] = block
