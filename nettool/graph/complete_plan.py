"""A plan whose graph had gaps, once Keras has filled them: what could not be checked is checked now."""

from dataclasses import replace
from typing import TypeVar

from nettool.diagnostics.diagnostic import Findings, SpecError
from nettool.graph.bind.bind_fields import bind
from nettool.graph.check.check_metrics import check_metrics
from nettool.graph.check.check_objectives import check_objectives
from nettool.graph.check.expectations import check_counts
from nettool.graph.network import Graph
from nettool.graph.plan import Plan

AnyPlan = TypeVar("AnyPlan", bound=Plan)


def complete_plan(plan: AnyPlan, graph: Graph) -> AnyPlan:
    """The plan with a graph without gaps; the plan itself (but for the graph) if it had none.

    Raises SpecError when targets or the count of parameters turn out not to fit.
    """
    if all(node.shape is not None for node in plan.graph.nodes):
        return replace(plan, graph=graph)
    findings = Findings()
    check_counts(plan.expectations, graph, findings)
    check_objectives(graph, plan.objectives, findings)
    check_metrics(graph, plan.losses, plan.metrics, findings)
    binding = None
    if plan.data is not None and plan.declaration is not None:
        binding = bind(plan.document, graph, plan.data, plan.declaration, plan.objectives, findings)
    if findings.has_errors:
        raise SpecError(findings.in_file_order())
    return replace(plan, graph=graph, binding=binding)
