"""A preview of data as text and as plain facts: fields, parts, classes, values, lengths, samples."""

import numpy as np

from nettool.data.field import Field
from nettool.data.preview import Preview
from nettool.data.sources.source import PARTS
from nettool.data.values.statistics import Statistics, statistics
from nettool.views.terminal.field_table import field_facts, field_lines
from nettool.views.terminal.table import paragraph, table

_COLUMNS_SHOWN = 12
_CLASSES_SHOWN = 30
_INDENT = 12
_ROUNDING = 1e-6
_ROWS_SHOWN = 8
_NUMBERS_SHOWN = 8
_NAME_LENGTH = 14


def preview_text(preview: Preview, width: int | None = None) -> str:
    """Everything that the picture shows, as far as text can."""
    sections = [
        [f"data of {preview.name}: {preview.source}"],
        field_lines(preview.fields, width),
        table(
            [("part", "samples"), *((name, f"{preview.counts[name]:,}") for name in PARTS)],
            right=(1,),
        ),
        *(_balance_lines(preview, name, width) for name in preview.balance),
        *(_value_lines(preview, name, width) for name in preview.field_values),
        *(_length_lines(preview, name) for name in preview.lengths),
        [line for each in preview.augmentation for line in paragraph("augment", each, _INDENT, width)],
        sample_table(preview, width),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


def preview_facts(preview: Preview) -> dict[str, object]:
    """The same as plain data; the statistics of values are of `values_of` samples of the part looked at."""
    fields = {field.name: field for field in preview.fields}
    return {
        "name": preview.name,
        "source": preview.source,
        "fields": [field_facts(field) for field in preview.fields],
        "parts": dict(preview.counts),
        "part": preview.part,
        "classes": {
            name: {
                part: dict(zip(fields[name].classes, counts, strict=True)) for part, counts in parts.items()
            }
            for name, parts in preview.balance.items()
        },
        "values": {name: _value_facts(preview, name) for name in preview.field_values},
        "lengths": {
            name: {
                "shortest": int(lengths.min()),
                "longest": int(lengths.max()),
                "mean": float(lengths.mean()),
            }
            for name, lengths in preview.lengths.items()
        },
        "augment": list(preview.augmentation),
        "samples": preview.rows.tolist(),
        "notes": list(preview.notes),
    }


def number_text(value: float) -> str:
    """A number in four figures, whole ones as they are."""
    return f"{value:,.0f}" if value == round(value) and abs(value) < 1e6 else f"{value:.4g}"


def mean_text(each: Statistics) -> str:
    """The mean; what only rounding keeps from 0 is 0."""
    return number_text(0.0 if abs(each.mean) < _ROUNDING * each.deviation else each.mean)


def _balance_lines(preview: Preview, name: str, width: int | None) -> list[str]:
    field = next(each for each in preview.fields if each.name == name)
    parts = preview.balance[name]
    rows = [(name, *(each for part in parts for each in (part, "")))]
    for number, class_name in enumerate(field.classes[:_CLASSES_SHOWN]):
        cells = [_count_and_share(counts, number) for counts in parts.values()]
        rows.append((class_name, *(cell for pair in cells for cell in pair)))
    lines = table(rows, right=range(1, 2 * len(parts) + 1), width=width)
    more = len(field.classes) - _CLASSES_SHOWN
    return [*lines, f"… and {more} classes more (--json has them all)"] if more > 0 else lines


def _count_and_share(counts: tuple[int, ...], number: int) -> tuple[str, str]:
    return f"{counts[number]:,}", f"{counts[number] / max(sum(counts), 1):.1%}"


def _value_lines(preview: Preview, name: str, width: int | None) -> list[str]:
    values = preview.field_values[name]
    stored, given = statistics(values.stored), statistics(values.given)
    head = (name, "", "lowest", "highest", "mean", "deviation")
    rows = []
    for place, column in enumerate(values.columns[:_COLUMNS_SHOWN]):
        rows.append((column if len(values.columns) > 1 else "", "stored", *_cells(stored[place])))
        if preview.normalization[name] != "none":
            rows.append(("", preview.normalization[name], *_cells(given[place])))
    lines = table([head, *rows], right=(2, 3, 4, 5), width=width)
    if len(values.columns) > _COLUMNS_SHOWN:
        lines.append(f"… and {len(values.columns) - _COLUMNS_SHOWN} columns more (--json has them all)")
    if values.samples < preview.counts[preview.part]:
        lines.append(f"(of {values.samples:,} samples of {preview.part})")
    return lines


def _cells(each: Statistics) -> tuple[str, ...]:
    return (
        number_text(each.lowest),
        number_text(each.highest),
        mean_text(each),
        number_text(each.deviation),
    )


def _value_facts(preview: Preview, name: str) -> dict[str, object]:
    values = preview.field_values[name]
    return {
        "normalize": preview.normalization[name],
        "values_of": values.samples,
        "columns": [
            {"name": column, "stored": _statistic_facts(stored), "given": _statistic_facts(given)}
            for column, stored, given in zip(
                values.columns, statistics(values.stored), statistics(values.given), strict=True
            )
        ],
    }


def _statistic_facts(each: Statistics) -> dict[str, float]:
    return {
        "lowest": each.lowest,
        "highest": each.highest,
        "mean": each.mean,
        "deviation": each.deviation,
    }


def _length_lines(preview: Preview, name: str) -> list[str]:
    lengths = preview.lengths[name]
    row = [f"{each:,}" for each in (lengths.min(), int(np.median(lengths)), lengths.max())]
    return table([(f"{name}: length", "shortest", "median", "longest"), ("", *row)], right=(1, 2, 3))


def caption(preview: Preview, sample: int) -> str:
    """What is known of a sample besides its images: class names and single numbers, a line for each.

    A class or a number that does not speak for itself is preceded by its field's name.
    """
    labels = [field for field in preview.fields if field.kind == "label" or field.shape == (1,)]
    return "\n".join(_label_text(preview, field, sample, is_alone=len(labels) == 1) for field in labels)


def sample_table(preview: Preview, width: int | None = None) -> list[str]:
    """The first samples as rows; nothing if there are images, for these are pictures."""
    if any(field.kind == "image" for field in preview.fields):
        return []
    fields = preview.fields
    rows = [
        tuple(_cell(preview, field, sample) for field in fields)
        for sample in range(min(len(preview.rows), _ROWS_SHOWN))
    ]
    return table([tuple(field.name for field in fields), *rows], width=width)


def _label_text(preview: Preview, field: Field, sample: int, *, is_alone: bool) -> str:
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
