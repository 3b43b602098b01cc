"""A spec that was found sound: the network and everything that is to be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nettool.data.declare import Declaration
from nettool.data.request import DataRequest
from nettool.graph.bind.binding import Binding
from nettool.graph.check.expectations import Expectation
from nettool.graph.check.metric_names import metric_directions
from nettool.graph.check.output_meaning import OutputMeaning, output_meanings
from nettool.graph.network import Graph
from nettool.graph.objectives import Loss, Metric
from nettool.graph.options.named_files import NamedFile, named_files
from nettool.graph.resolved import resolved_yaml
from nettool.spec.document import Document
from nettool.spec.network.python_file import PythonFile
from nettool.spec.train.training import Precision, Training
from nettool.vocabulary.metric_directions import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What `load` makes of a spec file.

    `data`, `binding` and `training` are None as long as the spec does not say them: such a spec can be
    looked at, but not trained (`trainable` makes a TrainablePlan of one that can). `views` are sub-models by
    name. `declaration` is what `data` will give; None as long as it is not known, because the data are not
    on this machine.
    """

    document: Document
    graph: Graph
    losses: tuple[Loss, ...] = ()
    metrics: tuple[Metric, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    views: Mapping[str, Graph] = field(default_factory=dict)
    data: DataRequest | None = None
    declaration: Declaration | None = None
    binding: Binding | None = None
    training: Training | None = None

    @property
    def text(self) -> str:
        """The spec file byte for byte."""
        return self.document.source.text

    @property
    def python(self) -> tuple[PythonFile, ...]:
        """The user's own code, which was read and not run."""
        return self.document.python

    @property
    def objectives(self) -> tuple[Loss | Metric, ...]:
        """Losses, then metrics."""
        return (*self.losses, *self.metrics)

    @property
    def better(self) -> Mapping[str, Direction]:
        """All losses and metrics of a set, in the order in which they are shown, and which way is better."""
        return metric_directions(self.graph.outputs, self.losses, self.metrics)

    @property
    def meanings(self) -> Mapping[str, OutputMeaning]:
        """What the numbers of each output mean; worked out when it is asked for, for all at once."""
        return output_meanings(self.graph, self.losses)

    @property
    def resolved(self) -> str:
        """The spec as YAML with every default filled in and the overrides applied; made when it is asked for.

        Of a large spec the writing takes longer than the whole check.
        """
        return resolved_yaml(self.document, self.data, self.training)

    @property
    def named_files(self) -> tuple[NamedFile, ...]:
        """The files of weights and vocabularies that the nodes name."""
        return named_files(self.graph, Path(self.document.source.name).parent)

    @property
    def precision(self) -> Precision:
        """The type of the numbers within the network."""
        return "float32" if self.training is None else self.training.precision
