"""Metrics against what their output's numbers mean: can they measure it, and does the result say anything?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label, Severity
from nettool.graph.check.metric_reading import (
    ABOVE_A_THRESHOLD,
    BETWEEN_UNITS,
    CROSSENTROPIES,
    OF_PROBABILITIES,
)
from nettool.graph.check.output_meaning import OutputMeaning, output_meanings
from nettool.graph.check.target_forms import ACCURACY_NAMES, OVERLAPS
from nettool.graph.network import Graph, Node
from nettool.graph.objectives import Loss, Metric

_CORRELATIONS = frozenset({"PearsonCorrelation", "ConcordanceCorrelation"})
_TOP = frozenset({"TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy"})
_COUNTING = ACCURACY_NAMES | ABOVE_A_THRESHOLD
_CLASS_METRICS = {
    "CategoricalCrossentropy": "BinaryCrossentropy",
    "SparseCategoricalCrossentropy": "BinaryCrossentropy",
}


@dataclass(frozen=True, slots=True)
class _Case:
    """A metric at a node of so many units (None: unknown), whose numbers have this meaning."""

    metric: Metric
    node: Node
    meaning: OutputMeaning
    losses: tuple[Loss, ...]

    @property
    def units(self) -> int | None:
        return self.node.shape[-1] if self.node.shape else None

    @property
    def labels(self) -> tuple[Label, ...]:
        return tuple(Label(loss.span, f"its loss is `{loss.name}`") for loss in self.losses[:1])


def check_metrics(
    graph: Graph, losses: Iterable[Loss], metrics: Iterable[Metric], findings: Findings
) -> None:
    """Report metrics to which their output's numbers mean nothing, and those that always say the same."""
    metrics = tuple(metrics)
    if not metrics:
        return
    nodes, meanings = graph.by_name, output_meanings(graph, losses)
    by_output: dict[str, tuple[Loss, ...]] = {}
    for loss in losses:
        by_output[loss.output] = (*by_output.get(loss.output, ()), loss)
    for metric in metrics:
        if metric.output in nodes:
            case = _Case(
                metric, nodes[metric.output], meanings[metric.output], by_output.get(metric.output, ())
            )
            found = next((found for check in _CHECKS if (found := check(case)) is not None), None)
            findings.extend([] if found is None else [found])


def _contradiction(case: _Case) -> Diagnostic | None:
    """`from_logits` at the metric says the opposite of the output."""
    metric, numbers = case.metric, case.meaning.numbers
    said = metric.options.get("from_logits")
    gives_logits = numbers in ("sigmoid logits", "softmax logits")
    if said is False and gives_logits:
        what = "takes probabilities here, but the output gives logits"
    elif said is True and numbers == "probabilities":
        what = "takes logits here, but the output gives probabilities"
    else:
        return None
    return Diagnostic(
        "NT407",
        f"`{metric.name}` {what}",
        metric.span,
        labels=case.labels,
        help="leave `from_logits` out at the metric: nettool takes it from the loss and the activation",
    )


def _no_probabilities(case: _Case) -> Diagnostic | None:
    """Scores, for a metric of probabilities."""
    metric, numbers = case.metric, case.meaning.numbers
    if metric.name not in OF_PROBABILITIES or metric.options.get("from_logits") is True:
        return None
    if case.meaning.becomes_probabilities:
        return None
    function = "sigmoid" if metric.name == "BinaryCrossentropy" else "softmax"
    option = ", or give the metric `from_logits: true`" if metric.name in CROSSENTROPIES else ""
    signs = " and below 0" if numbers == "signed scores" else ""
    return Diagnostic(
        "NT407",
        f"`{metric.name}` takes probabilities, but `{metric.output}` gives any numbers, also above 1{signs}",
        metric.span,
        labels=case.labels,
        help=f"write `activation: {function}` at `{metric.output}`{option}",
    )


def _no_threshold(case: _Case) -> Diagnostic | None:
    """Scores that only compare classes, for a metric that counts what lies above a threshold."""
    metric = case.metric
    if case.meaning.numbers != "compared scores" or metric.name not in _COUNTING:
        return None
    lone_accuracy = metric.name in ACCURACY_NAMES and case.units == 1
    option = (
        "threshold"
        if metric.name in ("BinaryAccuracy", "BinaryIoU", "F1Score", "FBetaScore")
        else "thresholds"
    )
    chooses = metric.name in ("F1Score", "FBetaScore") and case.units != 1
    if option in metric.options or chooses or (metric.name in ACCURACY_NAMES and not lone_accuracy):
        return None
    return Diagnostic(
        "NT407",
        f"`{metric.name}` needs a threshold, but the scores of `{metric.output}` have none: "
        "they only compare classes",
        metric.span,
        labels=case.labels,
        help=f"write `accuracy`, or a `{option}` at the metric"
        if not lone_accuracy
        else "choose a loss for two classes, such as binary_crossentropy",
    )


def _one_unit(case: _Case) -> Diagnostic | None:
    """A metric that compares units, where there is one."""
    metric = case.metric
    compares = (BETWEEN_UNITS - OVERLAPS) | _CLASS_METRICS.keys() | _CORRELATIONS
    axis = metric.options.get("axis", -1)
    if metric.name in _CORRELATIONS and 0 in (axis if isinstance(axis, list | tuple) else (axis,)):
        return _over_the_batch(case)
    if case.units != 1 or metric.name not in compares:
        return None
    if metric.name in _CORRELATIONS:
        what = "correlates the numbers of each sample, but"
        advice = "write `R2Score`, which goes over all samples"
    else:
        what = "compares the units of an output, but"
        instead = _CLASS_METRICS.get(metric.name, "BinaryIoU" if "IoU" in metric.name else "accuracy")
        advice = f"write `{instead}`"
        if "num_classes" in metric.options:
            advice += " and leave `num_classes` out"
    return Diagnostic(
        "NT408", f"`{metric.name}` {what} `{metric.output}` gives one number", metric.span, help=advice
    )


def _over_the_batch(case: _Case) -> Diagnostic:
    metric = case.metric
    return Diagnostic(
        "NT408",
        f"`{metric.name}` over axis 0 is computed for each batch, so it would depend on the batch size",
        metric.span,
        help="leave `axis` out; for one number over all samples write `R2Score`",
    )


def _all_at_the_top(case: _Case) -> Diagnostic | None:
    """The first k of k classes or fewer."""
    metric, k = case.metric, case.metric.options.get("k", 5)
    if metric.name not in _TOP or case.units is None or not isinstance(k, int) or k < case.units:
        return None
    return _warning(
        "NT409",
        case,
        f"`{metric.name}` is always 1: all {case.units} classes of `{metric.output}` are among the first {k}",
        f"write a `k` below {case.units}" if case.units > 2 else "write `accuracy`",
    )


def _each_unit_counts(case: _Case) -> Diagnostic | None:
    """BinaryAccuracy where one class of many is chosen."""
    metric, units = case.metric, case.units
    chooses = any("Categorical" in loss.name for loss in case.losses)
    if metric.name != "BinaryAccuracy" or units in (None, 1) or not chooses:
        return None
    return _warning(
        "NT409",
        case,
        f"`BinaryAccuracy` counts each of the {units} units of `{metric.output}`: it is high even for a "
        "network that knows nothing",
        "write `accuracy`",
    )


def _warning(code: str, case: _Case, message: str, advice: str) -> Diagnostic:
    return Diagnostic(
        code, message, case.metric.span, labels=case.labels, help=advice, severity=Severity.WARNING
    )


_CHECKS: tuple[Callable[[_Case], Diagnostic | None], ...] = (
    _one_unit,
    _contradiction,
    _no_probabilities,
    _no_threshold,
    _all_at_the_top,
    _each_unit_counts,
)
"""At most one of them speaks of a metric: the first."""
