"""The user's own images, in a folder for each class; the folder may be packed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import ClassVar

from nettool.data.failure import DataError, DataMissing, at_key
from nettool.data.field import Field
from nettool.data.formats.archive import ENDINGS, members
from nettool.data.formats.checksums import checksums_of, file_checksum
from nettool.data.images.image_header import ImageHeader, read_header
from nettool.data.images.image_sample import SAMPLE, ImageSample, sampled
from nettool.data.place import Place, own_cache
from nettool.data.sources.folders.folder_listing import FolderListing, folder_listing
from nettool.data.sources.folders.folder_names import FolderNames, RememberedFolders, is_skipped, names_in
from nettool.data.sources.source import Contents, DataSource, Say, Statement
from nettool.data.used_file import UsedFile

_EXPECTED = "expected: a folder with a folder of images for each class, or a .zip, .tar or .tar.gz of one"
_REMEMBERED = 4
"""Archives: to list one takes reading it."""


@dataclass(frozen=True, slots=True)
class ImageFolder(DataSource):
    """A folder, or a zip or tar archive of one, at an absolute path; fields `image` and `label`.

    All images have three channels unless those that are looked at are all grey. They are uint8, or uint16
    where one of them has 16 bits. Where these are of different sizes, height and width are not stated: the
    images must be resized.
    """

    is_slow_to_list: ClassVar[bool] = True

    name: str
    path: Path

    def statement(self) -> Statement:
        """What names and the headers of a few images tell; an archive is read for it, but not unpacked.

        Raises DataMissing when there is no such folder, DataError when it cannot be used.
        """
        found, sample = self._known()
        fields = (
            Field("image", "image", sample.shape, sample.dtype, highest=sample.highest),
            Field("label", "label", (), "int64", classes=found.classes),
        )
        return Statement(fields, {part: len(images) for part, images in found.parts.items()})

    def read(self, place: Place, say: Say, progress: bool) -> Contents:
        """The parts, with images that are decoded when they are asked for; an archive is unpacked first."""
        import numpy as np

        from nettool.data.column import Column, Part
        from nettool.data.formats.unpack import checksums_in, unpacked
        from nettool.data.images.image_files import ImageFiles

        found, sample = self._known()
        images = [image for of_part in found.parts.values() for image in of_part]
        names = [name for name, _ in images]
        if self.path.is_dir():
            folder = self.path
            used, checksums = _as_one_file(folder, names)
        else:
            used = UsedFile(str(self.path), file_checksum(self.path), "own")
            folder = unpacked(self.path, own_cache() / "folders" / used.checksum.partition(":")[2], say)
            checksums = checksums_in(folder)
        files = ImageFiles(
            [f"{folder}/{name}" for name in names],
            sample.shape,
            bits=sample.dtype,
            checksums=[checksums[name] for name in names],
        )
        labels = np.array([label for _, label in images], np.int64)
        parts, start = {}, 0
        for part, of_part in found.parts.items():
            rows = np.arange(start, start + len(of_part))
            parts[part] = Part({"image": Column(files, rows), "label": Column(labels[rows])})
            start += len(of_part)
        return Contents(parts, (used,), (*found.notes, *sample.notes))

    def facts(self) -> dict[str, object]:
        """The key `folder`."""
        return {"folder": str(self.path)}

    def _known(self) -> tuple[FolderListing, ImageSample]:
        with at_key("folder"):
            return self._found()

    def _found(self) -> tuple[FolderListing, ImageSample]:
        if self.path.is_dir():
            return _FOLDERS.known(self.path, self.name, self._in_folder)
        if not self.path.exists():
            raise DataMissing(f"`{self.path}` is not there", (_EXPECTED,))
        if not self.path.name.lower().endswith(ENDINGS):
            raise DataError(f"`{self.path}` is neither a folder nor an archive of one", (_EXPECTED,))
        status = self.path.stat()
        return _in_archive(self.path, self.name, (status.st_mtime_ns, status.st_size))

    def _in_folder(self, names: FolderNames) -> tuple[FolderListing, ImageSample]:
        found = folder_listing(names, self.name)
        paths = (f"{self.path}/{name}" for name in _some(found))
        return found, sampled(((path, read_header(path, path)) for path in paths), self.name)


_FOLDERS: RememberedFolders[tuple[FolderListing, ImageSample]] = RememberedFolders(names_in)


@lru_cache(_REMEMBERED)
def _in_archive(path: Path, name: str, state: tuple[int, int]) -> tuple[FolderListing, ImageSample]:
    """What is in an archive, read twice: for names and for headers; a changed one has another `state`."""
    files: dict[str, None] = {}  # a name that is there twice is one file
    folders: set[str] = set()
    twice: set[str] = set()
    for member in members(path):
        if is_skipped(member.name):
            continue
        if member.is_folder:
            folders.add(member.name)
        else:
            if member.name in files:
                twice.add(member.name)
            files[member.name] = None
        parent = member.name.rpartition("/")[0]
        while parent and parent not in folders:
            folders.add(parent)
            parent = parent.rpartition("/")[0]
    found = folder_listing(FolderNames(tuple(files), tuple(folders)), name)
    return found, sampled(_headers(path, set(_some(found)), twice).items(), name)


def _headers(path: Path, wanted: set[str], twice: set[str]) -> dict[str, ImageHeader]:
    """Of a file that is there `twice` the last one counts, as when it is unpacked."""
    found = {}
    for member in members(path):
        if member.name in wanted:
            content = BytesIO(b"".join(member.pieces()))
            found[member.name] = read_header(content, f"{path}: {member.name}")
            if len(found) == len(wanted) and wanted.isdisjoint(twice):
                break
    return found


def _some(found: FolderListing) -> list[str]:
    """Images to look at, of every part."""
    return [name for images in found.parts.values() for name, _ in images[:SAMPLE]]


def _as_one_file(path: Path, names: list[str]) -> tuple[UsedFile, Mapping[str, str]]:
    """The whole folder as one file, whose checksum is of the names and contents of its images; and theirs."""
    found = checksums_of({name: f"{path}/{name}" for name in names}, str(path), own_cache())
    note = f"the contents of {len(names):,} images"
    return UsedFile(str(path), found.contents, "own", note, former=found.sizes), found.by_name
