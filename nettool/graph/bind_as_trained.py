"""A network and the fields that it was trained on, bound again without a look at the data themselves."""

from nettool.data.declare import Declaration
from nettool.data.field import Field
from nettool.data.sources.source import Statement
from nettool.diagnostics.diagnostic import Findings, SpecError
from nettool.graph.bind.bind_fields import bind
from nettool.graph.data_section.check_data import stated_request
from nettool.graph.plan import Plan
from nettool.graph.trainable_plan import TrainablePlan, as_trainable
from nettool.spec.data.section import DataSection
from nettool.spec.training import Training


def bind_as_trained(
    plan: Plan, section: DataSection, training: Training, fields: tuple[Field, ...]
) -> TrainablePlan:
    """The plan with the request of its document's `data` section, bound to these fields.

    Raises SpecError where they do not fit.
    """
    findings = Findings()
    declaration = Declaration(fields, {}, Statement(fields, {}))
    request = stated_request(section, findings)
    binding = None
    if request is not None:
        binding = bind(plan.document, plan.graph, request, declaration, plan.objectives, findings)
    if request is None or binding is None:
        raise SpecError(findings.in_file_order())
    return as_trainable(plan, request, declaration, binding, training)
