"""The numbers that an output gives → answers: the likeliest classes, stored units, pixels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.data.field import Field
from nettool.data.values.statistics import stored_again
from nettool.views.predictions.prediction import (
    Answer,
    AnswerForm,
    ClassAnswer,
    ImageAnswer,
    NumbersAnswer,
    Ranked,
)

Numbers = NDArray[np.float64]
_BYTE = 255.0


def understood(values: NDArray[Any], form: AnswerForm, top: int) -> Iterator[Answer]:
    """The answer of each sample; `values` are of (samples, …), `top` is how many classes are ranked."""
    numbers = values.astype(np.float64)
    if form.gives == "class" and form.field is not None:
        yield from _classes(numbers, form, form.field, top)
    elif form.gives == "image" and form.field is not None:
        pixels = _pixels(_certainty(numbers, form), form, form.field)
        yield from (ImageAnswer(each) for each in pixels)
    else:
        stored = stored_again(numbers, form.scale) if not form.scale.changes_nothing else numbers
        yield from (NumbersAnswer(each) for each in stored)


def class_values(values: NDArray[Any], form: AnswerForm) -> tuple[Numbers, NDArray[np.int64]]:
    """Of an output that gives a class: what it says of each class, and the class that it chooses.

    `values` are of (samples, …). What it says are probabilities of (samples, classes), or scores where the
    output's meaning is scores; a lone score is given to the second of two classes, its opposite to the first.
    """
    flat = values.astype(np.float64).reshape(len(values), -1)
    certainty = _certainty(flat, form)
    if not form.is_yes_or_no:
        return certainty, certainty.argmax(axis=1).astype(np.int64)
    yes = certainty[:, :1]
    no = -yes if form.meaning == "signed scores" else 1 - yes
    return np.concatenate([no, yes], axis=1), (flat[:, 0] > form.threshold).astype(np.int64)


def _classes(numbers: Numbers, form: AnswerForm, field: Field, top: int) -> Iterator[ClassAnswer]:
    certainty, chosen = class_values(numbers, form)
    if form.is_yes_or_no and not form.has_probabilities:
        # A lone score has no opposite: the class is decided by its threshold, as in the metrics.
        for score, number in zip(certainty[:, 1], chosen, strict=True):
            yield ClassAnswer((Ranked(field.classes[number], float(score)),), False)
        return
    # Of equal numbers the first class comes first, as in the metrics.
    order = np.argsort(-certainty, axis=1, kind="stable")
    for ranks, shares in zip(order[:, :top], certainty, strict=True):
        ranked = tuple(Ranked(field.classes[rank], float(shares[rank])) for rank in ranks)
        yield ClassAnswer(ranked, form.has_probabilities)


def certainty_at(numbers: NDArray[Any], values: NDArray[Any], form: AnswerForm) -> Numbers:
    """What is said of some classes of each sample, whose numbers among all `values` are `numbers`.

    Both are of (samples, classes). Only a sum over all classes is made, in the type that they have: of many
    classes a copy in a wider one would take longer than asking the network.
    """
    if form.meaning != "softmax logits":
        return _certainty(numbers.astype(np.float64), form)
    highest = values.max(axis=-1, keepdims=True)
    raised = values - highest
    sums = np.exp(raised, out=raised).sum(axis=-1, keepdims=True, dtype=np.float64)
    shares: Numbers = np.exp(numbers.astype(np.float64) - highest) / sums
    return shares


def _certainty(numbers: Numbers, form: AnswerForm) -> Numbers:
    if form.meaning == "softmax logits":
        raised: Numbers = np.exp(numbers - numbers.max(axis=-1, keepdims=True))
        shares: Numbers = raised / raised.sum(axis=-1, keepdims=True)
        return shares
    if form.meaning == "sigmoid logits":
        # Half of one plus the tangent: the same as 1 / (1 + exp(-x)), without overflow.
        likely: Numbers = (1 + np.tanh(numbers / 2)) / 2
        return likely
    return numbers


def _pixels(numbers: Numbers, form: AnswerForm, field: Field) -> NDArray[np.uint8]:
    images = numbers.reshape(len(numbers), *(length or -1 for length in field.shape))
    bright = stored_again(images, form.scale) * (_BYTE / field.highest)
    pixels: NDArray[np.uint8] = np.rint(bright.clip(0, _BYTE)).astype(np.uint8)
    return pixels
