"""`nettool validate`: is the spec sound?"""

from pathlib import Path

import click

from nettool.cli.command import command
from nettool.cli.options.common import data_option, set_option
from nettool.cli.options.complete import spec_files
from nettool.cli.options.diagnostics import form_option, report_diagnostics_as, strict_option
from nettool.cli.output.error_handler import spec_exit_code
from nettool.diagnostics.diagnostic import Diagnostic, SpecError
from nettool.graph.plan import Plan
from nettool.jobs.spec.loaded_spec import load_spec, with_severity


@command()
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
@set_option
@data_option
def validate(
    specs: tuple[Path, ...], strict: bool, form: str, overrides: tuple[str, ...], data: str | None
) -> int:
    """Check specs: every mistake and every warning with its place and what to do.

    Nothing is built, written or downloaded. Exit status 2 when a spec is wrong, 3 when only an expectation
    about its parameters does not hold. `nettool explain CODE` says more about a mistake.
    """
    found: list[Diagnostic] = []
    for path in specs:
        try:
            spec = load_spec(path, overrides, data)
        except SpecError as error:
            found += with_severity(error.diagnostics, strict=strict)
            continue
        found += with_severity(spec.warnings, strict=strict)
        if form == "text" and not (strict and spec.warnings):
            click.echo(f"{path}: {_outcome(spec.plan)}")
    diagnostics = tuple(found)
    report_diagnostics_as(form, diagnostics)
    return spec_exit_code(diagnostics)


def _outcome(plan: Plan) -> str:
    count = plan.graph.parameter_count
    nodes = plan.graph.node_count
    words = f"{nodes} {'node' if nodes == 1 else 'nodes'}"
    return f"sound, {words}" + ("" if count is None else f", {count:,} parameters")
