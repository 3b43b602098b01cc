"""`nettool validate`: is the spec sound?"""

import time
from collections.abc import Callable
from pathlib import Path

import click

from nettool.cli.command import command
from nettool.cli.options.ci_reports import CiReports, ci_report_options
from nettool.cli.options.common import data_option, json_option, set_option
from nettool.cli.options.complete import spec_files
from nettool.cli.options.diagnostics import form_option, report_diagnostics_as, strict_option
from nettool.cli.output.error_handler import report_diagnostics, spec_exit_code
from nettool.cli.output.exit_codes import ExitCode
from nettool.diagnostics.checked_file import CheckedFile
from nettool.diagnostics.diagnostic import Diagnostic, Severity, SpecError
from nettool.diagnostics.source import COMMAND_LINE
from nettool.graph.plan import Plan
from nettool.jobs.spec.loaded_spec import load_spec, with_severity


@command(examples=("nettool validate configs/digits_cnn.yaml", "nettool validate --strict configs/*.yaml"))
@click.argument(
    "specs",
    nargs=-1,
    required=True,
    metavar="SPEC…",
    type=click.Path(path_type=Path),
    shell_complete=spec_files,
)
@strict_option
@form_option
@json_option
@ci_report_options
@set_option
@data_option
@click.option("--fix", "is_fixed", is_flag=True, help="Offer to write the lines that the help texts show.")
@click.option("--yes", "is_agreed", is_flag=True, help="With --fix: write them without asking.")
@click.option("--watch", "is_watched", is_flag=True, help="Check again at each save, until Ctrl-C.")
def validate(
    specs: tuple[Path, ...],
    strict: bool,
    form: str,
    as_json: bool,
    reports: CiReports,
    overrides: tuple[str, ...],
    data: str | None,
    is_fixed: bool,
    is_agreed: bool,
    is_watched: bool,
) -> int:
    """Check specs: every mistake and every warning with its place and what to do.

    Nothing is built or downloaded, and nothing written without --fix. Exit status 2 when a spec is wrong, 3
    when only an expectation about its parameters does not hold. `nettool explain CODE` says more about a
    mistake.

    --fix does what the help texts say, where they show the whole line and the spec is better with it. It
    shows the difference and asks before it writes; comments and layout stay. With --strict it mends
    warnings, too.
    """
    form = "json" if as_json else form

    def check(paths: tuple[Path, ...]) -> ExitCode:
        files: list[CheckedFile] = []
        for path in paths:
            began = time.monotonic()
            try:
                spec = load_spec(path, overrides, data)
                found = spec.warnings
                if form == "text" and not (strict and spec.warnings):
                    click.echo(f"{path}: {_outcome(spec.plan)}")
            except SpecError as error:
                found = error.diagnostics
            seconds = time.monotonic() - began
            files.append(CheckedFile(str(path), with_severity(found, strict=strict), seconds))
        diagnostics = tuple(each for file in files for each in file.diagnostics)
        report_diagnostics_as(form, diagnostics)
        reports.write(files, "nettool validate")
        if form == "text":
            _mention_fix(diagnostics)
        return spec_exit_code(diagnostics)

    if is_agreed and not is_fixed:
        raise click.UsageError("--yes goes with --fix")
    if is_fixed and (is_watched or form != "text"):
        raise click.UsageError(f"--fix does not go with {'--watch' if is_watched else '--format ' + form}")
    if reports and (is_fixed or is_watched):
        raise click.UsageError(f"--junit and --sarif do not go with {'--fix' if is_fixed else '--watch'}")
    if is_fixed:
        return _fix(specs, overrides, data, strict=strict, is_agreed=is_agreed)
    return _watch(specs, check) if is_watched else check(specs)


def _fix(
    specs: tuple[Path, ...], overrides: tuple[str, ...], data: str | None, *, strict: bool, is_agreed: bool
) -> ExitCode:
    """Offer to mend each spec; the exit status says what is wrong in the files afterwards."""
    from nettool.cli.spec.fix import fix_file

    found: list[Diagnostic] = []
    for path in specs:
        try:
            now = fix_file(path, overrides, data, strict=strict, is_agreed=is_agreed)
        except SpecError as error:
            report_diagnostics(error.diagnostics)
            found += error.diagnostics
            continue
        found += now.diagnostics
        if now.spec is not None and not now.errors:
            click.echo(f"{path}: {_outcome(now.spec.plan)}")
    return spec_exit_code(tuple(found))


def _watch(specs: tuple[Path, ...], check: Callable[[tuple[Path, ...]], ExitCode]) -> ExitCode:
    """Check all, then each at its saves, until Ctrl-C, which is no error here. What was printed stays."""
    from nettool.cli.output.note import note
    from nettool.files.watch import saves

    saved = saves(specs)
    try:
        check(specs)
        note("checked again at each save; Ctrl-C ends this")
        for changed in saved:
            click.echo(f"\n{time.strftime('%H:%M:%S')}  saved: {', '.join(map(str, changed))}")
            check(changed)
    except KeyboardInterrupt:
        click.echo()
    return ExitCode.INTERRUPTED


def _mention_fix(found: tuple[Diagnostic, ...]) -> None:
    """Say that the first file can be mended, where one of its help texts shows a line to write."""
    errors = [each for each in found if each.severity is Severity.ERROR and each.span is not None]
    if errors:
        from nettool.spec.fix.advised_text import advises

        sources = ((each, each.span.source) for each in errors if each.span is not None)
        files = (source for each, source in sources if source.name != COMMAND_LINE and advises(source, each))
        if (source := next(files, None)) is not None:
            click.echo(f"`nettool validate --fix {source.name}` offers to write what the help says", err=True)


def _outcome(plan: Plan) -> str:
    count = plan.graph.parameter_count
    nodes = plan.graph.node_count
    words = f"{nodes} {'node' if nodes == 1 else 'nodes'}"
    return f"sound, {words}" + ("" if count is None else f", {count:,} parameters")
