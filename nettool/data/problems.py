"""What is wrong with a data request, found without reading anything."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import get_args

from nettool.data.declare import declare, derived_field
from nettool.data.failure import KeyPath
from nettool.data.request import DataRequest, Normalization, Task
from nettool.data.sources.source import Statement
from nettool.data.transforms.choose_classes import ClassNames, two_readings_words

TASKS: tuple[Task, ...] = get_args(Task)
NORMALIZATIONS: tuple[Normalization, ...] = get_args(Normalization)
CHANNELS = (1, 3)
_MOST_NAMED = 100
"""Classes that a message names."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a request.

    `key` leads to what is at fault in the `data` section; `is_name`: the last key itself is, not its value.
    `message` is a whole sentence without a full stop. `written` is what the user wrote where one of
    `choices` was expected.
    """

    key: KeyPath
    message: str
    help: str | None = None
    written: str | None = None
    choices: tuple[str, ...] = ()
    is_name: bool = False


def problems(request: DataRequest, statement: Statement) -> tuple[Problem, ...]:
    """Everything that is wrong with the request, in the order of its keys; empty if it can be declared."""
    found = (
        *_classes(request, statement),
        *_limit(request),
        *_test_split(request),
        *_sizes(request, statement),
        *_channels(request),
        *_task(request, statement),
    )
    return found or (*_derived(request, statement), *_normalized(request, statement))


def _classes(request: DataRequest, statement: Statement) -> Iterator[Problem]:
    classes = request.classes
    if classes is None:
        return
    source, label = request.source.name, statement.label
    if label is None:
        yield Problem(("classes",), f"{source} has no label to choose classes of")
        return
    fewest = 2 if request.task == "pairs" else 1
    count = classes if isinstance(classes, int) else len(classes)
    if count < fewest:
        why = "; pairs need two classes to differ" if fewest == 2 else ""
        yield Problem(("classes",), f"`classes` leaves {count} of {source}'s classes{why}")
    elif isinstance(classes, int) and count > len(label.classes):
        yield Problem(("classes",), f"{source} has only {len(label.classes)} classes, not {count}")
    if not isinstance(classes, int):
        yield from _listed_classes(classes, source, label.classes)


def _listed_classes(classes: tuple[str | int, ...], source: str, names: tuple[str, ...]) -> Iterator[Problem]:
    seen: set[int] = set()
    known = ClassNames(names)
    for index, item in enumerate(classes):
        key = ("classes", index)
        number, readings = known.number(item), known.two_readings(item)
        if readings is not None:
            yield Problem(key, *two_readings_words(item, readings))
        elif number is None and isinstance(item, int):
            help_text = f"its classes are numbered from 0 to {len(names) - 1}"
            yield Problem(key, f"{source} has no class {item}", help_text)
        elif number is None:
            unknown = f"{source} has no class `{item}`"
            yield Problem(key, unknown, written=str(item), choices=names)
        elif number in seen:
            named = f"`{item}`" if str(item) == names[number] else f"{item} (`{names[number]}`)"
            yield Problem(key, f"`classes` has {named} twice")
        else:
            seen.add(number)


def _limit(request: DataRequest) -> Iterator[Problem]:
    if request.limit is None:
        return
    fewest = 2 if request.task == "pairs" else 1
    if request.limit < fewest:
        yield Problem(("limit",), f"`limit` must be at least {fewest}, not {request.limit}")


def _test_split(request: DataRequest) -> Iterator[Problem]:
    if not 0 < request.test_split < 1:
        yield Problem(
            ("test_split",), f"`test_split` must be more than 0 and less than 1, not {request.test_split:g}"
        )


def _sizes(request: DataRequest, statement: Statement) -> Iterator[Problem]:
    """Follows the size of the images through `resize`, `crop` and `pad`."""
    source = request.source.name
    steps: tuple[tuple[str, tuple[int, int] | None], ...] = (
        ("resize", request.resize),
        ("crop", request.crop),
        ("pad", request.pad),
    )
    asked = [(key, size) for key, size in steps if size is not None]
    image = next((field for field in statement.fields if field.kind == "image"), None)
    if image is None:
        yield from (Problem((key,), f"{source} has no images to {key}") for key, _ in asked)
        return
    size: tuple[int | None, ...] = image.shape[:2]
    images = f"images of {source}"
    if None in size and request.resize is None:
        yield Problem(
            ("resize",),
            f"the {images} are of different sizes",
            "say `resize: [height, width]`, the size that all of them get",
        )
        return
    for key, wanted in asked:
        if min(wanted) < 1:
            index = 0 if wanted[0] < 1 else 1
            side = ("height", "width")[index]
            yield Problem((key,), f"the {side} in `{key}` must be at least 1, not {wanted[index]}")
            return
        yield from _step(key, wanted, size, images)
        size, images = wanted, "resized images" if key == "resize" else f"{images}"


def _step(key: str, wanted: tuple[int, int], size: tuple[int | None, ...], images: str) -> Iterator[Problem]:
    for length, given in zip(wanted, size, strict=True):
        if given is None or key == "resize":
            continue
        wrong = length > given if key == "crop" else length < given
        if wrong:
            how = "larger" if key == "crop" else "smaller"
            advice = (
                "`crop` only keeps the middle of an image; `resize` or `pad` makes it larger"
                if key == "crop"
                else "`pad` only adds black around an image; `resize` or `crop` makes it smaller"
            )
            yield Problem(
                (key,),
                f"`{key}` to {wanted[0]}×{wanted[1]} is {how} than the {images}, {size[0]}×{size[1]}",
                advice,
            )
            return


def _channels(request: DataRequest) -> Iterator[Problem]:
    if request.channels is not None and request.channels not in CHANNELS:
        yield Problem(("channels",), f"`channels` must be 1 (grey) or 3 (colour), not {request.channels}")


def _task(request: DataRequest, statement: Statement) -> Iterator[Problem]:
    source = request.source.name
    if request.task not in TASKS:
        yield Problem(("task",), f"there is no task `{request.task}`", written=request.task, choices=TASKS)
    elif request.task == "pairs":
        images = [field.name for field in statement.fields if field.kind == "image"]
        if len(images) != 1 or statement.label is None:
            yield Problem(
                ("task",), f"pairs are made of one image and its label, but {source} has {_kinds(statement)}"
            )
    if request.pairs_per_sample < 1:
        yield Problem(("pairs_per_sample",), "`pairs_per_sample` must be at least 1")
    elif request.pairs_per_sample > 1 and request.task != "pairs":
        yield Problem(("pairs_per_sample",), "`pairs_per_sample` needs `task: pairs`")


def _kinds(statement: Statement) -> str:
    return ", ".join(f"`{field.name}` ({field.kind})" for field in statement.fields)


def _derived(request: DataRequest, statement: Statement) -> Iterator[Problem]:
    fields = {field.name: field for field in declare(replace(request, derive=()), statement).fields}
    for derived in request.derive:
        origin = fields.get(derived.origin)
        name = derived.name
        if name in fields:
            yield Problem(("derive", name), f"there is a field `{name}` already", is_name=True)
        elif origin is None:
            unknown = f"the data has no field `{derived.origin}`"
            key = ("derive", name, "from")
            yield Problem(key, unknown, written=derived.origin, choices=tuple(fields))
        elif origin.kind != "label":
            what = f"`{name}` is looked up by class, but `{origin.name}` is not a label"
            yield Problem(("derive", name, "from"), what)
        elif len(derived.values) != len(origin.classes):
            count = len(origin.classes)
            what = f"`{name}` has {len(derived.values)} values, but `{origin.name}` has {count} classes"
            yield Problem(("derive", name, "values"), what, _known(origin.classes), is_name=True)
        else:
            fields[name] = derived_field(derived)


def _known(classes: tuple[str, ...]) -> str:
    more = f" and {len(classes) - _MOST_NAMED:,} more" if len(classes) > _MOST_NAMED else ""
    return f"its classes are {', '.join(classes[:_MOST_NAMED])}{more}"


def _normalized(request: DataRequest, statement: Statement) -> Iterator[Problem]:
    fields = {field.name: field for field in declare(request, statement).fields}
    others = tuple(name for name in fields if name not in request.normalize)
    for name, wanted in request.normalize.items():
        key = ("normalize", name)
        if wanted not in NORMALIZATIONS:
            unknown = f"there is no normalization `{wanted}`"
            yield Problem(key, unknown, None, wanted, NORMALIZATIONS, is_name=True)
        elif name not in fields:
            unknown = f"the data has no field `{name}`"
            yield Problem(key, unknown, None, name, others, is_name=True)
        elif fields[name].kind in ("label", "sequence") and wanted != "none":
            what = f"`{name}` is a {fields[name].kind}, which is never normalized"
            yield Problem(key, what, is_name=True)
