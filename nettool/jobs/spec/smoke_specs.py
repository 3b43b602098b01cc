"""Many specs: each read and checked, then those that are sound tried on random data, one after the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nettool.diagnostics.diagnostic import Diagnostic, Severity, SpecError
from nettool.engine.failures import (
    BuildFailed,
    NettoolBug,
    NotPossible,
    OutOfMemory,
    TrainingFailed,
    UserCodeFailed,
)
from nettool.graph.plan import Plan
from nettool.jobs.preflight import one_device, require_permission, start_engine
from nettool.jobs.run_options import EngineOptions
from nettool.jobs.spec.loaded_spec import load_spec, with_severity
from nettool.jobs.spec.smoke_helper import Helped, helped

if TYPE_CHECKING:
    from nettool.jobs.spec.smoke import SmokeResult

_DATA_ABSENT = "NT509"
"""A warning that goes without saying here: a smoke run trains on random data."""

_CODE_REFUSED = "NT702"
_NO_PERMISSION = "it runs Python code of its own: read it, then add --allow-code"


@dataclass(frozen=True, slots=True)
class CheckedSpec:
    """A spec file and what the check found; `plan` is None where it is not to be tried.

    `skipped` says why a sound one is not: it runs code of its own, which is not allowed.
    """

    path: Path
    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]
    skipped: str | None = None


@dataclass(frozen=True, slots=True)
class SmokeOutcome:
    """What became of one spec: its `result`, or the `failure` in words, with the diagnostics that say more.

    `is_unchecked` where its data are not here, so that it was not checked against them. `skipped` says why
    it was not tried.
    """

    path: Path
    result: "SmokeResult | None" = None
    failure: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    is_unchecked: bool = False
    skipped: str | None = None


@dataclass(frozen=True, slots=True)
class SmokeTried:
    """A spec was tried for a few steps.

    `loss` is the last one, null for a spec without losses. `failure` says why it did not pass, `skipped`
    why it was not tried.
    """

    spec: str
    passed: bool
    parameters: int | None
    loss: float | None
    seconds: float | None
    failure: str | None
    skipped: str | None


def smoke_tried(outcome: SmokeOutcome) -> SmokeTried:
    """The event that reports an outcome."""
    result = outcome.result
    return SmokeTried(
        spec=str(outcome.path),
        passed=outcome.failure is None and outcome.skipped is None,
        parameters=None if result is None else result.parameters,
        loss=None if result is None else result.loss,
        seconds=None if result is None else result.seconds,
        failure=outcome.failure,
        skipped=outcome.skipped,
    )


def checked_specs(
    paths: Sequence[Path], overrides: tuple[str, ...], options: EngineOptions, *, strict: bool
) -> tuple[CheckedSpec, ...]:
    """Read and check the specs; when `strict`, warnings are errors.

    One that runs code of its own without permission is skipped if there are others to try; else it is an
    error, as it is when `strict`. Raises CallError for several devices.
    """
    one_device(options.device)
    checked = tuple(_checked(path, overrides, allow_code=options.allow_code, strict=strict) for path in paths)
    if strict or all(_lacks_permission(spec) for spec in checked):
        return checked
    return tuple(_skipped(spec) if _lacks_permission(spec) else spec for spec in checked)


def _skipped(spec: CheckedSpec) -> CheckedSpec:
    warnings = tuple(each for each in spec.diagnostics if each.severity is Severity.WARNING)
    return CheckedSpec(spec.path, None, warnings, _NO_PERMISSION)


def smoke_specs(
    specs: Sequence[CheckedSpec], options: EngineOptions, overrides: tuple[str, ...]
) -> Iterator[SmokeOutcome]:
    """Try each spec that has a plan, in their order; what goes wrong with one is its outcome.

    `overrides` are those that the specs were read with. Raises what `start_engine` raises.
    """
    if any(spec.plan is not None for spec in specs):
        start_engine((), options)
    # Code of the user's runs here, where what it prints is seen.
    shared = [spec.path for spec in specs if spec.plan is not None and not spec.plan.python]
    with helped(shared, overrides, options) as helper:
        for spec in specs:
            if spec.skipped is not None:
                yield SmokeOutcome(spec.path, skipped=spec.skipped)
            elif spec.plan is None:
                yield SmokeOutcome(spec.path, failure="the spec is wrong")
            else:
                with options.waiting(f"trying {spec.path}"):
                    outcome = _tried(spec.path, spec.plan, helper)
                yield outcome


def _lacks_permission(spec: CheckedSpec) -> bool:
    return {each.code for each in spec.diagnostics if each.severity is Severity.ERROR} == {_CODE_REFUSED}


def _checked(path: Path, overrides: tuple[str, ...], *, allow_code: bool, strict: bool) -> CheckedSpec:
    warnings: tuple[Diagnostic, ...] = ()
    try:
        spec = load_spec(path, overrides)
        warnings = with_severity(
            tuple(each for each in spec.warnings if each.code != _DATA_ABSENT), strict=strict
        )
        require_permission(_trainable(spec.plan).python, is_allowed=allow_code)
    except SpecError as error:
        return CheckedSpec(path, None, (*warnings, *with_severity(error.diagnostics, strict=strict)))
    return CheckedSpec(path, None if strict and warnings else spec.plan, warnings)


def _trainable(plan: Plan) -> Plan:
    """One without losses is only built. Raises SpecError for one that no data could train."""
    if plan.losses:
        from nettool.graph.untrainable import untrainable_outputs

        found = untrainable_outputs(plan)
        if found:
            raise SpecError(found)
    return plan


def _tried(path: Path, plan: Plan, helper: Helped) -> SmokeOutcome:
    from nettool.jobs.spec.smoke import smoke

    try:
        result = helper(path) or smoke(plan)
    except BuildFailed as error:
        return SmokeOutcome(path, failure=str(error), diagnostics=(error.diagnostic,))
    except (NettoolBug, NotPossible, OutOfMemory, TrainingFailed, UserCodeFailed) as error:
        return SmokeOutcome(path, failure="; ".join(line.strip() for line in str(error).splitlines()))
    except SpecError as error:
        return SmokeOutcome(path, failure=error.diagnostics[0].message, diagnostics=error.diagnostics)
    return SmokeOutcome(path, result, is_unchecked=plan.data is not None and plan.binding is None)
