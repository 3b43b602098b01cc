"""What every node of a run's network makes of a few samples, for the page of the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.data.sources.source import PartName
from nettool.jobs.call_error import CallError
from nettool.jobs.inspect.inspected_data import inspected_data
from nettool.jobs.inspect.one_sample import OneSample, sample_at, samples_of_files
from nettool.jobs.open_run import OpenRun
from nettool.jobs.predict.given_files import GivenFiles
from nettool.jobs.run_options import RunOptions
from nettool.views.inspect.node_tiles import answered, node_tile
from nettool.views.page.sample_tiles import SampleTiles, Tile
from nettool.views.predictions.understood import understood

MOST_SAMPLES = 12
_MOST_LETTERS = 8_000_000
"""Of the pictures of all samples, so that a browser still opens the page at once."""
_SIDES = (32, 16, 8)
"""Pixels along a side of a map: as many as the page has room for."""
_RANKED = 3

Outputs = Mapping[str, NDArray[Any]]
"""What nodes give for one sample, without the axis of the samples."""


def sample_flow(
    run: OpenRun, name: PartName, images: Sequence[str], options: RunOptions
) -> tuple[SampleTiles, ...]:
    """Tiles of all nodes for each of the images: the number of a sample in the set `name`, or a file.

    Raises CallError for a sample that there is not and for more than a page holds, SpecError, DataError, and
    what `OpenRun.start` raises.
    """
    chosen = tuple(dict.fromkeys(images))
    if len(chosen) > MOST_SAMPLES:
        raise CallError(f"{len(chosen)} samples are too many: a page shows at most {MOST_SAMPLES}")
    samples = _samples(run, name, chosen, options)
    given = _outputs(samples)
    for side in _SIDES:
        first = _tiles(samples[0], given[0], side, run.checkpoint)
        if first.letters * len(samples) <= _MOST_LETTERS:
            break
    rest = (
        _tiles(sample, values, side, run.checkpoint)
        for sample, values in zip(samples[1:], given[1:], strict=True)
    )
    found = (first, *rest)
    if sum(each.letters for each in found) > 2 * _MOST_LETTERS:
        raise CallError(
            f"pictures of {len(first.tiles):,} nodes for {len(found)} samples are too many for a page: "
            f"name fewer samples"
        )
    return found


def _samples(
    run: OpenRun, name: PartName, images: Sequence[str], options: RunOptions
) -> tuple[OneSample, ...]:
    numbers = [int(image) for image in images if image.isdecimal()]
    if not numbers:
        return samples_of_files(run, GivenFiles(images), options, (), MOST_SAMPLES)
    if len(numbers) < len(images):
        raise CallError("samples are named by their numbers or by files, not by both", argument="image")
    data = inspected_data(run, name, options)
    return tuple(sample_at(data, number) for number in numbers)


def _outputs(samples: Sequence[OneSample]) -> list[Outputs]:
    """All nodes that can be asked, for each sample; Keras prepares for it once."""
    from nettool.engine.evaluate.predictions import answers, node_reader
    from nettool.engine.model.tensors import node_tensors

    loaded = samples[0].model
    graph = loaded.plan.graph
    reader = node_reader(loaded.model, graph, tuple(node_tensors(graph, loaded.model)))
    batches = (next(answers(reader, loaded.plan, sample.part, 1)) for sample in samples)
    return [{node: values[0] for node, values in batch.items()} for batch in batches]


def _tiles(sample: OneSample, outputs: Outputs, side: int, model: str) -> SampleTiles:
    return SampleTiles(sample.name, model, sample.notes, dict(_tile_of_nodes(sample, outputs, side)))


def _tile_of_nodes(sample: OneSample, outputs: Outputs, side: int) -> Iterator[tuple[str, Tile]]:
    plan = sample.model.plan
    forms = {form.output: form for form in sample.model.forms}
    fed = {each.input: each.field for each in plan.binding.inputs}
    for node in plan.graph.nodes:
        if node.name not in outputs:
            yield node.name, Tile("Keras gives only what layers inside it give, so there is no picture.")
            continue
        values = outputs[node.name]
        tile = sample.tile_of_field(fed[node.name], side) if node.name in fed else None
        form = forms.get(node.name)
        classes = form.field.classes if form is not None and form.field is not None else ()
        tile = tile or node_tile(node.name, node.operation, values, classes, side)
        if form is not None:
            (answer,) = understood(values[np.newaxis], form, _RANKED)
            tile = answered(tile, answer, side)
        yield node.name, tile
