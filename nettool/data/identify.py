"""Tells by its checksum whether a file is the published one, or another data set's."""

from collections.abc import Iterator
from pathlib import Path

from nettool.data.catalogue import DATA_SETS
from nettool.data.checksum import algorithm_of, file_checksum
from nettool.data.failure import DataError
from nettool.data.find import Found
from nettool.data.published import PublishedFile
from nettool.data.used_file import UsedFile


def identify(found: Found) -> tuple[UsedFile, ...]:
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
        for form in dataset.forms:
            for alternatives in form.files:
                yield from ((dataset.name, file.checksum) for file in alternatives if file.checksum)
