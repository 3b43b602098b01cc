"""The samples that a look into a run is about: a part of its data, each sample with its face."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from nettool.cli.inspect_options import Looked, needed_address
from nettool.data.place import Place
from nettool.data.sources.table import column_names
from nettool.graph.trainable_plan import trainable
from nettool.jobs.trained_plan import run_plan

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nettool.data.column import Part
    from nettool.data.field import Field
    from nettool.graph.trainable_plan import TrainablePlan
    from nettool.jobs.predict_run import OpenRun
    from nettool.views.inspect.thumbnails import Face


@dataclass(frozen=True, slots=True, eq=False)
class LookedAt:
    """A part of the data and the model that is asked about it; `fields` are all that the data have."""

    opened: "OpenRun"
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


def looked_at(look: Looked, nodes: Sequence[str] = ()) -> LookedAt:
    """Load the data and open the model, once it is known that there are such nodes.

    Raises SpecError and DataError.
    """
    saved = run_plan(look.run)
    for node in nodes:
        needed_address(saved, node)
    plan = trainable(saved)
    look.start(plan)
    from nettool.jobs.predict_run import open_run
    from nettool.jobs.prepared_part import prepared_part

    part = look.told["part"]
    given = prepared_part(look.run, plan, Place(look.told["data_dir"], look.told["offline"]), part)
    for note in given.notes:
        click.echo(f"note: {note}", err=True)
    opened = open_run(look.model, plan, given.preparation, None)
    return LookedAt(opened, given.part, given.preparation.fields, () if part == "test" else (part,))


def input_fields(plan: "TrainablePlan", fields: "Sequence[Field]") -> "list[Field]":
    """Those that feed the network, in the order of its inputs."""
    known = {field.name: field for field in fields}
    return [known[name] for name in dict.fromkeys(each.field for each in plan.binding.inputs)]
