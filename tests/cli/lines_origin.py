"""A new source of data in one file: JSON lines, each a sample with the same numbers, and one of them the class."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nettool.data.failure import DataError, DataMissing, at_key
from nettool.data.field import Field
from nettool.data.place import Place
from nettool.data.sources.source import Contents, DataSource, PartName, Say, Statement
from nettool.data.used_file import UsedFile
from nettool.diagnostics.diagnostic import Findings
from nettool.kinds.kind import Name, Whole
from nettool.spec.data.origins.files import DataFiles, FileEntry, name_of_files
from nettool.spec.data.origins.origin import Origin
from nettool.spec.keys.key import key


@dataclass(frozen=True, slots=True)
class Lines(DataSource):
    """A file for each part; `target` is the key of the class, whose numbers go up to `classes`."""

    name: str
    parts: tuple[tuple[PartName, Path], ...]
    target: str
    classes: int

    def statement(self) -> Statement:
        """The numbers as one vector, and the class."""
        samples = {part: self._samples(part, path) for part, path in self.parts}
        width = len(samples["train"][0]) - 1
        names = tuple(map(str, range(self.classes)))
        fields = (Field("x", "vector", (width,), "float64"), Field("y", "label", (), "int64", classes=names))
        return Statement(fields, {part: len(each) for part, each in samples.items()})

    def read(self, place: Place, say: Say, progress: bool) -> Contents:
        """All lines."""
        import numpy as np

        from nettool.data.column import Column, Part
        from nettool.data.formats.checksums import file_checksum

        parts = {}
        for part, path in self.parts:
            samples = self._samples(part, path)
            x = np.array([[each[name] for name in each if name != self.target] for each in samples], float)
            y = np.array([each[self.target] for each in samples], np.int64)
            parts[part] = Part({"x": Column(x), "y": Column(y)})
        files = tuple(UsedFile(str(path), file_checksum(path), "own") for _, path in self.parts)
        return Contents(parts, files)

    def facts(self) -> dict[str, object]:
        """The keys as a spec writes them."""
        paths = {part: str(path) for part, path in self.parts}
        lines = paths["train"] if len(paths) == 1 else paths
        return {"lines": lines, "answer": self.target, "levels": self.classes}

    def _samples(self, part: PartName, path: Path) -> list[Mapping[str, float]]:
        with at_key("lines", part):
            if not path.is_file():
                raise DataMissing(f"`{path}` is not there")
            samples = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            if not all(self.target in sample for sample in samples):
                raise DataError(f"`{path}` has lines without `{self.target}`", key=("answer",))
            return samples


@dataclass(frozen=True, slots=True)
class LinesOrigin(Origin):
    """JSON lines."""

    files: tuple[FileEntry, ...] = key(
        DataFiles((".jsonl",)),
        name="lines",
        meaning="JSON lines of your own: a file, or one for each part.",
        example="beans.jsonl",
        others=("jsonl", "path"),
    )
    target: str = key(Name(), name="answer", meaning="Which key is the class.", example="kind", needed=True)
    levels: int = key(Whole(2), default=2, meaning="How many classes there are.", example="3")

    def source(self, findings: Findings) -> DataSource | None:
        """The lines."""
        parts = tuple((file.part, file.path.value) for file in self.files)
        return Lines(name_of_files(self.files), parts, self.target, self.levels)
