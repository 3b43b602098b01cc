"""Says at a glance where the files of a data set lie; `locate` and `verify` look closely."""

from pathlib import Path

from nettool.data.catalogue import DataSet
from nettool.data.find import Present, present
from nettool.data.identify import identify_file
from nettool.data.locate import other_owner
from nettool.data.place import Place, folders


def folder_of(dataset: DataSet, place: Place) -> Path | None:
    """The first folder in which all files of a form lie; None if there is none.

    Only the smallest of them is read, to tell sets apart that name their files alike. Raises DataError when
    it cannot be read.
    """
    for folder in folders(place):
        for found in present(dataset, folder.path):
            if not found.missing and not is_another_sets(found, dataset):
                return found.folder
    return None


def is_another_sets(found: Present, dataset: DataSet) -> bool:
    """Whether the smallest of the files is published by another data set."""
    path, file = min(found.files, key=lambda each: each[0].stat().st_size)
    return other_owner(identify_file(path, file), dataset) is not None


def bytes_to_fetch(dataset: DataSet) -> int:
    """The sizes of all files that a download brings, in bytes."""
    return sum(download.size for download in dataset.downloads)
