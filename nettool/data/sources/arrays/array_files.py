"""NumPy files with named arrays: one .npz, one for each part, or an .npy for each field."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nettool.data.field import FieldDescription, FieldKind
from nettool.data.place import Place
from nettool.data.sources.source import Contents, DataSource, PartName, Say, Statement
from nettool.data.used_file import UsedFile

if TYPE_CHECKING:  # only own files need NumPy to be checked
    from nettool.data.sources.arrays.survey import Survey


@dataclass(frozen=True, slots=True)
class ArrayFiles(DataSource):
    """Arrays whose first axis is that of the samples, as NumPy writes them.

    `parts` gives for each part its files: with an empty name for an .npz, whose arrays are the fields, or
    with the name of the field that an .npy is. Where only `train` is given, the names of the arrays may tell
    the part. The shortest way to such a file:

        numpy.savez("shapes.npz", x_train=images, y_train=numbers, x_test=more_images, y_test=more_numbers)

    What is what: uint8 of (samples, height, width), or with 1, 3 or 4 channels after it, are images; whole
    numbers or words of (samples,) are labels; whole numbers `NAME` of all samples after each other with
    `NAME_lengths` of (samples,) are sequences; all other numbers are vectors. `described` says otherwise.
    """

    name: str
    parts: tuple[tuple[PartName, tuple[tuple[str, Path], ...]], ...]
    described: tuple[FieldDescription, ...] = ()

    def statement(self) -> Statement:
        """What the headers of the arrays and the labels tell. Raises DataMissing, DataError."""
        found = self._survey()
        return Statement(found.fields, found.counts)

    def read(self, place: Place, say: Say, progress: bool) -> Contents:
        """The arrays, loaded, or mapped where an .npy is large. Raises DataMissing, DataError."""
        from nettool.data.formats.checksums import file_checksum
        from nettool.data.sources.arrays.survey import parts_of

        parts, notes = parts_of(self._survey())
        paths = dict.fromkeys(path for _, entries in self.parts for _, path in entries)
        files = tuple(UsedFile(str(path), file_checksum(path), "own") for path in paths)
        return Contents(parts, files, notes)

    def facts(self) -> dict[str, object]:
        """The files, and what was said of the fields."""
        parts = {part: _written(entries) for part, entries in self.parts}
        arrays = parts["train"] if tuple(parts) == ("train",) else parts
        fields = {words.name: _said(words) for words in self.described}
        return {"arrays": arrays} | ({"fields": fields} if fields else {})

    def kind_advice(self, field: str, kind: FieldKind) -> str | None:
        """The entry under `fields`."""
        return f"write `fields: {{{field}: {{kind: {kind}}}}}` under `data`"

    def _survey(self) -> Survey:
        from nettool.data.sources.arrays.parts import arrays_by_part
        from nettool.data.sources.arrays.survey import survey

        return survey(arrays_by_part(self.parts), self.described, self.name)


def _written(entries: tuple[tuple[str, Path], ...]) -> object:
    """The one .npz, or the file of each field."""
    names = [name for name, _ in entries]
    return str(entries[0][1]) if names == [""] else {name: str(path) for name, path in entries}


def _said(words: FieldDescription) -> dict[str, object]:
    said = {"kind": words.kind, "classes": words.classes and list(words.classes), "highest": words.highest}
    return {key: value for key, value in said.items() if value is not None}
