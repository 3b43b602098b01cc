"""The fields of the data as a table: what kind of thing each is, its shape and type, its classes."""

from collections.abc import Iterable

from nettool.data.field import Field
from nettool.views.terminal.table import paragraph, table

_INDENT = 12
_NUMBERS = 10


def field_lines(fields: Iterable[Field], width: int | None = None) -> list[str]:
    """The table, and the names of the classes of each label."""
    fields = tuple(fields)
    rows = [
        (field.name, field.kind, shape_text(field.shape), field.dtype, values_text(field)) for field in fields
    ]
    lines = table([("field", "kind", "shape", "type", "values"), *rows], width=width)
    labels = [field for field in fields if field.classes]
    if labels:
        lines.append("")
    for field in labels:
        name = "classes" if len(labels) == 1 else field.name
        lines += paragraph(name, _classes_text(field.classes), max(_INDENT, len(name) + 2), width)
    return lines


def field_facts(field: Field) -> dict[str, object]:
    """The same as plain data; null in a shape is a length that varies."""
    return {
        "name": field.name,
        "kind": field.kind,
        "shape": list(field.shape),
        "dtype": field.dtype,
        "highest": field.highest,
        "classes": list(field.classes),
    }


def shape_text(shape: tuple[int | None, ...]) -> str:
    """A shape without its batch axis: `28×28×1`; `?` is a length that varies, `–` one value."""
    return "×".join("?" if length is None else str(length) for length in shape) or "–"


def values_text(field: Field) -> str:
    """What the values are, as far as it is known before they are read."""
    if field.classes:
        return "1 class" if len(field.classes) == 1 else f"{len(field.classes)} classes"
    if field.kind == "image" or (field.kind == "sequence" and field.highest > 1):
        return f"0 to {field.highest:g}"
    return "numbers"


def _classes_text(classes: tuple[str, ...]) -> str:
    """All names; of many that are only numbers the first and the last."""
    is_counted = all(name == str(number) for number, name in enumerate(classes))
    return f"0 to {len(classes) - 1}" if is_counted and len(classes) > _NUMBERS else ", ".join(classes)
