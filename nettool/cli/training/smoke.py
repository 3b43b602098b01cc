"""`nettool train --smoke`: each spec built and trained for a few steps, and a table at the end."""

from pathlib import Path

import click

from nettool.cli.options.ci_reports import CiReports
from nettool.cli.output.error_handler import report_diagnostics, spec_exit_code
from nettool.cli.output.exit_codes import ExitCode
from nettool.cli.output.json_event import print_event
from nettool.cli.output.output import Output, fitted
from nettool.cli.output.waiting import waiting
from nettool.diagnostics.checked_file import CheckedFile
from nettool.diagnostics.suggest import counted
from nettool.jobs.run_options import EngineOptions
from nettool.jobs.spec.smoke_specs import CheckedSpec, SmokeOutcome, checked_specs, smoke_specs, smoke_tried
from nettool.record.disk.json_form import plain_facts

_UNCHECKED = ", but not checked against its data, which are not here"
_ONLY_BUILT = "built, and without losses not trained"


def smoke_all(
    specs: tuple[Path, ...],
    overrides: tuple[str, ...],
    options: EngineOptions,
    output: Output,
    *,
    strict: bool,
    reports: CiReports,
) -> int:
    """Check all specs, train those that are sound, show the table; when `strict`, warnings are errors.

    Exit code 2 when a spec is wrong, else 1 when one does not train; one that is skipped counts for neither.
    """
    with waiting(f"checking {counted(len(specs), 'spec')}", output):
        checked = checked_specs(specs, overrides, options, strict=strict)
    found = tuple(diagnostic for spec in checked for diagnostic in spec.diagnostics)
    report_diagnostics(found)
    outcomes = []
    for outcome in smoke_specs(checked, options, overrides):
        report_diagnostics(outcome.diagnostics)
        if output.as_json:
            print_event("smoke", plain_facts(smoke_tried(outcome)))
        outcomes.append(outcome)
    if output.is_for_people:
        click.echo(_table(outcomes))
    reports.write([_file(*each) for each in zip(checked, outcomes, strict=True)], "nettool train --smoke")
    wrong = spec_exit_code(found)
    if wrong:
        return wrong
    return ExitCode.RUN_FAILED if any(outcome.failure for outcome in outcomes) else ExitCode.DONE


def _file(spec: CheckedSpec, outcome: SmokeOutcome) -> CheckedFile:
    return CheckedFile(
        str(spec.path),
        spec.diagnostics + outcome.diagnostics,
        0.0 if outcome.result is None else outcome.result.seconds,
        outcome.failure,
        outcome.skipped,
    )


def _table(outcomes: list[SmokeOutcome]) -> str:
    width = max(len(name) for name in ("spec", *(str(outcome.path) for outcome in outcomes)))
    lines = [f"{'spec':<{width}}  {'parameters':>11}  {'loss':>8}  {'time':>7}  result"]
    lines += [f"{outcome.path!s:<{width}}  {_row(outcome)}" for outcome in outcomes]
    failed = sum(outcome.failure is not None for outcome in outcomes)
    skipped = sum(outcome.skipped is not None for outcome in outcomes)
    passed = len(outcomes) - failed - skipped
    lines.append(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return "\n".join(map(fitted, lines))


def _row(outcome: SmokeOutcome) -> str:
    result = outcome.result
    if outcome.skipped is not None:
        return f"{'':>11}  {'':>8}  {'':>7}  skipped: {outcome.skipped}"
    if result is None:
        return f"{'':>11}  {'':>8}  {'':>7}  FAILED: {outcome.failure}"
    loss = f"{'none':>8}" if result.loss is None else f"{result.loss:>8.4f}"
    passed = _ONLY_BUILT if result.loss is None else f"passed{_UNCHECKED if outcome.is_unchecked else ''}"
    return f"{result.parameters:>11,}  {loss}  {result.seconds:>5.1f} s  {passed}"
