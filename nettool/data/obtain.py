"""Gets hold of a data set's samples: from the user's folders, from the caches, or from the network."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nettool.data.catalogue import DataSet
from nettool.data.download import download
from nettool.data.failure import DataMissing
from nettool.data.find import Found, find, incomplete
from nettool.data.formats.contents import archive_contents, file_contents
from nettool.data.formats.digits import read_digits
from nettool.data.formats.readers import READERS
from nettool.data.identify import identify, owner
from nettool.data.place import DATA_DIR_VARIABLE, Folder, Place, folders, own_cache
from nettool.data.samples import Samples
from nettool.data.used_file import UsedFile


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
    if not dataset.forms:
        train, test, origin = read_digits()
        return Obtained(train, test, (origin,))
    remarks: list[str] = []
    obtained = _from_folders(dataset, folders(place), remarks)
    if obtained is not None:
        return obtained
    if place.offline:
        raise _missing(f"the files of {dataset.name} are not on this machine", dataset, place, remarks)
    for folder in folders(place):
        if folder.trusted:
            say(f"no complete files of {dataset.name} in {_spelt(folder.path)} ({folder.origin})")
    try:
        download(dataset, own_cache(), say, progress=progress)
    except DataMissing as failure:
        raise _missing(failure.message, dataset, place, remarks) from failure
    obtained = _from_folders(dataset, folders(Place()), remarks)
    if obtained is None:
        raise _missing(f"the files of {dataset.name} vanished after the download", dataset, place, remarks)
    return obtained


def _from_folders(dataset: DataSet, places: tuple[Folder, ...], remarks: list[str]) -> Obtained | None:
    for folder in places:
        for found in find(dataset, folder.path):
            files = identify(found)
            objection = _objection(files, dataset, folder)
            if objection is None:
                return _read(dataset, found, files)
            remarks.append(objection)
        remarks.extend(incomplete(dataset, folder.path))
    return None


def _objection(files: tuple[UsedFile, ...], dataset: DataSet, folder: Folder) -> str | None:
    """Why these files will not do, although all are there."""
    for file in files:
        if file.state == "unverified":
            other = owner(file.checksum)
            if other is not None and other != dataset.name:
                return f"{file.path} belongs to {other}"
            if not folder.trusted:
                return f"{file.path} is damaged or outdated: it is not the published file"
    return None


def _read(dataset: DataSet, found: Found, files: tuple[UsedFile, ...]) -> Obtained:
    paths = [path for path, _ in found.files]
    form = found.form
    contents = archive_contents(paths[0], form.members) if form.members else file_contents(paths)
    train, test = READERS[form.reader](contents, dataset)
    return Obtained(train, test, files)


def _missing(message: str, dataset: DataSet, place: Place, remarks: list[str]) -> DataMissing:
    names = [file.file.name for file in dataset.downloads]
    others = [
        form.files[0][0].name + (" …" if len(form.files) > 1 else "")
        for form in dataset.forms
        if form.files[0][0].name not in names
    ]
    return DataMissing(
        message,
        (
            f"wanted: {', '.join(names)}" + (f" (or {', '.join(others)})" if others else ""),
            *(f"looked in: {_spelt(folder.path)} ({folder.origin})" for folder in folders(place)),
            *remarks,
            *(f"published at: {file.url}" for file in dataset.downloads),
            f"put them in a folder and name it with --data-dir or {DATA_DIR_VARIABLE}",
            "meanwhile: `--data digits` uses handwritten digits that need no files, `--smoke` random values",
        ),
    )


def _spelt(path: Path) -> str:
    return str(path) if path.is_dir() else f"{path}, which is no folder"
