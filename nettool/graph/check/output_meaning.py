"""What the numbers of an output mean: probabilities, logits, signed scores – its loss and activation say it.

Whoever counts, ranks or shows what a network gives asks here: metrics, the confusion matrix, `predict`,
mistakes and the report.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from nettool.graph.check.last_function import SHARES, keeps_values, last_function
from nettool.graph.check.way_back import WayBack
from nettool.graph.network import Graph
from nettool.graph.objectives import Loss

Meaning = Literal[
    "probabilities", "softmax logits", "sigmoid logits", "signed scores", "scores", "compared scores"
]
"""Probabilities, or logits, which softmax or sigmoid makes such; scores that say yes above 0 (`signed`) or
above a half (`scores`, also any other numbers), or that say something only beside each other (`compared`)."""

SIGMOIDS = frozenset({"sigmoid", "hard_sigmoid", "sparse_sigmoid"})
"""Functions whose values are probabilities, each for itself."""

_YES_OR_NO = frozenset({"BinaryCrossentropy", "BinaryFocalCrossentropy", "Hinge", "SquaredHinge"})
_ONE_OF_MANY = frozenset(
    {
        *("CategoricalCrossentropy", "CategoricalFocalCrossentropy", "SparseCategoricalCrossentropy"),
        *("CategoricalGeneralizedCrossEntropy", "CategoricalHinge"),
    }
)
_OF_PROBABILITIES = (_YES_OR_NO | _ONE_OF_MANY | {"KLDivergence", "Dice", "Tversky"}) - {
    *("Hinge", "SquaredHinge", "CategoricalHinge")
}
_SIGNED = frozenset({"Hinge", "SquaredHinge"})
_COMPARED = frozenset({"CategoricalHinge", "CosineSimilarity", "Circle"})
_NEVER_BELOW_ZERO = frozenset({"relu", "relu6", "exponential", "softplus", "squareplus", "sparse_plus"})


@dataclass(frozen=True, slots=True)
class OutputMeaning:
    """Of one output. `each` says that every unit answers a yes-or-no question of its own."""

    numbers: Meaning = "scores"
    each: bool = False

    @property
    def threshold(self) -> float:
        """A lone unit says yes with a number greater than this."""
        return 0.0 if self.numbers in ("sigmoid logits", "signed scores") else 0.5

    @property
    def becomes_probabilities(self) -> bool:
        """Whether the numbers are probabilities, or logits of such."""
        return self.numbers in ("probabilities", "softmax logits", "sigmoid logits")


def output_meanings(graph: Graph, losses: Iterable[Loss]) -> Mapping[str, OutputMeaning]:
    """The meaning of every output's numbers; those of two nodes that a loss compares are scores."""
    by_output: dict[str, list[Loss]] = {}
    for loss in losses:
        if loss.between is None:
            by_output.setdefault(loss.output, []).append(loss)
    nodes = graph.by_name
    way = WayBack(nodes, keeps_values)
    found = {}
    for output in graph.outputs:
        last = last_function(way.end(output)) if output in nodes else None
        found[output] = _meaning(by_output.get(output, ()), "" if last is None else last.name)
    return found


def _meaning(losses: Sequence[Loss], function: str) -> OutputMeaning:
    for loss in losses:
        if loss.options.get("from_logits") is True:
            each = "Binary" in loss.name
            return OutputMeaning("sigmoid logits" if each else "softmax logits", each)
    names = {loss.name for loss in losses}
    each = bool(names & _YES_OR_NO) or (function in SIGMOIDS and not names & _ONE_OF_MANY)
    if names & _OF_PROBABILITIES or function in SIGMOIDS | SHARES:
        return OutputMeaning("probabilities", each)
    if names & _SIGNED:
        return OutputMeaning("scores" if function in _NEVER_BELOW_ZERO else "signed scores", each)
    return OutputMeaning("compared scores" if names & _COMPARED else "scores")
