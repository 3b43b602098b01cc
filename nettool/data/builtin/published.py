"""The files in which the data sets are published: names, checksums, addresses, and how they lie in folders.

Checksums: `mnist.npz` and the CIFAR python archives from Keras (keras/src/datasets), the other sha256 from
TensorFlow Datasets (url_checksums), md5 from torchvision (datasets/cifar.py), sha1 from Apache MXNet
(gluon/data/vision/datasets.py). Those of the unpacked MNIST files are of the published files, unpacked.
"""

from dataclasses import dataclass
from typing import Literal

ReaderName = Literal["npz", "idx", "cifar10_binary", "cifar100_binary", "cifar10_python", "cifar100_python"]


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file's name and its `algorithm:digits` checksum, None where none is published."""

    name: str
    checksum: str | None


@dataclass(frozen=True, slots=True)
class FileLayout:
    """One way in which a data set lies in a folder, and who reads it.

    `files` are the places to fill, in the reader's order; any of a place's alternatives will do. `members`
    are the files wanted of an archive, in the reader's order; the archive is then the only file.
    """

    reader: ReaderName
    files: tuple[tuple[PublishedFile, ...], ...]
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Download:
    """A file that can be fetched, and how long it is, in bytes."""

    url: str
    file: PublishedFile
    size: int


_KERAS_FILES = "https://storage.googleapis.com/tensorflow/tf-keras-datasets"
_CIFAR_FILES = "https://www.cs.toronto.edu/~kriz"

_MNIST_NPZ = PublishedFile(
    "mnist.npz", "sha256:731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"
)
_CIFAR10_BINARY = PublishedFile(
    "cifar-10-binary.tar.gz", "sha256:c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"
)
_CIFAR10_PYTHON = PublishedFile(
    "cifar-10-python.tar.gz", "sha256:6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce"
)
_CIFAR100_BINARY = PublishedFile(
    "cifar-100-binary.tar.gz", "sha256:58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"
)
_CIFAR100_PYTHON = PublishedFile(
    "cifar-100-python.tar.gz", "sha256:85cd44d02ba6437773c5bbd22e183051d648de2e7d6b014e1ef29b855ba677a7"
)

_MNIST_IDX = (
    (
        PublishedFile(
            "train-images-idx3-ubyte.gz",
            "sha256:440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        ),
        PublishedFile(
            "train-images-idx3-ubyte",
            "sha256:ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        ),
    ),
    (
        PublishedFile(
            "train-labels-idx1-ubyte.gz",
            "sha256:3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        ),
        PublishedFile(
            "train-labels-idx1-ubyte",
            "sha256:65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        ),
    ),
    (
        PublishedFile(
            "t10k-images-idx3-ubyte.gz",
            "sha256:8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        ),
        PublishedFile(
            "t10k-images-idx3-ubyte",
            "sha256:0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        ),
    ),
    (
        PublishedFile(
            "t10k-labels-idx1-ubyte.gz",
            "sha256:f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        ),
        PublishedFile(
            "t10k-labels-idx1-ubyte",
            "sha256:ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        ),
    ),
)

_FASHION_PACKED = (
    PublishedFile(
        "train-images-idx3-ubyte.gz",
        "sha256:3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
    ),
    PublishedFile(
        "train-labels-idx1-ubyte.gz",
        "sha256:a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
    ),
    PublishedFile(
        "t10k-images-idx3-ubyte.gz",
        "sha256:346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
    ),
    PublishedFile(
        "t10k-labels-idx1-ubyte.gz",
        "sha256:67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
    ),
)


def _each(*files: PublishedFile) -> tuple[tuple[PublishedFile, ...], ...]:
    return tuple((file,) for file in files)


def _archive(reader: ReaderName, file: PublishedFile, plain: FileLayout, folder: str) -> FileLayout:
    members = tuple(f"{folder}/{alternatives[0].name}" for alternatives in plain.files)
    return FileLayout(reader, ((file,),), members)


MNIST_LAYOUTS = (FileLayout("npz", _each(_MNIST_NPZ)), FileLayout("idx", _MNIST_IDX))
MNIST_DOWNLOADS = (Download(f"{_KERAS_FILES}/mnist.npz", _MNIST_NPZ, 11_490_434),)

FASHION_LAYOUTS = (
    FileLayout(
        "idx",
        tuple((file, PublishedFile(file.name.removesuffix(".gz"), None)) for file in _FASHION_PACKED),
    ),
    FileLayout(
        "npz", ((PublishedFile("fashion_mnist.npz", None), PublishedFile("fashion-mnist.npz", None)),)
    ),
)
FASHION_DOWNLOADS = tuple(
    Download(f"{_KERAS_FILES}/{file.name}", file, size)
    for file, size in zip(_FASHION_PACKED, (26_421_880, 29_515, 4_422_102, 5_148), strict=True)
)

_CIFAR10_BATCHES_BINARY = FileLayout(
    "cifar10_binary",
    _each(
        PublishedFile("data_batch_1.bin", "sha1:aadd24acce27caa71bf4b10992e9e7b2d74c2540"),
        PublishedFile("data_batch_2.bin", "sha1:c0ba65cce70568cd57b4e03e9ac8d2a5367c1795"),
        PublishedFile("data_batch_3.bin", "sha1:1dd00a74ab1d17a6e7d73e185b69dbf31242f295"),
        PublishedFile("data_batch_4.bin", "sha1:aab85764eb3584312d3c7f65fd2fd016e36a258e"),
        PublishedFile("data_batch_5.bin", "sha1:26e2849e66a845b7f1e4614ae70f4889ae604628"),
        PublishedFile("test_batch.bin", "sha1:67eb016db431130d61cd03c7ad570b013799c88c"),
    ),
)
_CIFAR10_BATCHES_PYTHON = FileLayout(
    "cifar10_python",
    _each(
        PublishedFile("data_batch_1", "md5:c99cafc152244af753f735de768cd75f"),
        PublishedFile("data_batch_2", "md5:d4bba439e000b95fd0a9bffe97cbabec"),
        PublishedFile("data_batch_3", "md5:54ebc095f3ab1f0389bbae665268c751"),
        PublishedFile("data_batch_4", "md5:634d18415352ddfa80567beed471001a"),
        PublishedFile("data_batch_5", "md5:482c414d41f54cd18b22e5b47cb7c3cb"),
        PublishedFile("test_batch", "md5:40351d587109b95175f43aff81a1287e"),
    ),
)
CIFAR10_LAYOUTS = (
    _CIFAR10_BATCHES_BINARY,
    _CIFAR10_BATCHES_PYTHON,
    _archive("cifar10_binary", _CIFAR10_BINARY, _CIFAR10_BATCHES_BINARY, "cifar-10-batches-bin"),
    _archive("cifar10_python", _CIFAR10_PYTHON, _CIFAR10_BATCHES_PYTHON, "cifar-10-batches-py"),
)
CIFAR10_DOWNLOADS = (Download(f"{_CIFAR_FILES}/{_CIFAR10_BINARY.name}", _CIFAR10_BINARY, 170_052_171),)

_CIFAR100_BATCHES_BINARY = FileLayout(
    "cifar100_binary",
    _each(
        PublishedFile("train.bin", "sha1:e207cd2e05b73b1393c74c7f5e7bea451d63e08e"),
        PublishedFile("test.bin", "sha1:8fb6623e830365ff53cf14adec797474f5478006"),
    ),
)
_CIFAR100_BATCHES_PYTHON = FileLayout(
    "cifar100_python",
    _each(
        PublishedFile("train", "md5:16019d7e3df5f24257cddd939b257f8d"),
        PublishedFile("test", "md5:f0ef6b0ae62326f3e7ffdfab6717acfc"),
    ),
)
CIFAR100_LAYOUTS = (
    _CIFAR100_BATCHES_BINARY,
    _CIFAR100_BATCHES_PYTHON,
    _archive("cifar100_binary", _CIFAR100_BINARY, _CIFAR100_BATCHES_BINARY, "cifar-100-binary"),
    _archive("cifar100_python", _CIFAR100_PYTHON, _CIFAR100_BATCHES_PYTHON, "cifar-100-python"),
)
CIFAR100_DOWNLOADS = (Download(f"{_CIFAR_FILES}/{_CIFAR100_BINARY.name}", _CIFAR100_BINARY, 168_513_733),)
