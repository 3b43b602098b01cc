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


@dataclass(frozen=True, slots=True)
class Present:
    """The files of one form that lie in a folder, and the names of those that it lacks."""

    folder: Path
    form: Form
    files: tuple[tuple[Path, PublishedFile], ...]
    missing: tuple[str, ...]


def present(dataset: DataSet, folder: Path) -> Iterator[Present]:
    """What lies in the folder, complete or not: first in its customary sub-folders, then in itself."""
    for place in (*(folder / name for name in dataset.folders), folder):
        for form in dataset.forms:
            found = [(each, _one_of(place, each)) for each in form.files]
            files = tuple(file for _, file in found if file is not None)
            missing = tuple(alternatives[0].name for alternatives, file in found if file is None)
            if files:
                yield Present(place, form, files, missing)


def find(dataset: DataSet, folder: Path) -> Iterator[Found]:
    """The complete sets of files in the folder."""
    for each in present(dataset, folder):
        if not each.missing:
            yield Found(each.form, each.files)


def incomplete(dataset: DataSet, folder: Path) -> tuple[str, ...]:
    """For each form of which some files are in the folder but not all: a line that names the missing ones."""
    return tuple(
        f"{each.folder} lacks {', '.join(each.missing)}" for each in present(dataset, folder) if each.missing
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
