"""The files of a data set on this machine: where they lie, and whether they are the published ones.

Several data sets name their files alike, so checksums tell which one a file belongs to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nettool.data.builtin.catalogue import DATA_SETS, DataSet
from nettool.data.builtin.published import FileLayout, PublishedFile
from nettool.data.failure import DataError
from nettool.data.formats.checksums import algorithm_of, file_checksum
from nettool.data.place import Folder, Place, folders
from nettool.data.used_file import UsedFile


@dataclass(frozen=True, slots=True)
class FileSet:
    """The files of one layout that lie in a folder, and the names of those that are missing there.

    Each file comes with what it should be.
    """

    folder: Path
    layout: FileLayout
    files: tuple[tuple[Path, PublishedFile], ...]
    missing: tuple[str, ...]


def file_sets(dataset: DataSet, folder: Path) -> Iterator[FileSet]:
    """What lies in the folder, complete or not: first in its customary sub-folders, then in itself."""
    for place in (*(folder / name for name in dataset.folders), folder):
        for layout in dataset.layouts:
            found = [(each, _one_of(place, each)) for each in layout.files]
            files = tuple(file for _, file in found if file is not None)
            missing = tuple(alternatives[0].name for alternatives, file in found if file is None)
            if files:
                yield FileSet(place, layout, files, missing)


def incomplete(dataset: DataSet, folder: Path) -> tuple[str, ...]:
    """For each layout with some files in the folder but not all: a line that names the missing ones."""
    return tuple(
        f"{each.folder} lacks {', '.join(each.missing)}"
        for each in file_sets(dataset, folder)
        if each.missing
    )


def _one_of(place: Path, alternatives: tuple[PublishedFile, ...]) -> tuple[Path, PublishedFile] | None:
    for file in alternatives:
        path = place / file.name
        try:
            if path.is_file():
                return (path, file)
        except OSError:  # a folder that may not be searched has nothing for us
            continue
    return None


def identify(found: FileSet) -> tuple[UsedFile, ...]:
    """The files with their checksums, compared with the published ones.

    Raises DataError when a file cannot be read.
    """
    return tuple(identify_file(path, file) for path, file in found.files)


def identify_file(path: Path, file: PublishedFile) -> UsedFile:
    """One file with its checksum, compared with the published one. Raises DataError as `identify` does."""
    algorithm = algorithm_of(file.checksum) if file.checksum else "sha256"
    try:
        checksum = file_checksum(path, algorithm)
    except OSError as error:
        raise DataError(f"`{path}` cannot be read: {error.strerror or error}") from error
    if checksum == file.checksum:
        return UsedFile(str(path), checksum, "verified")
    note = (
        f"published: {file.checksum}" if file.checksum else "no checksum is published for a file of this name"
    )
    return UsedFile(str(path), checksum, "unverified", note)


def owner(checksum: str) -> str | None:
    """The data set that publishes a file of this checksum, if one does."""
    return next((name for name, published in _published_checksums() if published == checksum), None)


def _published_checksums() -> Iterator[tuple[str, str]]:
    for dataset in DATA_SETS.values():
        for layout in dataset.layouts:
            for alternatives in layout.files:
                yield from ((dataset.name, file.checksum) for file in alternatives if file.checksum)


@dataclass(frozen=True, slots=True)
class ChosenFiles:
    """A complete set of files that will do, compared with the published ones, and the folder it is from."""

    found: FileSet
    files: tuple[UsedFile, ...]
    folder: Folder


def locate(dataset: DataSet, places: tuple[Folder, ...], remarks: list[str]) -> ChosenFiles | None:
    """The first complete set of files that will do; `remarks` gets a line for each that will not.

    Raises DataError when a file cannot be read.
    """
    for folder in places:
        for found in file_sets(dataset, folder.path):
            if found.missing:
                continue
            files = identify(found)
            objection = _objection(files, dataset, folder)
            if objection is None:
                return ChosenFiles(found, files, folder)
            remarks.append(objection)
        remarks.extend(incomplete(dataset, folder.path))
    return None


def other_owner(file: UsedFile, dataset: DataSet) -> str | None:
    """The other data set that publishes this very file (several use the same names), if one does."""
    if file.state != "unverified":
        return None
    other = owner(file.checksum)
    return None if other == dataset.name else other


def _objection(files: tuple[UsedFile, ...], dataset: DataSet, folder: Folder) -> str | None:
    """Why these files will not do, although all are there."""
    for file in files:
        other = other_owner(file, dataset)
        if other is not None:
            return f"{file.path} belongs to {other}"
        if file.state == "unverified" and not folder.trusted:
            return f"{file.path} is damaged or outdated: it is not the published file"
    return None


def folder_of(dataset: DataSet, place: Place) -> Path | None:
    """The first folder in which all files of a layout lie; None if there is none.

    Only the smallest of them is read, to tell sets apart that name their files alike. Raises DataError when
    it cannot be read.
    """
    for folder in folders(place):
        for found in file_sets(dataset, folder.path):
            if not found.missing and not is_another_sets(found, dataset):
                return found.folder
    return None


def is_another_sets(found: FileSet, dataset: DataSet) -> bool:
    """Whether the smallest of the files is published by another data set."""
    path, file = min(found.files, key=lambda each: each[0].stat().st_size)
    return other_owner(identify_file(path, file), dataset) is not None


def bytes_to_fetch(dataset: DataSet) -> int:
    """The sizes of all files that a download brings, in bytes."""
    return sum(download.size for download in dataset.downloads)
