"""The data sets that nettool knows: what they are, their classes and counts, their files and licences."""

from collections.abc import Mapping
from dataclasses import dataclass

from nettool.data.builtin import published
from nettool.data.builtin.published import Download, FileLayout


@dataclass(frozen=True, slots=True)
class DataSet:
    """What is known of a data set before anything is read.

    `image_shape` is height, width and channels; pixels are uint8. The counts are of the published files.
    `folders` are the names of sub-folders in which its files are customarily kept, the surest first.
    A set without layouts is embedded in a library and needs no files.
    """

    name: str
    title: str
    image_shape: tuple[int, int, int]
    classes: tuple[str, ...]
    train_count: int
    test_count: int
    licence: str
    folders: tuple[str, ...] = ()
    layouts: tuple[FileLayout, ...] = ()
    downloads: tuple[Download, ...] = ()


_DIGITS = tuple("0123456789")

_FASHION = (
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
)  # fmt: skip

_CIFAR10 = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")

_CIFAR100_WORDS = """
    apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly camel can
    castle caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur dolphin
    elephant flatfish forest fox girl hamster house kangaroo keyboard lamp lawn_mower leopard lion lizard
    lobster man maple_tree motorcycle mountain mouse mushroom oak_tree orange orchid otter palm_tree pear
    pickup_truck pine_tree plain plate poppy porcupine possum rabbit raccoon ray road rocket rose sea seal
    shark shrew skunk skyscraper snail snake spider squirrel streetcar sunflower sweet_pepper table tank
    telephone television tiger tractor train trout tulip turtle wardrobe whale willow_tree wolf woman worm
"""

_CIFAR100 = tuple(_CIFAR100_WORDS.split())
"""The fine classes; the published list is in the order of the alphabet."""


DATA_SETS: Mapping[str, DataSet] = {
    "digits": DataSet(
        name="digits",
        title="1,797 handwritten digits of 8×8 pixels, embedded in scikit-learn",
        image_shape=(8, 8, 1),
        classes=_DIGITS,
        train_count=1_442,
        test_count=355,
        licence="CC BY 4.0; E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits (UCI, 1998)",
    ),
    "mnist": DataSet(
        name="mnist",
        title="70,000 handwritten digits of 28×28 pixels",
        image_shape=(28, 28, 1),
        classes=_DIGITS,
        train_count=60_000,
        test_count=10_000,
        licence="CC BY-SA 3.0; Y. LeCun, C. Cortes and C. J. C. Burges, The MNIST database (1998)",
        folders=("mnist", "MNIST/raw", "MNIST"),
        layouts=published.MNIST_LAYOUTS,
        downloads=published.MNIST_DOWNLOADS,
    ),
    "fashion_mnist": DataSet(
        name="fashion_mnist",
        title="70,000 pictures of clothes of 28×28 pixels",
        image_shape=(28, 28, 1),
        classes=_FASHION,
        train_count=60_000,
        test_count=10_000,
        licence="MIT; H. Xiao, K. Rasul and R. Vollgraf, Fashion-MNIST (Zalando, 2017)",
        folders=("fashion_mnist", "fashion-mnist", "FashionMNIST/raw", "FashionMNIST"),
        layouts=published.FASHION_LAYOUTS,
        downloads=published.FASHION_DOWNLOADS,
    ),
    "cifar10": DataSet(
        name="cifar10",
        title="60,000 colour photographs of 32×32 pixels in 10 classes",
        image_shape=(32, 32, 3),
        classes=_CIFAR10,
        train_count=50_000,
        test_count=10_000,
        licence="none stated, cite the source; A. Krizhevsky, Learning Multiple Layers of Features (2009)",
        folders=(
            "cifar10",
            "cifar-10-batches-bin",
            "cifar-10-batches-py",
            "cifar-10-batches-py-target/cifar-10-batches-py",
        ),
        layouts=published.CIFAR10_LAYOUTS,
        downloads=published.CIFAR10_DOWNLOADS,
    ),
    "cifar100": DataSet(
        name="cifar100",
        title="60,000 colour photographs of 32×32 pixels in 100 classes (the fine labels)",
        image_shape=(32, 32, 3),
        classes=_CIFAR100,
        train_count=50_000,
        test_count=10_000,
        licence="none stated, cite the source; A. Krizhevsky, Learning Multiple Layers of Features (2009)",
        folders=(
            "cifar100",
            "cifar-100-binary",
            "cifar-100-python",
            "cifar-100-python-target/cifar-100-python",
        ),
        layouts=published.CIFAR100_LAYOUTS,
        downloads=published.CIFAR100_DOWNLOADS,
    ),
}
"""The data sets by name. Folders: the publishers' own, Keras's (`…-target/…`), torchvision's (`…/raw`)."""
