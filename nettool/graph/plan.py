"""A spec that was found sound: the network and everything that is to be done with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nettool.data.declare import Declaration
from nettool.data.request import DataRequest
from nettool.graph.bind.binding import Binding
from nettool.graph.check.expectations import Expectation
from nettool.graph.check.output_meaning import OutputMeaning, output_meanings
from nettool.graph.network import Graph
from nettool.graph.objectives import Loss, Metric
from nettool.graph.options.named_files import NamedFile, named_files
from nettool.spec.document import Document
from nettool.spec.python_file import PythonFile
from nettool.spec.training import Precision, Training


@dataclass(frozen=True, slots=True)
class Plan:
    """What `load` makes of a spec file.

    `data`, `binding` and `training` are None as long as the spec does not say them: such a spec can be
    looked at but not trained. `text` is the file byte for byte. `views` are sub-models by name,
    `python` is the user's own code, which was read and not run. `declaration` is what `data` will give; None
    as long as it is not known, because the data are not on this machine.
    """

    graph: Graph
    losses: tuple[Loss, ...]
    metrics: tuple[Metric, ...]
    data: DataRequest | None
    binding: Binding | None
    training: Training | None
    expectations: tuple[Expectation, ...]
    text: str
    resolve: Callable[[], str]
    document: Document | None = None
    python: tuple[PythonFile, ...] = ()
    views: Mapping[str, Graph] = field(default_factory=dict)
    declaration: Declaration | None = None

    @property
    def meanings(self) -> Mapping[str, OutputMeaning]:
        """What the numbers of each output mean; worked out when it is asked for, for all at once."""
        return output_meanings(self.graph, self.losses)

    @property
    def resolved(self) -> str:
        """The spec as YAML with every default filled in and the overrides applied; made when it is asked for.

        Of a large spec the writing takes longer than the whole check.
        """
        return self.resolve()

    @property
    def named_files(self) -> tuple[NamedFile, ...]:
        """The files of weights and vocabularies that the nodes name."""
        if self.document is None:
            return ()
        return named_files(self.graph, Path(self.document.source.name).parent)

    @property
    def precision(self) -> Precision:
        """The type of the numbers within the network."""
        return "float32" if self.training is None else self.training.precision
