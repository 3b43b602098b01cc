"""The samples that a look into a run is about: a part of its data, each sample with its face."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nettool.cli.options.target import note
from nettool.cli.runs.inspect.options import Inspected, needed_address
from nettool.data.request import column_names
from nettool.graph.trainable_plan import trainable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nettool.data.column import Part
    from nettool.data.field import Field
    from nettool.graph.trainable_plan import TrainablePlan
    from nettool.jobs.predict.loaded_model import LoadedModel
    from nettool.views.inspect.thumbnails import Face


@dataclass(frozen=True, slots=True, eq=False)
class InspectedData:
    """A part of the data and the model that is asked about it; `fields` are all that the data have."""

    opened: "LoadedModel"
    part: "Part"
    fields: "tuple[Field, ...]"
    stem_parts: tuple[str, ...]

    def faces(self, rows: "NDArray[np.int64]") -> "tuple[Face, ...]":
        """What the samples at these rows look like."""
        from nettool.views.inspect.thumbnails import faces

        return faces(self.part.take(rows), self.input_fields, column_names(self.opened.plan.data))

    @property
    def input_fields(self) -> "list[Field]":
        """Those that feed the network."""
        return input_fields(self.opened.plan, self.fields)


def looked_at(look: Inspected, nodes: Sequence[str] = ()) -> InspectedData:
    """Load the data and open the model, once it is known that there are such nodes.

    Raises SpecError and DataError.
    """
    saved = look.run.plan
    for node in nodes:
        needed_address(saved, node)
    plan = trainable(saved)
    look.run.start(plan, look.engine())
    from nettool.jobs.evaluate.prepared_part import prepared_part
    from nettool.jobs.predict.loaded_model import open_model

    given = prepared_part(look.run.directory, plan, look.place, look.part)
    for each in given.notes:
        note(each)
    opened = open_model(look.run.model_file, plan, given.preparation, None)
    stem_parts = () if look.part == "test" else (look.part,)
    return InspectedData(opened, given.part, given.preparation.fields, stem_parts)


def input_fields(plan: "TrainablePlan", fields: "Sequence[Field]") -> "list[Field]":
    """Those that feed the network, in the order of its inputs."""
    known = {field.name: field for field in fields}
    return [known[name] for name in dict.fromkeys(each.field for each in plan.binding.inputs)]
