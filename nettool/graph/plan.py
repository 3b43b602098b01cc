"""A spec that was found sound: the network and everything that is to be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nettool.data.request import DataRequest
from nettool.graph.binding import Binding
from nettool.graph.network import Graph
from nettool.graph.objectives import Loss, Metric
from nettool.graph.settings import Expectation, Training


@dataclass(frozen=True, slots=True)
class Plan:
    """What `load` makes of a spec file.

    `data`, `binding` and `training` are None as long as the spec does not say them: such a spec can be
    looked at but not trained. `text` is the file byte for byte, `resolved` the spec with every default
    filled in and the overrides applied, both YAML. `views` are sub-models by name.
    """

    graph: Graph
    losses: tuple[Loss, ...]
    metrics: tuple[Metric, ...]
    data: DataRequest | None
    binding: Binding | None
    training: Training | None
    expectations: tuple[Expectation, ...]
    text: str
    resolved: str
    views: Mapping[str, Graph] = field(default_factory=dict)
