"""The files that data lie in: one, or one for each set of samples, and perhaps one for each field."""

from dataclasses import dataclass
from pathlib import Path

from nettool.data.sources.source import PARTS, PartName
from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.spec.keys.path_kind import PathKind, path_of
from nettool.spec.keys.values import new_name, wrong_value
from nettool.spec.yaml.located import Located, Name
from nettool.spec.yaml.tree import Mapping, Tree

_MOST_NAMES = 2
"""Files that data are named after."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file that holds a part of the data, or one field of it (`field` is None where it names its own).

    The path is the user's, absolute: relative ones start at the spec's folder.
    """

    part: PartName
    field: Name | None
    path: Located[Path]


@dataclass(frozen=True, slots=True)
class DataFiles(PathKind):
    """A path, or paths by part; with `or_fields` also paths by field, or by part and field."""

    or_fields: bool = False

    @property
    def description(self) -> str:
        """The forms."""
        return "a path, or paths by part or by field" if self.or_fields else "a path, or paths by part"

    def read_from(self, folder: Path, tree: Tree, what: str, findings: Findings) -> object | None:
        """The files, each with its part and field."""
        if not isinstance(tree, Mapping):
            file = self.one_file(folder, tree, what, "train", findings)
            return None if file is None else (file,)
        parts = _parts(tree, what, findings, or_fields=self.or_fields)
        if parts is None:
            return None
        if not parts:
            return _by_field(tree, "train", folder, findings)
        found: list[FileEntry] = []
        before = findings.error_count
        for part, value in parts.items():
            if self.or_fields and isinstance(value, Mapping):
                found += _by_field(value, part, folder, findings) or ()
            elif (file := self.one_file(folder, value, part, part, findings)) is not None:
                found.append(file)
        return tuple(found) if findings.error_count == before else None

    def one_file(
        self, folder: Path, tree: Tree, what: str, part: PartName, findings: Findings
    ) -> FileEntry | None:
        """The file that holds a part, all its fields in it."""
        path = path_of(tree, what, folder, findings)
        return None if path is None else FileEntry(part, None, path)


def _parts(tree: Mapping, what: str, findings: Findings, *, or_fields: bool) -> dict[PartName, Tree] | None:
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


def _by_field(
    tree: Mapping, part: PartName, folder: Path, findings: Findings
) -> tuple[FileEntry, ...] | None:
    found: list[FileEntry] = []
    for pair in tree.pairs:
        name: Name = new_name(pair.key, "a field", findings)
        path = path_of(pair.value, name.value, folder, findings)
        if path is not None:
            found.append(FileEntry(part, name, path))
    if not tree.pairs:
        wrong_value(findings, tree, part, "a path, or paths by field: `{image: …, label: …}`")
    return tuple(found) if len(found) == len(tree.pairs) > 0 else None


def name_of_files(files: tuple[FileEntry, ...]) -> str:
    """What messages call data in files: the file's name; of several, those of the training set."""
    names = list(dict.fromkeys(name_of_path(file.path.value) for file in files if file.part == "train"))
    return " + ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")


def name_of_path(path: Path) -> str:
    """The last name of a path, or of where `.` and `..` lead."""
    return path.name if path.name not in ("", "..") else path.resolve().name or str(path)
