"""What the user says of a field that its file cannot tell."""

from dataclasses import dataclass

from nettool.data.field import FieldKind


@dataclass(frozen=True, slots=True)
class FieldWords:
    """The entry of a field under `fields:`; None where nothing is said.

    `classes` are the names of a label's classes in the order of its numbers; `highest` is the value that
    stands for 1.0 in an image, or the highest number in a sequence.
    """

    name: str
    kind: FieldKind | None = None
    classes: tuple[str, ...] | None = None
    highest: float | None = None
