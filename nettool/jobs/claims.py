"""The spec's expectations against what a run measured."""

from collections.abc import Mapping

from nettool.graph.check.expectations import Expectation
from nettool.graph.plan import Plan
from nettool.record.files.results import Claim

INTERRUPTED = "the run was interrupted"


def check_claims(plan: Plan, measured: Mapping[str, float], unchecked: str | None) -> tuple[Claim, ...]:
    """Each expectation with its figure; `unchecked` is why claims about results are left alone, if they are.

    `measured` holds figures by name: the counts of parameters, `loss`, `val_accuracy`, `test_accuracy` …
    """
    return tuple(_claim(expectation, measured, unchecked) for expectation in plan.expectations)


def counts(plan: Plan) -> dict[str, float]:
    """The figures that a network has without being trained."""
    known = {
        "parameters": plan.graph.parameter_count,
        "trainable_parameters": plan.graph.trainable_parameter_count,
    }
    return {name: count for name, count in known.items() if count is not None}


def _claim(expectation: Expectation, measured: Mapping[str, float], unchecked: str | None) -> Claim:
    figure, relation, value = expectation.figure, expectation.relation, expectation.value
    found = measured.get(figure)
    if found is None:
        return Claim(figure, relation, value, why=unchecked or "the run has no such figure")
    is_count = figure in ("parameters", "trainable_parameters")
    if unchecked is not None and not is_count:
        return Claim(figure, relation, value, found, why=unchecked)
    return Claim(figure, relation, value, found, expectation.holds(found))


def claim_text(claim: Claim) -> str:
    """The claim and its outcome in one line."""
    wanted = f"{claim.relation} {claim.value:g}" if claim.relation != "exactly" else _number(claim.value)
    measured = "" if claim.measured is None else f", measured {_number(claim.measured)}"
    verdict = {True: "met", False: "not met", None: f"not checked: {claim.why}"}[claim.held]
    return f"expected {claim.figure} {wanted}{measured}: {verdict}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) and abs(value) >= 2 else f"{value:.4f}"
