"""Other data for a trained network: what must be done so that they are treated as its own were."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from nettool.data.declare import declare
from nettool.data.failure import DataError
from nettool.data.field import Field
from nettool.data.prediction.preparation import Preparation
from nettool.data.request import DataRequest
from nettool.data.scale import Scale


@dataclass(frozen=True, slots=True)
class AppliedPreparation:
    """A request and a preparation that go together, and notes on them."""

    request: DataRequest
    preparation: Preparation
    notes: tuple[str, ...] = ()


def apply_preparation(
    request: DataRequest, prepared: Preparation, used: Collection[str]
) -> AppliedPreparation:
    """The request so that its data come as the network knows them from the data that were `prepared`.

    `used` are the names of the fields that feed the network or are its targets. Classes are given the numbers
    that they had, by their names; images of another range are scaled as if they were of the one it learned.
    Raises DataError when a field is missing, of another kind, or of classes that the network does not know.
    """
    theirs = {field.name: field for field in declare(request, request.source.statement()).fields}
    known = {field.name: field for field in prepared.fields}
    scales, notes = dict(prepared.scales), []
    for name in sorted(used):
        _check_kind(request, theirs[name], known)
        their, own = theirs[name], known[name]
        if their.kind == "image" and their.highest != own.highest and name in scales:
            scales[name] = _in_other_range(scales[name], their.highest / own.highest)
        if their.classes != own.classes:
            request, note = _with_classes(request, their, own)
            notes.append(note)
    return AppliedPreparation(request, Preparation(prepared.fields, scales), tuple(notes))


def _check_kind(request: DataRequest, field: Field, known: dict[str, Field]) -> None:
    source, name = request.source.name, field.name
    if name not in known:
        raise DataError(
            f"the network was trained without a field `{name}`, so what is to be done to the one of {source} "
            "is not known",
            (f"it was trained on {', '.join(f'`{each}`' for each in known)}",),
        )
    if field.kind != known[name].kind:
        raise DataError(
            f"`{name}` of {source} holds a {field.kind}, where the network was trained with another kind",
            (f"expected: the kind `{known[name].kind}`",),
        )


def _in_other_range(scale: Scale, factor: float) -> Scale:
    return Scale(
        tuple(number * factor for number in scale.shift), tuple(number * factor for number in scale.divisor)
    )


def _with_classes(request: DataRequest, their: Field, own: Field) -> tuple[DataRequest, str]:
    """The request with the network's classes in the network's order, as far as names tell; and a note."""
    source = request.source.name
    label = request.source.statement().label
    names = label.classes if label is not None and label.name == their.name else ()
    if request.task == "classify" and set(own.classes) <= set(names):
        note = f"of the classes of {source}, those that the network knows are taken, by their names"
        return replace(request, classes=own.classes), note
    if len(their.classes) == len(own.classes) and not set(their.classes) & set(own.classes):
        note = (
            f"`{their.name}` has other classes in {source} ({_some(their)}) than the network knows "
            f"({_some(own)}): they are matched by their numbers"
        )
        return request, note
    raise DataError(
        f"`{their.name}` of {source} lacks classes that the network knows, so its numbers would mean others",
        (f"the network knows {_some(own)}", f"{source} has {_some(their)}"),
    )


def _some(field: Field) -> str:
    return ", ".join(field.classes[:10]) + (" …" if len(field.classes) > 10 else "")
