"""The document → a plan: the phases of the checker one after the other, on one page."""

from dataclasses import replace

from nettool.diagnostics.diagnostic import Findings
from nettool.graph.bind.bind_fields import bind
from nettool.graph.bind.check_training import check_batch_size, check_training, finish_training
from nettool.graph.bind.finish_request import finish_request
from nettool.graph.check.check_masks import check_masks
from nettool.graph.check.check_metrics import check_metrics
from nettool.graph.check.check_objective_options import check_objective_options
from nettool.graph.check.check_objectives import check_objectives
from nettool.graph.check.check_outputs import all_losses_read, check_outputs
from nettool.graph.check.check_size import check_size
from nettool.graph.check.comparisons import with_comparisons
from nettool.graph.check.expectations import check_counts, check_expectations
from nettool.graph.check.metric_names import metric_directions
from nettool.graph.data_section.check_data import check_data
from nettool.graph.expand.calls import expand
from nettool.graph.expand.infer import infer_nodes
from nettool.graph.expand.order import in_computing_order
from nettool.graph.expand.reach import only_used
from nettool.graph.expand.share import share_layers
from nettool.graph.expand.sub_graph import views
from nettool.graph.network import Graph
from nettool.graph.objectives import Loss, Metric
from nettool.graph.options.check_entries import check_entries
from nettool.graph.plan import Plan
from nettool.graph.warnings.all_warnings import report_warnings
from nettool.spec.document import Document


def check(document: Document, findings: Findings) -> Plan | None:
    """The plan of a sound document; None when the findings hold errors."""
    before = findings.error_count
    unsound = check_entries(document, findings)
    expansion = expand(document, unsound, findings)
    outputs = check_outputs(document, expansion, findings)
    names_are_sound = findings.error_count == before
    ends_are_known = names_are_sound and expansion.references.all_known and all_losses_read(document)
    calls = in_computing_order(expansion.calls, findings)
    all_wired = all(call.sources for call in calls) and len(calls) == len(expansion.calls)
    if all_wired and ends_are_known and outputs.addresses:
        ends = (*outputs.addresses, *(end for loss in outputs.losses for end in loss.between or ()))
        calls = only_used(document, calls, ends, findings)
    inputs = tuple(entry.name.value for entry in document.inputs)
    calls = share_layers(calls, frozenset(inputs), findings)
    nodes = infer_nodes(document, expansion, calls, findings)
    graph = Graph(document.name, nodes, inputs, outputs.addresses)
    check_size(nodes, findings)
    graph = with_comparisons(graph, outputs.losses, findings)
    check_objectives(graph, (*outputs.losses, *outputs.metrics), findings)
    check_objective_options(document, graph, (*outputs.losses, *outputs.metrics), findings)
    check_metrics(graph, outputs.losses, outputs.metrics, findings)
    training = None if document.train is None else check_training(document.train, findings)
    if training is not None and document.train is not None:
        check_batch_size(graph, training, document.train, findings)
    directions = metric_directions(graph.outputs, outputs.losses, outputs.metrics)
    expectations = check_expectations(document, tuple(directions), findings)
    known = {node.name for node in nodes}
    sub_graphs = {}
    if not findings.has_errors:
        sub_graphs = views(document.views, graph, expansion.top, expansion.references, findings)
    checked = binding = None
    if document.data is not None and all(output in known for output in outputs.addresses):
        checked = check_data(document.data, graph, findings)
    if checked is not None and checked.declaration is not None and document.data is not None:
        objectives: tuple[Loss | Metric, ...] = (*outputs.losses, *outputs.metrics)
        binding = bind(document, graph, checked.request, checked.declaration, objectives, findings)
        if binding is not None:
            request = finish_request(checked.request, document.data, binding, findings)
            checked = replace(checked, request=request)
    declaration = None if checked is None else checked.declaration
    if training is not None and document.train is not None and names_are_sound:
        has_all_losses = all_losses_read(document) and len(outputs.losses) == len(document.losses)
        bound = binding if has_all_losses else None
        training = finish_training(
            training, document.train, outputs.losses, directions, declaration, bound, findings
        )
    if not findings.has_errors:
        check_masks(graph, findings)
    if findings.has_errors:
        return None
    data = None if checked is None else checked.request
    report_warnings(document, graph, outputs.losses, outputs.metrics, data, binding, findings)
    check_counts(expectations, graph, findings)
    return Plan(
        document=document,
        graph=graph,
        losses=outputs.losses,
        metrics=outputs.metrics,
        data=data,
        binding=binding,
        training=training,
        expectations=expectations,
        views=sub_graphs,
        declaration=declaration,
    )
