"""Finds a data set's files where they may lie on this machine, or downloads them; then reads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nettool.data.builtin.catalogue import DataSet
from nettool.data.builtin.download import download
from nettool.data.builtin.local_files import ChosenFiles, locate
from nettool.data.builtin.reading.contents import archive_contents, file_contents
from nettool.data.failure import DataMissing
from nettool.data.place import DATA_DIR_VARIABLE, Place, folders, own_cache
from nettool.data.used_file import UsedFile
from nettool.diagnostics.caller import argument, by_caller, option

if TYPE_CHECKING:  # to fetch files needs no NumPy
    from nettool.data.builtin.reading.samples import Samples


def find_or_download(
    dataset: DataSet, place: Place, say: Callable[[str], None], *, progress: bool
) -> ChosenFiles:
    """The files of a data set that has files, from the first place that has them; downloaded if none has.

    Raises DataMissing when there are none to be had, or none here and `place` forbids the network.
    """
    remarks: list[str] = []
    located = locate(dataset, folders(place), remarks)
    if located is not None:
        return located
    if place.offline:
        forbids = f"{option('offline')} forbids fetching them"
        message = f"the files of {dataset.name} are not on this machine, and {forbids}"
        raise missing(message, dataset, place, remarks)
    for folder in folders(place):
        if folder.trusted:
            say(f"no complete files of {dataset.name} in {_shown_folder(folder.path)} ({folder.origin})")
    try:
        download(dataset, own_cache(), say, progress=progress)
    except DataMissing as failure:
        raise missing(failure.message, dataset, place, remarks) from failure
    located = locate(dataset, folders(Place()), remarks)
    if located is None:
        raise missing(f"the files of {dataset.name} vanished after the download", dataset, place, remarks)
    return located


def missing(message: str, dataset: DataSet, place: Place, remarks: list[str]) -> DataMissing:
    """The failure, ready to be raised; `remarks` are what was found and would not do."""
    names = [file.file.name for file in dataset.downloads]
    others = [
        layout.files[0][0].name + (" …" if len(layout.files) > 1 else "")
        for layout in dataset.layouts
        if layout.files[0][0].name not in names
    ]
    return DataMissing(
        message,
        (
            f"wanted: {', '.join(names)}" + (f" (or {', '.join(others)})" if others else ""),
            *(f"looked in: {_shown_folder(folder.path)} ({folder.origin})" for folder in folders(place)),
            *remarks,
            *(f"published at: {file.url}" for file in dataset.downloads),
            f"put them in a folder and name it with {option('data_dir')} or {DATA_DIR_VARIABLE}",
            f"meanwhile: {_without_files()}",
        ),
    )


def _without_files() -> str:
    digits = f"{argument('data', 'digits')} uses handwritten digits that need no files"
    return by_caller(command_line=f"{digits}, `--smoke` random values", python=digits)


def _shown_folder(path: Path) -> str:
    """A folder as messages show it, with a word if there is none."""
    return str(path) if path.is_dir() else f"{path}, which is not a folder"


@dataclass(frozen=True, slots=True, eq=False)
class Obtained:
    """A data set's two parts as they are published, and the files that they were read from."""

    train: Samples
    test: Samples
    files: tuple[UsedFile, ...]


def obtain(dataset: DataSet, place: Place, say: Callable[[str], None], progress: bool) -> Obtained:
    """The data set's samples, from the first place that has them; downloaded if none has and it is allowed.

    Raises DataError when the user's files are malformed, DataMissing when there are none to be had.
    """
    if not dataset.layouts:
        from nettool.data.builtin.reading.digits import read_digits

        train, test, origin = read_digits()
        return Obtained(train, test, (origin,))
    from nettool.data.builtin.reading.readers import READERS

    located = find_or_download(dataset, place, say, progress=progress)
    paths = [path for path, _ in located.found.files]
    layout = located.found.layout
    contents = archive_contents(paths[0], layout.members) if layout.members else file_contents(paths)
    train, test = READERS[layout.reader](contents, dataset)
    return Obtained(train, test, located.files)
