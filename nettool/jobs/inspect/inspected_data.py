"""The samples that a look into a run is about: a set of its data, and the model that is asked about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.data.field import Field
from nettool.data.request import column_names
from nettool.data.sources.source import PartName
from nettool.graph.trainable_plan import TrainablePlan, trainable
from nettool.jobs.open_run import OpenRun
from nettool.jobs.run_options import RunOptions
from nettool.jobs.spec_or_run import required_address
from nettool.record.events.events import Note
from nettool.views.inspect.thumbnails import Thumbnail, thumbnails

if TYPE_CHECKING:
    from nettool.jobs.predict.loaded_model import LoadedModel


@dataclass(frozen=True, slots=True, eq=False)
class InspectedData:
    """The set `name` of a run's data, and its model; `fields` are all that the data have."""

    model: LoadedModel
    name: PartName
    part: Part
    fields: tuple[Field, ...]

    def thumbnails(self, rows: NDArray[np.int64]) -> tuple[Thumbnail, ...]:
        """What the samples at these rows look like."""
        plan = self.model.plan
        return thumbnails(self.part.take(rows), fields_of_inputs(plan, self.fields), column_names(plan.data))


def inspected_data(
    run: OpenRun, name: PartName, options: RunOptions, nodes: Sequence[str] = ()
) -> InspectedData:
    """Load the set `name` of the run's data and open its model, once it is known that there are such nodes.

    Raises CallError for a node that there is not and for a model that the run does not hold; SpecError,
    DataError, and what `OpenRun.start` raises.
    """
    run.require_model()
    saved = run.plan
    for node in nodes:
        required_address(saved, node)
    plan = trainable(saved)
    run.start(plan, options.engine)
    with options.engine.waiting("loading the data"):
        from nettool.jobs.evaluate.prepared_part import prepared_part

        given = prepared_part(run.directory, plan, options.place, name, progress=options.progress)
    for each in given.notes:
        options.on_event(Note(each))
    with options.engine.waiting("building the network"):
        from nettool.jobs.predict.loaded_model import open_model

        model = open_model(run.model_file, plan, given.preparation, None)
    return InspectedData(model, name, given.part, given.preparation.fields)


def fields_of_inputs(plan: TrainablePlan, fields: Sequence[Field]) -> list[Field]:
    """Those that feed the network, in the order of its inputs."""
    known = {field.name: field for field in fields}
    return [known[name] for name in dict.fromkeys(each.field for each in plan.binding.inputs)]
