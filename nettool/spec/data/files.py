"""The files that data lie in: one, or one for each part, and for arrays one for each field."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.printable import is_utf_8
from nettool.diagnostics.source import COMMAND_LINE
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.spec.located import Located, Name
from nettool.spec.tree import Mapping, Tree
from nettool.spec.values import new_name, text, wrong_value

PartWord = Literal["train", "validation", "test"]
PARTS: tuple[PartWord, ...] = get_args(PartWord)
ONE_ARRAY = ".npy"
"""How files end that hold one array without a name."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file that holds a part of the data, or one field of it (`field` is None where it names its own).

    The path is the user's, absolute: relative ones start at the spec's folder.
    """

    part: PartWord
    field: Name | None
    path: Located[Path]


def path_of(tree: Tree, what: str, folder: Path, findings: Findings) -> Located[Path] | None:
    """An absolute path; a relative one starts at `folder`, `~` is the user's home.

    One that stands on the command line starts where the command is given.
    """
    written = text(tree, what, findings, "a path")
    if written is None:
        return None
    try:
        path = Path(written.value).expanduser()
    except RuntimeError:  # `~nobody`: whose home is unknown
        wrong_value(findings, tree, what, "a path", "there is no such user")
        return None
    start = Path() if tree.span.source.name == COMMAND_LINE else folder
    whole = (start / path).absolute()
    if not is_utf_8(str(whole)):
        message = f"a run cannot record the path `{whole}`: it is not UTF-8"
        help_text = "rename its folders, or put the data into another folder"
        findings.add(Diagnostic("NT510", message, tree.span, help=help_text))
        return None
    return Located(whole, tree.span)


def array_files(tree: Tree, folder: Path, findings: Findings) -> tuple[FileEntry, ...] | None:
    """What `arrays` names: an .npz, parts, fields, or parts of fields."""
    if not isinstance(tree, Mapping):
        return _named_by_itself(tree, "arrays", "train", folder, findings)
    parts = _parts(tree, "arrays", findings, or_fields=True)
    if parts is None:
        return None
    if not parts:
        return _fields(tree, "train", folder, findings)
    found: list[FileEntry] = []
    before = findings.error_count
    for part, value in parts.items():
        if isinstance(value, Mapping):
            found += _fields(value, part, folder, findings) or ()
        else:
            found += _named_by_itself(value, part, part, folder, findings) or ()
    return tuple(found) if findings.error_count == before else None


def table_files(tree: Tree, folder: Path, findings: Findings) -> tuple[FileEntry, ...] | None:
    """What `table` names: a file, or one for each part."""
    parts: dict[PartWord, Tree] | None = {"train": tree}
    if isinstance(tree, Mapping):
        parts = _parts(tree, "table", findings, or_fields=False)
    if parts is None:
        return None
    paths = [(part, path_of(value, "table", folder, findings)) for part, value in parts.items()]
    found = tuple(FileEntry(part, None, path) for part, path in paths if path is not None)
    return found if len(found) == len(paths) else None


def _parts(tree: Mapping, what: str, findings: Findings, *, or_fields: bool) -> dict[PartWord, Tree] | None:
    """The parts that a mapping names; none if all its keys are fields, where they may be."""
    parts = {part: value for part in PARTS if (value := tree.get(part)) is not None}
    others = [pair.key for pair in tree.pairs if pair.key.text not in PARTS]
    if (or_fields and tree.pairs and not parts) or (parts and not others and "train" in parts):
        return parts
    if parts and others:
        left = [part for part in PARTS if part not in parts]
        advice = did_you_mean(others[0].text, left) or f"the parts are {listing(PARTS)}"
        message = f"`{others[0].text}` is no part of the data, as `{next(iter(parts))}` beside it is"
        findings.add(Diagnostic("NT201", message, others[0].span, help=advice))
    elif parts:
        help_text = "only `validation` and `test` may be left out"
        findings.add(Diagnostic("NT202", f"`{what}` has no `train`", tree.pairs[0].key.span, help=help_text))
    else:
        wrong_value(findings, tree, what, "a path, or paths by part: `{train: …, test: …}`")
    return None


def _named_by_itself(
    tree: Tree, what: str, part: PartWord, folder: Path, findings: Findings
) -> tuple[FileEntry, ...] | None:
    path = path_of(tree, what, folder, findings)
    if path is None:
        return None
    if path.value.suffix == ONE_ARRAY:
        message = f"`{path.value.name}` holds one array: which field is it?"
        help_text = f"write `{{image: {path.value.name}, label: …}}` with fields of your own naming"
        findings.add(Diagnostic("NT202", message, path.span, help=help_text))
        return None
    return (FileEntry(part, None, path),)


def _fields(tree: Mapping, part: PartWord, folder: Path, findings: Findings) -> tuple[FileEntry, ...] | None:
    found: list[FileEntry] = []
    for pair in tree.pairs:
        name: Name = new_name(pair.key, "a field", findings)
        path = path_of(pair.value, name.value, folder, findings)
        if path is not None:
            found.append(FileEntry(part, name, path))
    if not tree.pairs:
        wrong_value(findings, tree, part, "a path, or paths by field: `{image: …, label: …}`")
    return tuple(found) if len(found) == len(tree.pairs) > 0 else None
