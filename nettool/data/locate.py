"""Decides which of the files on this machine a data set is read from."""

from dataclasses import dataclass

from nettool.data.catalogue import DataSet
from nettool.data.find import Found, find, incomplete
from nettool.data.identify import identify, owner
from nettool.data.place import Folder
from nettool.data.used_file import UsedFile


@dataclass(frozen=True, slots=True)
class Located:
    """A complete set of files that will do, compared with the published ones, and the folder it is from."""

    found: Found
    files: tuple[UsedFile, ...]
    folder: Folder


def locate(dataset: DataSet, places: tuple[Folder, ...], remarks: list[str]) -> Located | None:
    """The first complete set of files that will do; `remarks` gets a line for each that will not.

    Raises DataError when a file cannot be read.
    """
    for folder in places:
        for found in find(dataset, folder.path):
            files = identify(found)
            objection = _objection(files, dataset, folder)
            if objection is None:
                return Located(found, files, folder)
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
