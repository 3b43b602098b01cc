"""The readers of the published forms, by name."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from nettool.data.catalogue import DataSet
from nettool.data.formats import cifar_binary, cifar_python, idx, npz
from nettool.data.formats.contents import Content
from nettool.data.published import ReaderName
from nettool.data.samples import Samples

Reader = Callable[[Iterable[Content], DataSet], tuple[Samples, Samples]]
"""Makes training and test samples of a form's files, given in the form's order; raises DataError."""

READERS: Mapping[ReaderName, Reader] = {
    "npz": npz.read,
    "idx": idx.read,
    "cifar10_binary": partial(cifar_binary.read, label_bytes=1),
    "cifar100_binary": partial(cifar_binary.read, label_bytes=2),
    "cifar10_python": partial(cifar_python.read, label_key="labels"),
    "cifar100_python": partial(cifar_python.read, label_key="fine_labels"),
}
