"""What a node gives for samples, projected to two numbers each: which samples does it take for alike?"""

from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from nettool.data.field import Field
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.jobs.call_error import CallError
from nettool.jobs.inspect.inspected_data import InspectedData
from nettool.jobs.spec_or_run import required_address
from nettool.views.inspect.projection import Method, Projection, project

_MOST_NUMBERS = 50_000_000
"""Of all samples: beyond, the projection would take gigabytes."""


@dataclass(frozen=True, slots=True, eq=False)
class Embedding:
    """The projection of `samples` samples, of `numbers` numbers each that the node `address` gives.

    `classes` are the names, and `labels` of (samples,) the numbers, of the classes that colour the points;
    without a label () and None.
    """

    address: str
    projection: Projection
    samples: int
    numbers: int
    classes: tuple[str, ...]
    labels: NDArray[np.int64] | None


def embedding(
    data: InspectedData, node: str, samples: int, method: Method, *, seed: int = 0, by: str | None = None
) -> Embedding:
    """At most so many samples, drawn with the seed; `by` names a label of the data, by default the target.

    Raises CallError for a node or a label that there is not, and for a node of too many numbers; DataError.
    """
    from nettool.jobs.predict.node_outputs import node_outputs

    address = required_address(data.model.plan, node)
    label = _label(data, by)
    total = len(data.part)
    rows = np.sort(np.random.default_rng([seed, total]).permutation(total)[:samples])
    part = data.part.take(rows)
    _require_few(data, address, len(rows))
    try:
        values = node_outputs(data.model, part, [address])[address]
        projection = project(values, method, seed)
    except ValueError as error:
        raise CallError(str(error)) from error
    labels = None if label is None else part.columns[label.name].array().reshape(-1).astype(np.int64)
    classes = () if label is None else label.classes
    return Embedding(address, projection, len(rows), values[0].size, classes, labels)


def _label(data: InspectedData, by: str | None) -> Field | None:
    """The field called `by`; else the first label that is a target, or any label that there is."""
    labels = {each.name: each for each in data.fields if each.classes and each.name in data.part.columns}
    if by is not None:
        if by not in labels:
            known = f"labels are {listing(labels)}" if labels else "the data have no label"
            raise CallError(f"there is no label `{by}`: {did_you_mean(by, labels) or known}", argument="by")
        return labels[by]
    targets = [each.field for each in data.model.plan.binding.targets if each.field in labels]
    return next((labels[name] for name in [*targets, *labels]), None)


def _require_few(data: InspectedData, address: str, samples: int) -> None:
    node = data.model.plan.graph.by_name.get(address)
    size = prod(length or 1 for length in (node.shape if node and node.shape else ()))
    if size * samples > _MOST_NUMBERS:
        most = max(3, _MOST_NUMBERS // size)
        raise CallError(
            f"`{address}` gives {size:,} numbers for each sample: take a later node, or --samples {most}"
        )
