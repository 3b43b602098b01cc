"""A plan that lacks nothing of what a training needs: data, binding, settings."""

from dataclasses import dataclass

from nettool.data.declare import Declaration
from nettool.data.failure import DataMissing
from nettool.data.field import Field
from nettool.data.request import DataRequest
from nettool.data.sources.source import Statement
from nettool.diagnostics.diagnostic import Diagnostic, Findings, Severity, SpecError
from nettool.graph.bind.bind_fields import bind
from nettool.graph.bind.binding import Binding
from nettool.graph.data_section.check_data import stated_request
from nettool.graph.plan import Plan
from nettool.spec.data.section import DataSection
from nettool.spec.train.training import Training


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainablePlan(Plan):
    """What can be trained, measured and asked: nothing of it is None. It is made by `trainable`.

    Of a saved run `bind_as_trained` makes it, without a look at the data; `with_synthetic_data` makes it of
    any network that has losses.
    """

    data: DataRequest
    declaration: Declaration
    binding: Binding
    training: Training


def trainable(plan: Plan) -> TrainablePlan:
    """The plan as one that can be trained.

    Raises SpecError with what the spec lacks for that, and DataError when its data are not on this machine.
    """
    missing = missing_for_training(plan)
    if missing:
        raise SpecError(missing)
    assert plan.data is not None and plan.training is not None
    if plan.declaration is None:
        # A source that is not there says so itself.
        plan.data.source.statement()
    if plan.declaration is None or plan.binding is None:
        raise DataMissing(f"{plan.data.source.name} was not there when the spec was checked", ("try again",))
    return as_trainable(plan, plan.data, plan.declaration, plan.binding, plan.training)


def as_trainable(
    plan: Plan, data: DataRequest, declaration: Declaration, binding: Binding, training: Training
) -> TrainablePlan:
    """The plan with these data, bound so, and these settings."""
    return TrainablePlan(
        document=plan.document,
        graph=plan.graph,
        losses=plan.losses,
        metrics=plan.metrics,
        expectations=plan.expectations,
        views=plan.views,
        data=data,
        declaration=declaration,
        binding=binding,
        training=training,
    )


def missing_for_training(plan: Plan) -> tuple[Diagnostic, ...]:
    """What a spec that is sound still lacks to be trained."""
    lacking = {
        "data": (plan.data is None, "for example `data: digits`, or `--data digits` on the command line"),
        "losses": (not plan.losses, "for example `losses: {label: categorical_crossentropy}`"),
        "train": (plan.training is None, "for example `train: {optimizer: adam, epochs: 5}`"),
    }
    return tuple(
        Diagnostic("NT603", f"to be trained the spec needs `{section}`", help=advice, severity=Severity.ERROR)
        for section, (is_lacking, advice) in lacking.items()
        if is_lacking
    )


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
