"""What a network needs of each new sample: the fields that feed it, and what was done to them in training."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nettool.data.failure import DataError
from nettool.data.field import Field
from nettool.data.prediction.image_steps import ImageSteps, image_steps
from nettool.data.prediction.preparation import Preparation
from nettool.data.request import DataRequest
from nettool.data.scale import AS_STORED, Scale
from nettool.data.sources.tables.table import ColumnKind, Table, TableColumn


@dataclass(frozen=True, slots=True)
class InputField:
    """A field that feeds a network: `scale` has the numbers of the training, `steps` are those of an image.

    `column` says where a table has it; None where that is not known.
    """

    field: Field
    scale: Scale
    steps: ImageSteps | None
    column: TableColumn | None

    @property
    def shape_words(self) -> str:
        """The shape of a sample in memory, as messages show it."""
        return f"({', '.join('any' if length is None else str(length) for length in self.field.shape)})"


def input_fields(
    request: DataRequest, preparation: Preparation, names: Iterable[str]
) -> tuple[InputField, ...]:
    """The fields of these names. Raises DataError when the preparation does not know one."""
    known = {field.name: field for field in preparation.fields}
    found = []
    for name in dict.fromkeys(names):
        if name not in known:
            raise DataError(f"the run does not say what was done to its field `{name}`")
        field = known[name]
        steps = image_steps(request, field) if field.kind == "image" else None
        scale = preparation.scales.get(name, AS_STORED)
        found.append(InputField(field, scale, steps, _column(request, field)))
    return tuple(found)


_KINDS: dict[str, ColumnKind] = {"image": "image", "label": "label", "sequence": "sequence"}


def _column(request: DataRequest, field: Field) -> TableColumn | None:
    """As the training's own table has it; else the column of the field's name, where one is enough."""
    if isinstance(request.source, Table):
        own = [column for column in request.source.columns if column.field == field.name]
        if own:
            return own[0]
    if field.kind == "vector" and field.shape != (1,):
        return None
    return TableColumn(field.name, (field.name,), _KINDS.get(field.kind, "number"))
