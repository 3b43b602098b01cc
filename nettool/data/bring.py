"""Makes sure that a data set's files are on this machine: found where they may lie, or downloaded."""

from collections.abc import Callable

from nettool.data.catalogue import DataSet
from nettool.data.download import download
from nettool.data.failure import DataMissing
from nettool.data.locate import Located, locate
from nettool.data.missing import missing, spelt
from nettool.data.place import Place, folders, own_cache


def bring(dataset: DataSet, place: Place, say: Callable[[str], None], *, progress: bool) -> Located:
    """The files of a data set that has files, from the first place that has them; downloaded if none has.

    Raises DataMissing when there are none to be had, or none here and `place` forbids the network.
    """
    remarks: list[str] = []
    located = locate(dataset, folders(place), remarks)
    if located is not None:
        return located
    if place.offline:
        told = f"the files of {dataset.name} are not on this machine, and --offline forbids fetching them"
        raise missing(told, dataset, place, remarks)
    for folder in folders(place):
        if folder.trusted:
            say(f"no complete files of {dataset.name} in {spelt(folder.path)} ({folder.origin})")
    try:
        download(dataset, own_cache(), say, progress=progress)
    except DataMissing as failure:
        raise missing(failure.message, dataset, place, remarks) from failure
    located = locate(dataset, folders(Place()), remarks)
    if located is None:
        raise missing(f"the files of {dataset.name} vanished after the download", dataset, place, remarks)
    return located
