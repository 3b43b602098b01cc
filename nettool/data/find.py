"""Finds the files of a data set in a folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nettool.data.catalogue import DataSet
from nettool.data.published import Form, PublishedFile


@dataclass(frozen=True, slots=True)
class Found:
    """All files of one form: the form, and for each of its files where it is and what it should be."""

    form: Form
    files: tuple[tuple[Path, PublishedFile], ...]


def find(dataset: DataSet, folder: Path) -> Iterator[Found]:
    """The complete sets of files in the folder: first in its customary sub-folders, then in itself."""
    for place in _places(dataset, folder):
        for form in dataset.forms:
            files = [_one_of(place, alternatives) for alternatives in form.files]
            complete = tuple(file for file in files if file is not None)
            if len(complete) == len(files):
                yield Found(form, complete)


def incomplete(dataset: DataSet, folder: Path) -> tuple[str, ...]:
    """For each form of which some files are in the folder but not all: a line that names the missing ones."""
    lines = []
    for place in _places(dataset, folder):
        for form in dataset.forms:
            missing = [
                alternatives[0].name for alternatives in form.files if not _one_of(place, alternatives)
            ]
            if 0 < len(missing) < len(form.files):
                lines.append(f"{place} lacks {', '.join(missing)}")
    return tuple(lines)


def _places(dataset: DataSet, folder: Path) -> tuple[Path, ...]:
    return (*(folder / name for name in dataset.folders), folder)


def _one_of(place: Path, alternatives: tuple[PublishedFile, ...]) -> tuple[Path, PublishedFile] | None:
    for file in alternatives:
        path = place / file.name
        try:
            if path.is_file():
                return (path, file)
        except OSError:  # a folder that may not be searched has nothing for us
            continue
    return None
