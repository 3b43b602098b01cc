"""The section `expect`: what should come out, and whether it can."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.source import Span
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.network import Graph
from nettool.spec.document import Document

COUNTS = ("parameters", "trainable_parameters")
"""What the network has before it is trained."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """An expectation of the spec: the named metric stands in this relation to the value."""

    metric: str
    relation: Literal["exactly", "at least", "at most"]
    value: float
    span: Span

    def holds(self, measured: float) -> bool:
        """Whether a measured value keeps it."""
        if self.relation == "at least":
            return measured >= self.value
        if self.relation == "at most":
            return measured <= self.value
        return measured == self.value


def check_expectations(
    document: Document, names: Sequence[str], findings: Findings
) -> tuple[Expectation, ...]:
    """The expectations; one of a metric that the run will not have is an error."""
    legal = [*COUNTS, *names, *(f"{set_name}_{name}" for set_name in ("val", "test") for name in names)]
    expectations: list[Expectation] = []
    for entry in document.expect:
        name = entry.name
        if name.value in legal:
            expectations.append(Expectation(name.value, entry.relation, entry.value, entry.span))
        else:
            help_text = did_you_mean(name.value, legal) or f"it will have {listing(legal, at_most=16)}"
            message = f"the run will have no metric `{name.value}`"
            findings.add(Diagnostic("NT602", message, name.span, help=help_text))
    return tuple(expectations)


def check_counts(expectations: Sequence[Expectation], graph: Graph, findings: Findings) -> None:
    """Check the expected counts of parameters, as far as the network's are known."""
    for expectation in expectations:
        count = _count(expectation.metric, graph)
        if count is not None and not expectation.holds(count):
            relation = "" if expectation.relation == "exactly" else f"{expectation.relation} "
            words = expectation.metric.replace("_", " ")
            message = f"the network has {count:,} {words}, expected {relation}{expectation.value:,.0f}"
            findings.add(Diagnostic("NT601", message, expectation.span, "expected here"))


def _count(name: str, graph: Graph) -> int | None:
    if name == "parameters":
        return graph.parameter_count
    return graph.trainable_parameter_count if name == "trainable_parameters" else None
