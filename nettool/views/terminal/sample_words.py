"""Samples in words: the label below a picture, and samples without pictures as the rows of a table."""

import numpy as np

from nettool.data.field import Field
from nettool.data.preview import Preview
from nettool.views.terminal.table import table

_ROWS_SHOWN = 8
_NUMBERS_SHOWN = 8
_NAME_LENGTH = 14


def caption(preview: Preview, sample: int) -> str:
    """What is known of a sample besides its images: class names and single numbers, a line for each.

    A class or a number that does not speak for itself is preceded by its field's name.
    """
    told = [field for field in preview.fields if field.kind == "label" or field.shape == (1,)]
    return "\n".join(_told(preview, field, sample, is_alone=len(told) == 1) for field in told)


def sample_table(preview: Preview) -> list[str]:
    """The first samples as rows; nothing if there are images, for these are pictures."""
    if any(field.kind == "image" for field in preview.fields):
        return []
    fields = preview.fields
    rows = [
        tuple(_cell(preview, field, sample) for field in fields)
        for sample in range(min(len(preview.rows), _ROWS_SHOWN))
    ]
    return table([tuple(field.name for field in fields), *rows])


def _told(preview: Preview, field: Field, sample: int, *, is_alone: bool) -> str:
    value = preview.samples[field.name][sample]
    if field.kind == "vector":
        return f"{field.name} {float(np.ravel(value)[0]):.4g}"
    name = field.classes[int(value)] if field.classes else str(int(value))
    shown = name if len(name) <= _NAME_LENGTH else f"{name[: _NAME_LENGTH - 1]}…"
    return shown if is_alone or not name.isdigit() else f"{field.name} {shown}"


def _cell(preview: Preview, field: Field, sample: int) -> str:
    value = preview.samples[field.name][sample]
    if field.kind == "label":
        return field.classes[int(value)] if field.classes else str(int(value))
    numbers = np.ravel(value)
    if field.kind == "sequence":
        steps = np.flatnonzero(numbers)
        numbers = numbers[: steps[-1] + 1] if len(steps) else numbers[:0]
    shown = " ".join(f"{float(number):.4g}" for number in numbers[:_NUMBERS_SHOWN])
    return f"{shown} … ({len(numbers)})" if len(numbers) > _NUMBERS_SHOWN else shown
