"""A data set that nettool knows by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nettool.data.builtin.catalogue import DATA_SETS
from nettool.data.field import Field
from nettool.data.place import Place
from nettool.data.sources.source import Contents, DataSource, Say, Statement
from nettool.data.used_file import UsedFile


@dataclass(frozen=True, slots=True)
class BuiltIn(DataSource):
    """A data set of the catalogue; it gives the fields `image` (uint8) and `label` (int64)."""

    always_has_test_set: ClassVar[bool] = True

    name: str

    def statement(self) -> Statement:
        """What is published; nothing is looked for."""
        dataset = DATA_SETS[self.name]
        fields = (
            Field("image", "image", dataset.image_shape, "uint8", highest=255.0),
            Field("label", "label", (), "int64", classes=dataset.classes),
        )
        return Statement(fields, {"train": dataset.train_count, "test": dataset.test_count})

    def read(self, place: Place, say: Say, progress: bool) -> Contents:
        """The published parts, from the first place that has them, or downloaded."""
        from nettool.data.builtin.obtain import obtain
        from nettool.data.column import Column, Part

        obtained = obtain(DATA_SETS[self.name], place, say, progress=progress)
        train, test = (
            Part({"image": Column(samples.images), "label": Column(samples.labels)})
            for samples in (obtained.train, obtained.test)
        )
        notes = _unverified(obtained.files, self.name)
        return Contents({"train": train, "test": test}, obtained.files, notes)

    def facts(self) -> dict[str, object]:
        """The name is all there is to say."""
        return {"dataset": self.name}


def _unverified(files: tuple[UsedFile, ...], name: str) -> tuple[str, ...]:
    paths = [file.path for file in files if file.state == "unverified"]
    if not paths:
        return ()
    if len(paths) == 1:
        return (
            f"{paths[0]} is not a published file of {name} (its checksum is not known); "
            "it is well-formed and used as it is",
        )
    return (
        f"{', '.join(paths)} are not published files of {name} (their checksums are not known); "
        "they are well-formed and used as they are",
    )
