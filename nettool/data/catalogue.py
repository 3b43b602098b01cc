"""The data sets that nettool knows: what they are, their classes and counts, their files and licences."""

from collections.abc import Mapping
from dataclasses import dataclass

from nettool.data import class_names, published
from nettool.data.published import Download, Form


@dataclass(frozen=True, slots=True)
class DataSet:
    """What is known of a data set before anything is read.

    `image_shape` is height, width and channels; pixels are uint8. The counts are of the published files.
    `folders` are the names of sub-folders in which its files are customarily kept, the surest first.
    A set without forms is embedded in a library and needs no files.
    """

    name: str
    title: str
    image_shape: tuple[int, int, int]
    classes: tuple[str, ...]
    train_count: int
    test_count: int
    licence: str
    folders: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()
    downloads: tuple[Download, ...] = ()


DATA_SETS: Mapping[str, DataSet] = {
    "digits": DataSet(
        name="digits",
        title="1,797 handwritten digits of 8×8 pixels, embedded in scikit-learn",
        image_shape=(8, 8, 1),
        classes=class_names.DIGITS,
        train_count=1_442,
        test_count=355,
        licence="CC BY 4.0; E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits (UCI, 1998)",
    ),
    "mnist": DataSet(
        name="mnist",
        title="70,000 handwritten digits of 28×28 pixels",
        image_shape=(28, 28, 1),
        classes=class_names.DIGITS,
        train_count=60_000,
        test_count=10_000,
        licence="CC BY-SA 3.0; Y. LeCun, C. Cortes and C. J. C. Burges, The MNIST database (1998)",
        folders=("mnist", "MNIST/raw", "MNIST"),
        forms=published.MNIST_FORMS,
        downloads=published.MNIST_DOWNLOADS,
    ),
    "fashion_mnist": DataSet(
        name="fashion_mnist",
        title="70,000 pictures of clothes of 28×28 pixels",
        image_shape=(28, 28, 1),
        classes=class_names.FASHION,
        train_count=60_000,
        test_count=10_000,
        licence="MIT; H. Xiao, K. Rasul and R. Vollgraf, Fashion-MNIST (Zalando, 2017)",
        folders=("fashion_mnist", "fashion-mnist", "FashionMNIST/raw", "FashionMNIST"),
        forms=published.FASHION_FORMS,
        downloads=published.FASHION_DOWNLOADS,
    ),
    "cifar10": DataSet(
        name="cifar10",
        title="60,000 colour photographs of 32×32 pixels in 10 classes",
        image_shape=(32, 32, 3),
        classes=class_names.CIFAR10,
        train_count=50_000,
        test_count=10_000,
        licence="none stated, cite the source; A. Krizhevsky, Learning Multiple Layers of Features (2009)",
        folders=(
            "cifar10",
            "cifar-10-batches-bin",
            "cifar-10-batches-py",
            "cifar-10-batches-py-target/cifar-10-batches-py",
        ),
        forms=published.CIFAR10_FORMS,
        downloads=published.CIFAR10_DOWNLOADS,
    ),
    "cifar100": DataSet(
        name="cifar100",
        title="60,000 colour photographs of 32×32 pixels in 100 classes (the fine labels)",
        image_shape=(32, 32, 3),
        classes=class_names.CIFAR100,
        train_count=50_000,
        test_count=10_000,
        licence="none stated, cite the source; A. Krizhevsky, Learning Multiple Layers of Features (2009)",
        folders=(
            "cifar100",
            "cifar-100-binary",
            "cifar-100-python",
            "cifar-100-python-target/cifar-100-python",
        ),
        forms=published.CIFAR100_FORMS,
        downloads=published.CIFAR100_DOWNLOADS,
    ),
}
"""The data sets by name. Folders: the publishers' own, Keras's (`…-target/…`), torchvision's (`…/raw`)."""
