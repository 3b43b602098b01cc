"""Holds every file of a data set that is on this machine against its published checksum."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nettool.data.builtin.catalogue import DataSet
from nettool.data.builtin.local_files import FileSet, file_sets, identify_file, is_another_sets, other_owner
from nettool.data.place import Folder, Place, folders

State = Literal["embedded", "verified", "unverified", "damaged", "missing"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A file and how it stands.

    `verified`: it is the published file; `unverified`: it is another one, or nothing is published to compare
    it with, in a folder of the user's own, where it is used if it is well-formed; `damaged`: it is another
    one, in a cache, where it is not used; `missing`: others that belong to it are there, or none is anywhere;
    `embedded`: part of an installed library. `checksum` is empty where there is no file.
    """

    path: str
    state: State
    checksum: str = ""
    note: str = ""


def verify(dataset: DataSet, place: Place) -> tuple[Checked, ...]:
    """The files of the data set in all places, in the order in which these are tried.

    Files of which others are missing are of interest only when they are whole nowhere. Raises DataError when
    a file cannot be read.
    """
    if not dataset.layouts:
        return (Checked(dataset.name, "embedded", note="nothing to verify: it comes with scikit-learn"),)
    lying = [
        (found, folder)
        for folder in folders(place)
        for found in file_sets(dataset, folder.path)
        if not is_another_sets(found, dataset)
    ]
    whole = [each for each in lying if not each[0].missing]
    checked = tuple(each for found, folder in whole or lying for each in _checked(found, dataset, folder))
    return checked or tuple(Checked(each.file.name, "missing", note=each.url) for each in dataset.downloads)


def _checked(found: FileSet, dataset: DataSet, folder: Folder) -> Iterator[Checked]:
    for path, file in found.files:
        used = identify_file(path, file)
        other = other_owner(used, dataset)
        note = used.note if other is None else f"belongs to {other}"
        if used.state == "verified":
            yield Checked(used.path, "verified", used.checksum)
        else:
            yield Checked(used.path, "unverified" if folder.trusted else "damaged", used.checksum, note)
    for name in found.missing:
        yield Checked(str(found.folder / name), "missing")
