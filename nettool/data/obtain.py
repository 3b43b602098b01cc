"""Gets hold of a data set's samples: from the user's folders, from the caches, or from the network."""

from collections.abc import Callable
from dataclasses import dataclass

from nettool.data.bring import bring
from nettool.data.catalogue import DataSet
from nettool.data.formats.contents import archive_contents, file_contents
from nettool.data.formats.digits import read_digits
from nettool.data.formats.readers import READERS
from nettool.data.place import Place
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
    located = bring(dataset, place, say, progress=progress)
    paths = [path for path, _ in located.found.files]
    form = located.found.form
    contents = archive_contents(paths[0], form.members) if form.members else file_contents(paths)
    train, test = READERS[form.reader](contents, dataset)
    return Obtained(train, test, located.files)
