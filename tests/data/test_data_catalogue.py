import importlib.util
import re
from pathlib import Path

import pytest

from nettool.data.builtin.catalogue import DATA_SETS, DataSet

WITH_FILES = [dataset for dataset in DATA_SETS.values() if dataset.layouts]


def published_checksums(dataset: DataSet) -> set[str]:
    return {
        file.checksum
        for form in dataset.layouts
        for place in form.files
        for file in place
        if file.checksum is not None
    }


def test_the_data_sets_are_those_that_the_documents_name() -> None:
    facts = {
        name: (dataset.image_shape, len(dataset.classes), dataset.train_count, dataset.test_count)
        for name, dataset in DATA_SETS.items()
    }
    assert facts == {
        "digits": ((8, 8, 1), 10, 1_442, 355),
        "mnist": ((28, 28, 1), 10, 60_000, 10_000),
        "fashion_mnist": ((28, 28, 1), 10, 60_000, 10_000),
        "cifar10": ((32, 32, 3), 10, 50_000, 10_000),
        "cifar100": ((32, 32, 3), 100, 50_000, 10_000),
    }


@pytest.mark.parametrize("dataset", DATA_SETS.values(), ids=lambda dataset: dataset.name)
def test_a_data_set_is_listed_under_its_name_and_its_classes_have_names_of_their_own(
    dataset: DataSet,
) -> None:
    assert DATA_SETS[dataset.name] is dataset
    assert len(set(dataset.classes)) == len(dataset.classes)
    assert dataset.title
    assert dataset.licence


def test_the_fine_classes_of_cifar100_are_in_the_order_of_the_alphabet() -> None:
    assert list(DATA_SETS["cifar100"].classes) == sorted(DATA_SETS["cifar100"].classes)


@pytest.mark.parametrize("dataset", WITH_FILES, ids=lambda dataset: dataset.name)
def test_what_is_downloaded_completes_a_form_and_has_a_strong_checksum(dataset: DataSet) -> None:
    files = {download.file for download in dataset.downloads}
    assert any(all(files & set(place) for place in form.files) for form in dataset.layouts)
    assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", str(file.checksum)) for file in files)
    assert all(download.url.startswith("https://") for download in dataset.downloads)
    assert all(download.url.endswith(f"/{download.file.name}") for download in dataset.downloads)


@pytest.mark.parametrize("dataset", WITH_FILES, ids=lambda dataset: dataset.name)
def test_the_cache_folder_of_a_data_set_is_one_that_is_looked_in(dataset: DataSet) -> None:
    assert dataset.name in dataset.folders


def test_no_file_is_published_by_two_data_sets() -> None:
    checksums = [checksum for dataset in WITH_FILES for checksum in published_checksums(dataset)]
    assert len(checksums) == len(set(checksums))


@pytest.mark.parametrize("name", ["mnist", "cifar10", "cifar100"])
def test_the_checksum_that_keras_has_is_among_ours(name: str) -> None:
    keras = importlib.util.find_spec("keras")
    assert keras is not None
    source = Path(str(keras.origin)).parent / "src" / "datasets" / f"{name}.py"
    (digits,) = re.findall(r'"([0-9a-f]{64})"', source.read_text())
    assert f"sha256:{digits}" in published_checksums(DATA_SETS[name])


def test_every_checksum_has_the_length_of_its_algorithm() -> None:
    lengths = {"md5": 32, "sha1": 40, "sha256": 64}
    for dataset in WITH_FILES:
        for checksum in published_checksums(dataset):
            algorithm, digits = checksum.split(":")
            assert re.fullmatch(f"[0-9a-f]{{{lengths[algorithm]}}}", digits)
