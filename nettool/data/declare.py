"""What a data request will give, known without reading anything."""

from collections.abc import Mapping
from dataclasses import dataclass

from nettool.data.catalogue import DATA_SETS
from nettool.data.choose_classes import chosen_classes
from nettool.data.field import Field
from nettool.data.request import DataRequest


@dataclass(frozen=True, slots=True)
class Declaration:
    """The fields that a request gives, in a fixed order, and how many samples at most.

    `counts` are upper bounds for the parts `train` and `test`: choosing classes leaves fewer. `image_shape`
    is height, width and channels of every image; `classes` are the names of the chosen classes.
    """

    fields: tuple[Field, ...]
    counts: Mapping[str, int]
    image_shape: tuple[int, int, int]
    classes: tuple[str, ...]


def declare(request: DataRequest) -> Declaration:
    """What the request gives once it is loaded; the request must be free of `problems`.

    Images are uint8, (height, width, channels), with 255 for full brightness; labels are int64 numbers.
    """
    dataset = DATA_SETS[request.dataset]
    classes = tuple(dataset.classes[number] for number in chosen_classes(request.classes, dataset))
    shape = _image_shape(request, dataset.image_shape)
    counts = {
        part: count if request.limit is None else min(count, request.limit)
        for part, count in (("train", dataset.train_count), ("test", dataset.test_count))
    }
    return Declaration(_fields(request, shape, classes), counts, shape, classes)


def _image_shape(request: DataRequest, shape: tuple[int, int, int]) -> tuple[int, int, int]:
    height, width = request.pad or request.resize or shape[:2]
    return (height, width, request.channels or shape[2])


def _fields(request: DataRequest, shape: tuple[int, int, int], classes: tuple[str, ...]) -> tuple[Field, ...]:
    if request.task == "pairs":
        differences = tuple(str(number) for number in range(len(classes)))
        return (
            _image("left", shape),
            _image("right", shape),
            _label("same", ("different", "same")),
            _label("difference", differences),
        )
    return (_image("image", shape), _label("label", classes))


def _image(name: str, shape: tuple[int, int, int]) -> Field:
    return Field(name, "image", shape, "uint8", highest=255.0)


def _label(name: str, classes: tuple[str, ...]) -> Field:
    return Field(name, "label", (), "int64", classes=classes)
