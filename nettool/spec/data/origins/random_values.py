"""`random`: random values of declared fields, with what follows from a declaration filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nettool.data.field import Field, FieldKind
from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.kinds.kind import Whole
from nettool.spec.data.origins.fields import FieldEntry, FieldsByName, class_names
from nettool.spec.data.origins.origin import Origin
from nettool.spec.keys.key import key

if TYPE_CHECKING:
    from nettool.data.sources.source import DataSource

_BRIGHTEST_BYTE = 255.0
_TYPES: dict[FieldKind, str] = {
    "label": "int64",
    "sequence": "int32",
    "vector": "float32",
    "image": "float32",
}


@dataclass(frozen=True, slots=True)
class RandomOrigin(Origin):
    """Random values of these fields."""

    fields: tuple[FieldEntry, ...] = key(
        FieldsByName(FieldEntry),
        name="random",
        meaning="Random values of these fields.",
        example="{image: {shape: [28, 28, 1], highest: 255}, label: {classes: 10}}",
    )
    samples: int = key(
        Whole(1),
        default=1_000,
        meaning="How many samples are drawn.",
        example="200",
        others=("max_samples", "n_samples", "num_samples"),
    )

    def source(self, findings: Findings) -> DataSource | None:
        """The values, or None (and diagnostics) where the declaration of a field makes no sense."""
        from nettool.data.sources.random_values import RandomValues

        fields = [synthetic_field(entry, findings) for entry in self.fields]
        known = tuple(field for field in fields if field is not None)
        return RandomValues(known, self.samples) if len(known) == len(fields) else None


def synthetic_field(entry: FieldEntry, findings: Findings) -> Field | None:
    """The field, or None (and a diagnostic) when too little or something contradictory is said of it.

    Without a `kind`, what has classes is a label, what has three lengths an image, what has an open length a
    sequence, and anything else a vector. Images of whole numbers up to 255 are stored in bytes.
    """
    kind = _kind(entry)
    problem = _lacks(entry, kind)
    if problem is not None:
        findings.add(Diagnostic("NT202", problem.message, entry.name.span, help=problem.advice))
        return None
    shape = _shape(entry, kind)
    if kind != "label" and not _fits(kind, shape):
        assert entry.shape is not None
        message = f"`{entry.name.value}` is {_SHAPES[kind]}, which has another shape"
        findings.add(
            Diagnostic("NT503", message, entry.shape.span, help=f"for example `shape: {_EXAMPLES[kind]}`")
        )
        return None
    highest = _BRIGHTEST_BYTE if kind == "image" else 1.0
    if entry.highest is not None:
        highest = entry.highest.value
    is_byte = kind == "image" and highest <= _BRIGHTEST_BYTE and highest.is_integer() and highest > 1
    dtype = entry.dtype.value if entry.dtype is not None else "uint8" if is_byte else _TYPES[kind]
    classes = () if entry.classes is None or kind != "label" else class_names(entry.classes.value)
    return Field(entry.name.value, kind, shape, dtype, 1.0 if kind == "label" else highest, classes)


_SHAPES: dict[FieldKind, str] = {
    "image": "an image (height, width, channels)",
    "vector": "a vector (every length known)",
    "sequence": "a sequence (one length, null for any)",
}
_EXAMPLES: dict[FieldKind, str] = {"image": "[28, 28, 1]", "vector": "[4]", "sequence": "[null]"}


@dataclass(frozen=True, slots=True)
class _Lack:
    message: str
    advice: str


def _kind(entry: FieldEntry) -> FieldKind:
    if entry.kind is not None:
        return entry.kind.value
    if entry.classes is not None:
        return "label"
    shape = () if entry.shape is None else entry.shape.value
    if None in shape:
        return "sequence"
    return "image" if len(shape) == 3 else "vector"


def _lacks(entry: FieldEntry, kind: FieldKind) -> _Lack | None:
    name = entry.name.value
    if kind == "label":
        if entry.classes is None:
            return _Lack(f"the label `{name}` has no `classes`", "names, or how many: `classes: 10`")
        return None
    if kind == "sequence":
        if entry.highest is None:
            return _Lack(f"the sequence `{name}` has no `highest`", "the greatest number that may be in it")
        return None
    if entry.shape is None:
        return _Lack(f"`{name}` has neither `shape` nor `classes`", "for example `shape: [28, 28, 1]`")
    return None


def _shape(entry: FieldEntry, kind: FieldKind) -> tuple[int | None, ...]:
    if kind == "label":
        return ()
    return (None,) if entry.shape is None else entry.shape.value


def _fits(kind: FieldKind, shape: tuple[int | None, ...]) -> bool:
    if kind == "sequence":
        return len(shape) == 1
    return None not in shape and (len(shape) == 3 if kind == "image" else len(shape) > 0)
