"""A network and the fields that it was trained on, bound again without a look at the data themselves."""

from dataclasses import replace

from nettool.data.declare import Declaration
from nettool.data.field import Field
from nettool.data.sources.source import Statement
from nettool.diagnostics.diagnostic import Findings, SpecError
from nettool.graph.bind.bind_fields import bind
from nettool.graph.data_section.check_data import stated_request
from nettool.graph.objectives import Loss, Metric
from nettool.graph.plan import Plan


def bind_as_trained(plan: Plan, fields: tuple[Field, ...]) -> Plan:
    """The plan, whose document has a `data` section, with its request and its binding to these fields.

    Raises SpecError where they do not fit, and ValueError when the document says nothing of data.
    """
    document = plan.document
    if document is None or document.data is None:
        raise ValueError("a plan without data cannot be bound")
    findings = Findings()
    declaration = Declaration(fields, {}, Statement(fields, {}))
    request = stated_request(document.data, findings)
    binding = None
    if request is not None:
        objectives: tuple[Loss | Metric, ...] = (*plan.losses, *plan.metrics)
        binding = bind(document, plan.graph, request, declaration, objectives, findings)
    if findings.has_errors:
        raise SpecError(findings.in_file_order())
    return replace(plan, data=request, binding=binding, declaration=declaration)
