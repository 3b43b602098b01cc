"""What a data request will give, known without reading everything."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from nettool.data.field import Field
from nettool.data.request import DataRequest, Derived
from nettool.data.sources.source import PartName, Statement
from nettool.data.transforms.choose_classes import chosen_classes


@dataclass(frozen=True, slots=True)
class Declaration:
    """The fields that a request gives, in a fixed order, and how many samples its parts have at most.

    `counts` are of the source's own parts, before any is held out; choosing classes leaves fewer. `statement`
    is what the source itself states.
    """

    fields: tuple[Field, ...]
    counts: Mapping[PartName, int]
    statement: Statement


def declare(request: DataRequest, statement: Statement) -> Declaration:
    """What the request gives once it is loaded; the request must be free of `problems`.

    Images are uint8, (height, width, channels), with 255 for full brightness; labels are int64 numbers.
    """
    label = statement.label
    fields = tuple(_changed(field, request, is_label=field is label) for field in statement.fields)
    if request.task == "pairs":
        fields = _pairs(fields)
    derived = tuple(derived_field(each) for each in request.derive)
    return Declaration((*fields, *derived), _counts(request, statement), statement)


def _changed(field: Field, request: DataRequest, *, is_label: bool) -> Field:
    if field.kind == "image":
        return replace(field, shape=image_shape(request, field.shape))
    if is_label:
        chosen = chosen_classes(request.classes, field.classes)
        return replace(field, classes=tuple(field.classes[number] for number in chosen))
    return field


def image_shape(request: DataRequest, shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
    """Height, width and channels of an image of this shape, once everything is done to it."""
    height, width = request.pad or request.crop or request.resize or shape[:2]
    return (height, width, request.channels or shape[2])


def _pairs(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    image = next(field for field in fields if field.kind == "image")
    label = next(field for field in fields if field.kind == "label")
    differences = tuple(str(number) for number in range(len(label.classes)))
    return (
        replace(image, name="left"),
        replace(image, name="right"),
        Field("same", "label", (), "int64", classes=("different", "same")),
        Field("difference", "label", (), "int64", classes=differences),
    )


def derived_field(derived: Derived) -> Field:
    """A label with the different words as its classes, or a vector of one number."""
    words = [value for value in derived.values if isinstance(value, str)]
    if words:
        return Field(derived.name, "label", (), "int64", classes=tuple(dict.fromkeys(words)))
    return Field(derived.name, "vector", (1,), "float32")


def _counts(request: DataRequest, statement: Statement) -> Mapping[PartName, int]:
    if request.limit is None:
        return dict(statement.counts)
    return {part: min(count, request.limit) for part, count in statement.counts.items()}
