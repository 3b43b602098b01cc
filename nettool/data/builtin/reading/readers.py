"""The readers of the published files, by the name of their layout."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from nettool.data.builtin.catalogue import DataSet
from nettool.data.builtin.published import ReaderName
from nettool.data.builtin.reading.cifar import read_binary, read_python
from nettool.data.builtin.reading.contents import Content
from nettool.data.builtin.reading.mnist import read_idx, read_npz
from nettool.data.builtin.reading.samples import Samples

Reader = Callable[[Iterable[Content], DataSet], tuple[Samples, Samples]]
"""Makes training and test samples of a layout's files, given in the layout's order; raises DataError."""

READERS: Mapping[ReaderName, Reader] = {
    "npz": read_npz,
    "idx": read_idx,
    "cifar10_binary": partial(read_binary, label_bytes=1),
    "cifar100_binary": partial(read_binary, label_bytes=2),
    "cifar10_python": partial(read_python, label_key="labels"),
    "cifar100_python": partial(read_python, label_key="fine_labels"),
}
