"""`arrays`: NumPy files of the user's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nettool.data.sources.source import PartName
from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.spec.data.origins.fields import FieldEntry, FieldsByName, class_names
from nettool.spec.data.origins.files import DataFiles, FileEntry, name_of_files
from nettool.spec.data.origins.origin import Origin
from nettool.spec.keys.key import key
from nettool.spec.keys.path_kind import PATH_WORDS
from nettool.spec.yaml.tree import Tree

if TYPE_CHECKING:
    from nettool.data.field import FieldDescription
    from nettool.data.sources.source import DataSource

_ONE_ARRAY = ".npy"
"""How files end that hold one array without a name."""


class ArrayPaths(DataFiles):
    """An .npz, which names its arrays, or an .npy for each field; or these by part."""

    def one_file(
        self, folder: Path, tree: Tree, what: str, part: PartName, findings: Findings
    ) -> FileEntry | None:
        """A file that names its arrays."""
        file = super().one_file(folder, tree, what, part, findings)
        if file is None or file.path.value.suffix != _ONE_ARRAY:
            return file
        name = file.path.value.name
        message = f"`{name}` holds one array: which field is it?"
        help_text = f"write `{{image: {name}, label: …}}` with fields of your own naming"
        findings.add(Diagnostic("NT202", message, file.path.span, help=help_text))
        return None


@dataclass(frozen=True, slots=True)
class ArraysOrigin(Origin):
    """Files of NumPy, and in `fields` what they do not say of themselves."""

    files: tuple[FileEntry, ...] = key(
        ArrayPaths((".npz", _ONE_ARRAY), or_fields=True),
        name="arrays",
        meaning="NumPy files of your own: an .npz, or .npy files by field; or these by part.",
        example="shapes.npz",
        others=("npz", "npy", "numpy", "array", *PATH_WORDS),
    )
    fields: tuple[FieldEntry, ...] = key(
        FieldsByName(FieldEntry, left_out=("shape", "dtype")),
        default=(),
        meaning="What the arrays do not say themselves, by field.",
        example="{label: {classes: [circle, square, star]}}",
    )

    def source(self, findings: Findings) -> DataSource | None:
        """The arrays in the files."""
        from nettool.data.sources.arrays.array_files import ArrayFiles

        parts: dict[PartName, list[tuple[str, Path]]] = {}
        for file in self.files:
            field = "" if file.field is None else file.field.value
            parts.setdefault(file.part, []).append((field, file.path.value))
        return ArrayFiles(
            name_of_files(self.files),
            tuple((part, tuple(files)) for part, files in parts.items()),
            tuple(_description(entry) for entry in self.fields),
        )


def _description(entry: FieldEntry) -> FieldDescription:
    from nettool.data.field import FieldDescription

    classes = None if entry.classes is None else class_names(entry.classes.value)
    kind = None if entry.kind is None else entry.kind.value
    highest = None if entry.highest is None else entry.highest.value
    return FieldDescription(entry.name.value, kind, classes, highest)
