"""`nettool train --smoke`: each spec built and trained for a few steps, and a table at the end."""

from dataclasses import dataclass, replace
from pathlib import Path

import click

from nettool.cli.output.error_handler import build_refusal, report_diagnostics, spec_exit_code
from nettool.cli.output.exit_codes import ExitCode
from nettool.cli.output.json_event import print_event
from nettool.cli.output.output import Output
from nettool.diagnostics.diagnostic import Diagnostic, SpecError
from nettool.graph.plan import Plan
from nettool.jobs.preflight import one_device, require_permission, start_engine
from nettool.jobs.run_options import EngineOptions
from nettool.jobs.spec.loaded_spec import load_spec, with_severity
from nettool.jobs.spec.smoke_helper import Helped, helped

_DATA_ABSENT = "NT509"
"""A warning that goes without saying here: a smoke run trains on random data."""


_UNCHECKED = ", but not checked against its data, which are not here"
_ONLY_BUILT = "built, and without losses not trained"


@dataclass(frozen=True, slots=True)
class Row:
    """One spec's outcome; `failure` is None when it trained, or was built and has no `loss` to train by.

    Unchecked is what has data that are not here.
    """

    spec: str
    parameters: int | None = None
    loss: float | None = None
    seconds: float | None = None
    failure: str | None = None
    is_unchecked: bool = False


def smoke_all(
    specs: tuple[Path, ...],
    overrides: tuple[str, ...],
    options: EngineOptions,
    output: Output,
    *,
    strict: bool,
) -> int:
    """Check all specs, train those that are sound, show the table; when `strict`, warnings are errors.

    Exit code 2 when a spec is wrong, else 1 when one does not train.
    """
    options = replace(options, device=one_device(options.device))
    plans: list[tuple[Path, Plan | None]] = []
    found: list[Diagnostic] = []
    for path in specs:
        try:
            spec = load_spec(path, overrides)
            plan, warnings = spec.plan, spec.warnings
            warnings = with_severity(
                tuple(each for each in warnings if each.code != _DATA_ABSENT), strict=strict
            )
            found += warnings
            require_permission(_trainable(plan).python, is_allowed=options.allow_code)
            plans.append((path, None if strict and warnings else plan))
        except SpecError as error:
            found += with_severity(error.diagnostics, strict=strict)
            plans.append((path, None))
    report_diagnostics(tuple(found))
    if any(plan is not None for _, plan in plans):
        start_engine((), options)
    # Code of the user's runs here, where what it prints is seen.
    shared = [path for path, plan in plans if plan is not None and not plan.python]
    with helped(shared, overrides, options) as helper:
        rows = [_row(path, plan, helper, as_json=output.as_json) for path, plan in plans]
    if output.is_for_people:
        click.echo(_table(rows))
    wrong = spec_exit_code(tuple(found))
    if wrong:
        return wrong
    return ExitCode.RUN_FAILED if any(row.failure for row in rows) else ExitCode.DONE


def _trainable(plan: Plan) -> Plan:
    """One without losses is only built. Raises SpecError for one that no data could train."""
    if plan.losses:
        from nettool.graph.untrainable import untrainable_outputs

        found = untrainable_outputs(plan)
        if found:
            raise SpecError(found)
    return plan


def _row(path: Path, plan: Plan | None, helper: Helped, *, as_json: bool) -> Row:
    row = Row(str(path), failure="the spec is wrong") if plan is None else _trained(path, plan, helper)
    if as_json:
        facts = {
            "spec": row.spec,
            "passed": row.failure is None,
            "parameters": row.parameters,
            "loss": row.loss,
            "seconds": row.seconds,
            "failure": row.failure,
        }
        print_event("smoke", facts)
    return row


def _trained(path: Path, plan: Plan, helper: Helped) -> Row:
    from nettool.engine.failures import (
        BuildFailed,
        NettoolBug,
        NotPossible,
        OutOfMemory,
        TrainingFailed,
        UserCodeFailed,
    )
    from nettool.jobs.spec.smoke import smoke

    try:
        result = helper(path) or smoke(plan)
    except BuildFailed as error:
        report_diagnostics((build_refusal(error),))
        return Row(str(path), failure=str(error))
    except (NettoolBug, NotPossible, OutOfMemory, TrainingFailed, UserCodeFailed) as error:
        return Row(str(path), failure="; ".join(line.strip() for line in str(error).splitlines()))
    except SpecError as error:
        report_diagnostics(error.diagnostics)
        return Row(str(path), failure=error.diagnostics[0].message)
    is_unchecked = plan.data is not None and plan.binding is None
    return Row(str(path), result.parameters, result.loss, result.seconds, is_unchecked=is_unchecked)


def _table(rows: list[Row]) -> str:
    width = max(len(row.spec) for row in [*rows, Row("spec")])
    lines = [f"{'spec':<{width}}  {'parameters':>11}  {'loss':>8}  {'time':>7}  result"]
    for row in rows:
        if row.parameters is None or row.seconds is None:
            lines.append(f"{row.spec:<{width}}  {'':>11}  {'':>8}  {'':>7}  FAILED: {row.failure}")
        else:
            loss = f"{row.loss:>8.4f}" if row.loss is not None else f"{'none':>8}"
            facts = f"{row.parameters:>11,}  {loss}  {row.seconds:>5.1f} s"
            passed = _ONLY_BUILT if row.loss is None else f"passed{_UNCHECKED if row.is_unchecked else ''}"
            lines.append(f"{row.spec:<{width}}  {facts}  {passed}")
    failed = sum(row.failure is not None for row in rows)
    lines.append(f"{len(rows) - failed} passed, {failed} failed")
    return "\n".join(lines)
