"""What is wrong with a data request, found without reading anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from nettool.data.catalogue import DATA_SETS, DataSet
from nettool.data.choose_classes import class_number
from nettool.data.request import DataRequest, Task

TASKS: tuple[str, ...] = get_args(Task)
CHANNELS = (1, 3)


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a request.

    `key` is the key of `data:` at fault (`classes`, `pad` …) and `index` the item of its list, if it is one.
    `message` is a whole sentence without a full stop. `written` is what the user wrote where one of
    `choices` was expected.
    """

    key: str
    message: str
    help: str | None = None
    index: int | None = None
    written: str | None = None
    choices: tuple[str, ...] = ()


def problems(request: DataRequest) -> tuple[Problem, ...]:
    """Everything that is wrong with the request, in the order of its keys; empty if it can be declared."""
    dataset = DATA_SETS.get(request.dataset)
    if dataset is None:
        unknown = f"there is no data set `{request.dataset}`"
        return (Problem("dataset", unknown, written=request.dataset, choices=tuple(DATA_SETS)),)
    return (
        *_task(request),
        *_classes(request, dataset),
        *_limit(request),
        *_size(request.resize, "resize"),
        *_pad(request, dataset),
        *_channels(request),
    )


def _task(request: DataRequest) -> Iterator[Problem]:
    if request.task not in TASKS:
        yield Problem("task", f"there is no task `{request.task}`", written=request.task, choices=TASKS)


def _classes(request: DataRequest, dataset: DataSet) -> Iterator[Problem]:
    classes = request.classes
    if classes is None:
        return
    fewest = 2 if request.task == "pairs" else 1
    count = classes if isinstance(classes, int) else len(classes)
    if count < fewest:
        why = "; pairs need two classes to differ" if fewest == 2 else ""
        yield Problem("classes", f"`classes` leaves {count} of {dataset.name}'s classes{why}")
    elif isinstance(classes, int) and count > len(dataset.classes):
        yield Problem("classes", f"{dataset.name} has only {len(dataset.classes)} classes, not {count}")
    if not isinstance(classes, int):
        yield from _listed_classes(classes, dataset)


def _listed_classes(classes: tuple[str | int, ...], dataset: DataSet) -> Iterator[Problem]:
    seen: set[int] = set()
    for index, item in enumerate(classes):
        number = class_number(item, dataset)
        if number is None and isinstance(item, int):
            highest = len(dataset.classes) - 1
            help_text = f"its classes are numbered from 0 to {highest}"
            yield Problem("classes", f"{dataset.name} has no class {item}", help_text, index)
        elif number is None:
            unknown = f"{dataset.name} has no class `{item}`"
            yield Problem("classes", unknown, index=index, written=str(item), choices=dataset.classes)
        elif number in seen:
            named = (
                f"`{item}`" if item == dataset.classes[number] else f"{item} (`{dataset.classes[number]}`)"
            )
            yield Problem("classes", f"`classes` has {named} twice", index=index)
        else:
            seen.add(number)


def _limit(request: DataRequest) -> Iterator[Problem]:
    if request.limit is None:
        return
    fewest = 2 if request.task == "pairs" else 1
    if request.limit < fewest:
        yield Problem("limit", f"`limit` must be at least {fewest}, not {request.limit}")


def _size(size: tuple[int, int] | None, key: str) -> Iterator[Problem]:
    if size is None or min(size) >= 1:
        return
    index = 0 if size[0] < 1 else 1
    side = ("height", "width")[index]
    yield Problem(key, f"the {side} in `{key}` must be at least 1, not {size[index]}", index=index)


def _pad(request: DataRequest, dataset: DataSet) -> Iterator[Problem]:
    if request.pad is None:
        return
    height, width = request.resize or dataset.image_shape[:2]
    if request.pad[0] >= height and request.pad[1] >= width:
        return
    images = "resized images" if request.resize else f"images of {dataset.name}"
    yield Problem(
        "pad",
        f"`pad` to {request.pad[0]}×{request.pad[1]} is smaller than the {images}, {height}×{width}",
        "`pad` only adds black around an image; `resize` makes it smaller",
        index=0 if request.pad[0] < height else 1,
    )


def _channels(request: DataRequest) -> Iterator[Problem]:
    if request.channels is not None and request.channels not in CHANNELS:
        yield Problem("channels", f"`channels` must be 1 (grey) or 3 (colour), not {request.channels}")
