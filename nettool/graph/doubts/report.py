"""All doubts about a sound network, table by table."""

from nettool.data.request import DataRequest
from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.graph.binding import Binding
from nettool.graph.doubts.image_doubts import image_values
from nettool.graph.doubts.learning_doubts import idle_normalization, never_learning
from nettool.graph.doubts.loss_doubts import LOSS_DOUBTS
from nettool.graph.doubts.mask_doubts import masks_lost
from nettool.graph.doubts.network_doubts import NETWORK_DOUBTS, NetworkDoubt
from nettool.graph.doubts.output_doubts import OUTPUT_DOUBTS
from nettool.graph.doubts.sequence_doubts import filling_read
from nettool.graph.doubts.subject import Subject, subject_of
from nettool.graph.doubts.training_doubts import carried_state, normalized_claims, single_samples
from nettool.graph.network import Graph
from nettool.graph.objectives import Loss, Metric
from nettool.spec.document import Document

_NETWORK_DOUBTS: tuple[NetworkDoubt, ...] = (
    *NETWORK_DOUBTS,
    filling_read,
    masks_lost,
    idle_normalization,
    never_learning,
    image_values,
    carried_state,
    single_samples,
    normalized_claims,
)


def report_doubts(
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
    for network_doubt in _NETWORK_DOUBTS:
        findings.extend(network_doubt(subject))
    for output in graph.outputs:
        for output_doubt in OUTPUT_DOUBTS:
            found = output_doubt(subject, output)
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
    return next((found for doubt in LOSS_DOUBTS if (found := doubt(subject, loss, last)) is not None), None)
