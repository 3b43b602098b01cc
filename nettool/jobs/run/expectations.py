"""The spec's expectations against what a run measured."""

from collections.abc import Mapping

from nettool.graph.check.expectations import Expectation
from nettool.graph.plan import Plan
from nettool.record.files.results import CheckedExpectation

INTERRUPTED = "the run was interrupted"


def checked_expectations(
    plan: Plan, measured: Mapping[str, float], unchecked: str | None
) -> tuple[CheckedExpectation, ...]:
    """Each expectation with what was measured; `unchecked` is why those of results are not checked, if so.

    `measured` is by name: the counts of parameters, `loss`, `val_accuracy`, `test_accuracy` …
    """
    return tuple(_expectation(expectation, measured, unchecked) for expectation in plan.expectations)


def counts(plan: Plan) -> dict[str, float]:
    """What a network has without being trained, by name."""
    known = {
        "parameters": plan.graph.parameter_count,
        "trainable_parameters": plan.graph.trainable_parameter_count,
    }
    return {name: count for name, count in known.items() if count is not None}


def _expectation(
    expectation: Expectation, measured: Mapping[str, float], unchecked: str | None
) -> CheckedExpectation:
    metric, relation, value = expectation.metric, expectation.relation, expectation.value
    found = measured.get(metric)
    if found is None:
        return CheckedExpectation(metric, relation, value, why=unchecked or "the run has no such metric")
    is_count = metric in ("parameters", "trainable_parameters")
    if unchecked is not None and not is_count:
        return CheckedExpectation(metric, relation, value, found, why=unchecked)
    return CheckedExpectation(metric, relation, value, found, expectation.holds(found))


def expectation_text(expectation: CheckedExpectation) -> str:
    """The expectation and its outcome in one line."""
    wanted = (
        f"{expectation.relation} {expectation.value:g}"
        if expectation.relation != "exactly"
        else _number(expectation.value)
    )
    measured = "" if expectation.measured is None else f", measured {_number(expectation.measured)}"
    verdict = {True: "met", False: "not met", None: f"not checked: {expectation.why}"}[expectation.held]
    return f"expected {expectation.metric} {wanted}{measured}: {verdict}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) and abs(value) >= 2 else f"{value:.4f}"
