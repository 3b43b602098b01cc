"""One sample, of a run's data or of files, and what layers make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nettool.data.column import Part
from nettool.data.field import Field
from nettool.data.request import column_names
from nettool.data.sources.source import SET_NAMES, PartName
from nettool.diagnostics.suggest import counted
from nettool.jobs.call_error import CallError
from nettool.jobs.inspect.inspected_data import InspectedData, fields_of_inputs, inspected_data
from nettool.jobs.open_run import OpenRun
from nettool.jobs.predict.given_files import GivenFiles, read_files
from nettool.jobs.run_options import RunOptions
from nettool.jobs.spec_or_run import required_address
from nettool.record.events.events import Note
from nettool.views.inspect.layer_maps import Shown, shown
from nettool.views.inspect.node_tiles import input_tile
from nettool.views.inspect.thumbnails import Thumbnail, thumbnails
from nettool.views.page.sample_tiles import Tile

if TYPE_CHECKING:
    from nettool.jobs.predict.loaded_model import LoadedModel


@dataclass(frozen=True, slots=True, eq=False)
class OneSample:
    """A part of one sample, the fields of the data, and the sample's name in words and in a file's name.

    `notes` say which of its classes are known.
    """

    model: LoadedModel
    part: Part
    fields: tuple[Field, ...]
    name: str
    stem: str
    notes: tuple[str, ...] = ()

    @property
    def thumbnail(self) -> Thumbnail:
        """What it looks like."""
        plan = self.model.plan
        (thumbnail,) = thumbnails(self.part, fields_of_inputs(plan, self.fields), column_names(plan.data))
        return thumbnail

    def tile_of_field(self, name: str, side: int) -> Tile | None:
        """A small picture of what the field of that name holds; None for plain numbers."""
        plan = self.model.plan
        field = next(each for each in self.fields if each.name == name)
        (thumbnail,) = thumbnails(self.part, [field], column_names(plan.data))
        return input_tile(field, thumbnail, side)

    def layer(self, address: str, channels: Sequence[int] | None) -> Shown:
        """What the node of that address gives for it. Raises CallError for a channel that it has not."""
        from nettool.jobs.predict.node_outputs import node_outputs

        model = self.model
        try:
            values = node_outputs(model, self.part, [address])[address][0]
            node = model.plan.graph.by_name.get(address)
            fields = (form.field for form in model.forms if form.output == address and form.field)
            classes = next((field.classes for field in fields), ())
            return shown(address, "" if node is None else node.operation, values, classes, channels)
        except ValueError as error:
            raise CallError(str(error)) from error


def sample_of_data(
    run: OpenRun, name: PartName, number: int, options: RunOptions, nodes: Sequence[str]
) -> OneSample:
    """The sample of that number, from 0, in the set `name` of the run's data.

    Raises CallError when there is none, and what `inspected_data` raises.
    """
    return sample_at(inspected_data(run, name, options, nodes), number)


def sample_at(data: InspectedData, number: int) -> OneSample:
    """The sample of that number, from 0. Raises CallError when there is none."""
    words = SET_NAMES[data.name]
    if number >= len(data.part):
        raise CallError(
            f"there is no sample {number}: the {words} has {counted(len(data.part), 'sample')}, "
            f"0 to {len(data.part) - 1}"
        )
    one = data.part.take(np.array([number]))
    labels = [field for field in data.fields if field.classes and field.name in one.columns]
    notes = (
        f"{field.name}: {field.classes[int(np.ravel(one.columns[field.name].array())[0])]}"
        for field in labels
    )
    name, stem = f"sample {number} of the {words}", f"{data.name}-{number}"
    return OneSample(data.model, one, data.fields, name, stem, tuple(notes))


def sample_of_files(run: OpenRun, given: GivenFiles, options: RunOptions, nodes: Sequence[str]) -> OneSample:
    """The sample in a file, or in a file for each field.

    Raises CallError for a node that there is not and for other than one sample, DataError, and what
    `OpenRun.start` raises.
    """
    (sample,) = samples_of_files(run, given, options, nodes, most=1)
    return sample


def samples_of_files(
    run: OpenRun, given: GivenFiles, options: RunOptions, nodes: Sequence[str], most: int
) -> tuple[OneSample, ...]:
    """The samples in files.

    Raises CallError for none and for more than `most`, and what `sample_of_files` does.
    """
    run.require_model()
    plan, preparation = run.prepared_network
    for node in nodes:
        required_address(plan, node)
    groups, notes = read_files(plan, preparation, given)
    for each in notes:
        options.on_event(Note(each))
    count = sum(map(len, groups))
    if not 1 <= count <= most:
        room = "a picture shows one" if most == 1 else f"a page shows at most {most}"
        raise CallError(f"there are {count:,} samples in what is given: {room}")
    model = run.ask(plan, preparation, options.engine)
    return tuple(
        OneSample(
            model,
            group.part.take(np.array([place])),
            preparation.fields,
            name,
            Path(name.partition("[")[0]).stem,
        )
        for group in groups
        for place, name in ((place, str(group.name(place))) for place in range(len(group)))
    )
