"""Loads what a data request wants: a source's parts, transformed step by step into columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from nettool.data.column import Column, Part
from nettool.data.declare import Declaration, declare
from nettool.data.failure import DataError
from nettool.data.field import Field
from nettool.data.place import Place
from nettool.data.prediction.preparation import Preparation
from nettool.data.request import DataRequest
from nettool.data.sources.source import PARTS, SET_NAMES, PartName, Say, Statement
from nettool.data.transforms.changed_values import changed, check, resized
from nettool.data.transforms.choose_classes import chosen_classes
from nettool.data.transforms.image import crop, pad, with_channels
from nettool.data.transforms.normalize import scales
from nettool.data.transforms.pairs import pairs
from nettool.data.transforms.samples import derive, limit, select_classes
from nettool.data.transforms.split import hold_out
from nettool.data.used_file import UsedFile
from nettool.data.values.class_notes import class_notes, unlearned

Parts = Mapping[PartName, Part]
ImageShape = tuple[int | None, ...]

TEST_SEED = 0
"""The test part is the same for all runs, whatever their seed: they are to be compared on it."""


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """The data of a run: its parts, what was done to them, what is to be known of them, and their files.

    `validation` is empty when nothing was to be held out and the source has no such part. `held_out` are the
    parts that were taken from the training samples.
    """

    train: Part
    validation: Part
    test: Part
    preparation: Preparation
    notes: tuple[str, ...]
    files: tuple[UsedFile, ...]
    held_out: frozenset[PartName] = frozenset()

    @property
    def parts(self) -> Parts:
        """All three parts by name, in the order of `PARTS`."""
        return dict(zip(PARTS, (self.train, self.validation, self.test), strict=True))

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of each part, in a fixed order."""
        return self.preparation.fields


def load(
    request: DataRequest,
    place: Place,
    say: Say,
    progress: bool,
    *,
    validation_split: float = 0.0,
    seed: int = 0,
    prepared: Preparation | None = None,
    is_test_data: bool = False,
) -> Loaded:
    """The data that a request (free of `problems`) wants; equal arguments and files give equal data.

    `say` reports downloads and everything in `notes`, a line at a time; `progress` allows a bar for
    downloads. `validation_split` is the share of the training samples to hold out, with `seed`, unless the
    source has a validation part. `prepared` is what an earlier run did: its statistics are used rather than
    those of the training set. Of data that `is_test_data`, nothing is held out as a test part where the
    source has none: all of it is the test part.

    Raises DataError when files are malformed or leave nothing, DataMissing when there are none to be had.
    """
    statement = request.source.statement()
    declaration = declare(request, statement)
    contents = request.source.read(place, say, progress)
    chosen = {name: _chosen(part, request, statement, name) for name, part in contents.parts.items()}
    parts, divided = _divided(chosen, request, statement, validation_split, seed, is_test_data)
    finished = {name: _changed(part, request, declaration, name) for name, part in parts.items()}
    preparation = prepared or Preparation(
        declaration.fields, scales(declaration.fields, request.normalize, finished["train"].columns)
    )
    of_classes = (*class_notes(declaration.fields), *unlearned(declaration.fields, finished))
    notes = (*contents.notes, *divided, *of_classes, *_fitted(request, statement))
    for note in notes:
        say(note)
    train, validation, test = (_scaled(finished[name], preparation) for name in PARTS)
    lacking = frozenset(name for name in PARTS if name not in contents.parts)
    held_out = lacking - {"test"} if is_test_data else lacking
    return Loaded(train, validation, test, preparation, notes, contents.files, held_out)


def _chosen(part: Part, request: DataRequest, statement: Statement, name: PartName) -> Part:
    label = statement.label
    if label is not None:
        chosen = chosen_classes(request.classes, label.classes)
        part = select_classes(part, label.name, chosen, len(label.classes))
    if not len(part):
        where = f"the {SET_NAMES[name]} of {request.source.name}"
        raise DataError(f"{where} holds no sample of the chosen classes")
    return part if request.limit is None else limit(part, request.limit)


def _divided(
    parts: Parts,
    request: DataRequest,
    statement: Statement,
    validation_split: float,
    seed: int,
    is_test_data: bool,
) -> tuple[dict[PartName, Part], tuple[str, ...]]:
    """All three parts, those that the source lacks held out of its training part; and what to say of it."""
    train, notes = parts["train"], []
    test, validation = parts.get("test"), parts.get("validation")
    if test is None and is_test_data:
        test = train
        notes.append(f"{request.source.name} has no test set: all {len(test):,} samples are measured")
    elif test is None:
        advice = "give more samples, or test data of their own"
        train, test = _held_out(train, statement, request.test_split, TEST_SEED, "test", advice)
        notes.append(_test_set_note(request, statement, len(test)))
    if validation is None:
        advice = "give more samples, or write `validation_split: 0` under `train`"
        train, validation = _held_out(train, statement, validation_split, seed, "validation", advice)
    return {"train": train, "validation": validation, "test": test}, tuple(notes)


def _held_out(
    part: Part, statement: Statement, share: float, seed: int, name: PartName, advice: str
) -> tuple[Part, Part]:
    label = statement.label
    labels = np.zeros(len(part), np.int64) if label is None else part.columns[label.name].array()
    try:
        kept, held_out = hold_out(labels.astype(np.int64), share, seed)
    except ValueError as error:
        message = f"there are too few samples to train on and to hold out a {name} set: {error}"
        raise DataError(message, (advice,)) from error
    return part.take(kept), part.take(held_out)


def _test_set_note(request: DataRequest, statement: Statement, count: int) -> str:
    evenly = "" if statement.label is None else ", the same share of each class"
    return (
        f"{request.source.name} has no test set: {count:,} samples ({request.test_split:.0%}{evenly}) "
        "become the test set"
    )


def _changed(part: Part, request: DataRequest, declaration: Declaration, name: PartName) -> Part:
    if not len(part):
        return part
    statement = declaration.statement
    images = {field.name: field.shape for field in statement.fields if field.kind == "image"}
    columns = {
        field: _image(column, images[field], request) if field in images else column
        for field, column in part.columns.items()
    }
    part = Part(columns)
    if request.task == "pairs" and statement.label is not None:
        per_sample = request.pairs_per_sample if name == "train" else 1
        part = pairs(part, next(iter(images)), statement.label.name, name, per_sample)
    for derived in request.derive:
        part = derive(part, derived)
    return part


def _image(column: Column, shape: ImageShape, request: DataRequest) -> Column:
    height, width, channels = shape
    if request.resize is not None:
        height, width = request.resize
        column = resized(column, height, width, (height, width, channels))
    else:
        check(column)
    for size, change in ((request.crop, crop), (request.pad, pad)):
        if size is not None:
            height, width = size
            column = changed(column, partial(change, height=height, width=width), (height, width, channels))
    if request.channels is not None:
        column = changed(
            column, partial(with_channels, channels=request.channels), (height, width, request.channels)
        )
    return column


def _scaled(part: Part, preparation: Preparation) -> Part:
    return Part(
        {
            name: replace(column, scale=preparation.scales.get(name, column.scale))
            for name, column in part.columns.items()
        }
    )


def _fitted(request: DataRequest, statement: Statement) -> Iterator[str]:
    """What was done to the images only because the network's input asks for it."""
    image = next((field for field in statement.fields if field.kind == "image"), None)
    if image is None or not request.fit:
        return
    height, width, channels = image.shape
    done = []
    if request.resize is not None and request.resize != (height, width):
        done.append(f"resized from {height}×{width} to {request.resize[0]}×{request.resize[1]}")
    if request.channels is not None and request.channels != channels:
        done.append("repeated to three channels" if request.channels == 3 else "made grey")
    if done:
        yield f"the images of {request.source.name} are {' and '.join(done)} to fit the network's input"
