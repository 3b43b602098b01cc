"""All warnings about a sound network, table by table."""

from nettool.data.request import DataRequest
from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.graph.bind.binding import Binding
from nettool.graph.network import Graph
from nettool.graph.objectives import Loss, Metric
from nettool.graph.warnings.image_warnings import image_values
from nettool.graph.warnings.learning_warnings import idle_normalization, never_learning
from nettool.graph.warnings.loss_warnings import LOSS_WARNINGS
from nettool.graph.warnings.mask_warnings import masks_lost
from nettool.graph.warnings.network_warnings import NETWORK_WARNINGS, NetworkWarning
from nettool.graph.warnings.output_warnings import OUTPUT_WARNINGS
from nettool.graph.warnings.sequence_warnings import filling_read
from nettool.graph.warnings.subject import Subject, subject_of
from nettool.graph.warnings.training_warnings import carried_state, normalized_expectations, single_samples
from nettool.spec.document import Document

_NETWORK_WARNINGS: tuple[NetworkWarning, ...] = (
    *NETWORK_WARNINGS,
    filling_read,
    masks_lost,
    idle_normalization,
    never_learning,
    image_values,
    carried_state,
    single_samples,
    normalized_expectations,
)


def report_warnings(
    document: Document,
    graph: Graph,
    losses: tuple[Loss, ...],
    metrics: tuple[Metric, ...],
    request: DataRequest | None,
    binding: Binding | None,
    findings: Findings,
) -> None:
    """Add a warning for each thing that is legal but probably wrong. The network must be sound."""
    subject = subject_of(document, graph, losses, metrics, request, binding)
    for network_warning in _NETWORK_WARNINGS:
        findings.extend(network_warning(subject))
    for output in graph.outputs:
        for output_warning in OUTPUT_WARNINGS:
            found = output_warning(subject, output)
            findings.extend([] if found is None else [found])
    for loss in losses:
        found = _first(subject, loss)
        findings.extend([] if found is None else [found])


def _first(subject: Subject, loss: Loss) -> Diagnostic | None:
    if loss.output not in subject.nodes:
        return None
    last = subject.last_function(loss.output)
    if last is None:
        return None
    return next(
        (found for warning in LOSS_WARNINGS if (found := warning(subject, loss, last)) is not None), None
    )
