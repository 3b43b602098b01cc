"""Loads what a data request wants: samples from their place, transformed step by step into columns."""

from collections.abc import Callable
from dataclasses import dataclass

from nettool.data.catalogue import DATA_SETS, DataSet
from nettool.data.choose_classes import chosen_classes
from nettool.data.declare import declare
from nettool.data.failure import DataError
from nettool.data.field import Field, Part
from nettool.data.obtain import obtain
from nettool.data.place import Place
from nettool.data.request import DataRequest
from nettool.data.samples import Samples
from nettool.data.transforms.channels import with_channels
from nettool.data.transforms.classify import classify
from nettool.data.transforms.limit import limit
from nettool.data.transforms.pad import pad
from nettool.data.transforms.pairs import pairs
from nettool.data.transforms.resize import resize
from nettool.data.transforms.select_classes import select_classes
from nettool.data.used_file import UsedFile


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """The data of a run: its two parts, their fields, what is to be known of them, and their files."""

    train: Part
    test: Part
    fields: tuple[Field, ...]
    notes: tuple[str, ...]
    files: tuple[UsedFile, ...]


def load(request: DataRequest, place: Place, say: Callable[[str], None], progress: bool) -> Loaded:
    """The data that a request (free of `problems`) wants; equal requests and files give equal data.

    `say` is told, a line at a time, of downloads and of everything in `notes`; `progress` allows a bar for
    downloads. Images are (height, width, channels) of uint8, labels int64, as `declare` announces.

    Raises DataError when files are malformed or leave nothing, DataMissing when there are none to be had.
    """
    dataset = DATA_SETS[request.dataset]
    obtained = obtain(dataset, place, say, progress=progress)
    notes = (*_unverified(obtained.files, dataset), *_fitted(request, dataset))
    for note in notes:
        say(note)
    return Loaded(
        _part(obtained.train, request, dataset, "train"),
        _part(obtained.test, request, dataset, "test"),
        declare(request).fields,
        notes,
        obtained.files,
    )


def _part(samples: Samples, request: DataRequest, dataset: DataSet, part: str) -> Part:
    chosen = chosen_classes(request.classes, dataset)
    samples = select_classes(samples, chosen, len(dataset.classes))
    if not len(samples):
        raise DataError(f"the {part} part of {dataset.name} holds no sample of the chosen classes")
    if request.limit is not None:
        samples = limit(samples, request.limit)
    images = samples.images
    if request.resize is not None:
        images = resize(images, *request.resize)
    if request.pad is not None:
        images = pad(images, *request.pad)
    if request.channels is not None:
        images = with_channels(images, request.channels)
    samples = Samples(images, samples.labels)
    return pairs(samples, part) if request.task == "pairs" else classify(samples)


def _unverified(files: tuple[UsedFile, ...], dataset: DataSet) -> tuple[str, ...]:
    paths = [file.path for file in files if file.state == "unverified"]
    if not paths:
        return ()
    if len(paths) == 1:
        return (
            f"{paths[0]} is not a published file of {dataset.name} (its checksum is not known); "
            "it is well-formed and used as it is",
        )
    return (
        f"{', '.join(paths)} are not published files of {dataset.name} (their checksums are not known); "
        "they are well-formed and used as they are",
    )


def _fitted(request: DataRequest, dataset: DataSet) -> tuple[str, ...]:
    """What was done to the images only because the network's input asks for it."""
    height, width, channels = dataset.image_shape
    done = []
    if request.resize is not None and request.resize != (height, width):
        done.append(f"resized from {height}×{width} to {request.resize[0]}×{request.resize[1]}")
    if request.channels is not None and request.channels != channels:
        done.append("repeated to three channels" if request.channels == 3 else "made grey")
    if not request.fit or not done:
        return ()
    return (f"the images of {dataset.name} are {' and '.join(done)} to fit the network's input",)
