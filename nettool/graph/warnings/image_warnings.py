"""Warnings about the values of images: scaled twice, or not what a layer or a ready-made network takes."""

from collections.abc import Iterator

from nettool.diagnostics.diagnostic import Diagnostic, Label
from nettool.graph.network import Node
from nettool.graph.options.named_files import PUBLISHED
from nettool.graph.warnings.image_ranges import ImageRange, image_ranges
from nettool.graph.warnings.subject import Subject, warning
from nettool.layers.catalogue import catalogue
from nettool.layers.ready_made import PREPARATIONS, trained_on

_FAR = 8
"""Ranges of which one is so many times the other are not meant to be the same."""


def image_values(subject: Subject) -> Iterator[Diagnostic]:
    """Each node that takes images for something else than they are."""
    ranges = image_ranges(subject)
    for node in subject.graph.nodes:
        before = ranges.get(node.inputs[0]) if node.inputs else None
        if before is None:
            continue
        if node.application:
            yield from _ready_made(subject, node, before)
        elif node.operation == "Rescaling" and node.name in ranges:
            yield from _scaled_twice(subject, node, before, ranges[node.name])
        elif node.operation in catalogue() and "value_range" in catalogue()[node.operation].options:
            yield from _another_range(subject, node, before)


def _scaled_twice(
    subject: Subject, node: Node, before: ImageRange, after: ImageRange
) -> Iterator[Diagnostic]:
    """Rescaling from 0–255 of images that nettool (or another Rescaling) has scaled already."""
    scale = (after.high - after.low) / (before.high - before.low)
    if before.high >= before.stored or not 0.5 < scale * before.stored < 3:
        return
    by = f"`{before.rescaled.name}`" if before.rescaled is not None else f"`normalize: {before.normalized}`"
    advice = f"delete `{node.name}`: the images are {_ends(before)} without it"
    if before.rescaled is None:
        advice += (
            f"; or write `normalize: {{{before.field}: none}}` under `data:`, and it is fed the stored values"
        )
    yield warning(
        "NT336",
        f"`{node.name}` scales images that are {_ends(before)} already: after it they are {_ends(after)}",
        subject.option_span(node, "scale"),
        f"scaled a second time, after {by}",
        (Label(before.rescaled.span, "scaled here"),) if before.rescaled is not None else (),
        advice,
    )


def _another_range(subject: Subject, node: Node, images: ImageRange) -> Iterator[Diagnostic]:
    """A layer that says, or takes for granted, another range than the images have."""
    owner = subject.owner(node)
    default = catalogue()[node.operation].options["value_range"].default
    value = owner.options.get("value_range", default)
    if not isinstance(value, list | tuple) or images.normalized == "standard":
        return
    low, high = float(value[0]), float(value[1])
    if 1 / _FAR < (high - low) / (images.high - images.low) < _FAR:
        return
    yield warning(
        "NT337",
        f"`{node.name}` takes images from {low:g} to {high:g}, but gets images {_ends(images)}",
        subject.option_span(node, "value_range"),
        f"{node.operation} has `value_range: [{low:g}, {high:g}]`",
        advice=f"write `value_range: [{images.low:g}, {images.high:g}]`",
    )


def _ready_made(subject: Subject, node: Node, images: ImageRange) -> Iterator[Diagnostic]:
    """A network with published weights that gets other values than it was trained on."""
    owner = subject.owner(node)
    wanted = trained_on(owner.operation, owner.options)
    if owner.options.get("weights") != PUBLISHED or wanted is None:
        return
    scaled = abs(images.low + 1) < 0.1 and abs(images.high - 1) < 0.1
    stored = images.low == 0 and 200 <= images.high <= 256
    near = (
        images.normalized == "standard" and images.rescaled is None and wanted in ("-1 to 1", "standardized")
    )
    if near or (wanted == "-1 to 1" and scaled) or (wanted == "0 to 255" and stored):
        return
    preparation = PREPARATIONS[wanted]
    if preparation.layer is None:
        advice = f"write `normalize: {{{images.field}: none}}` under `data:`"
        advice += "" if images.rescaled is None else f", and delete `{images.rescaled.name}`"
    else:
        first = (
            ""
            if (images.low, images.high) == (0, 1)
            else "bring the images to 0 to 1 (`normalize: unit`), and "
        )
        advice = f"{first}put `prepared: {preparation.layer}` before it"
    yield warning(
        "NT335",
        f"`{node.name}` gets images {_ends(images)}, "
        f"but {owner.operation} was trained on {preparation.words}",
        node.span,
        "other values than it was trained on",
        advice=advice,
    )


def _ends(images: ImageRange) -> str:
    if images.normalized == "standard" and images.rescaled is None:
        return "of mean 0 and deviation 1"
    return f"from {images.low:.3g} to {images.high:.3g}"
