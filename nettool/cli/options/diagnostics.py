"""The format in which a command reports diagnostics, and whether warnings count as errors."""

from typing import get_args

import click

from nettool.cli.command import Section, option
from nettool.cli.output.error_handler import Form, diagnostics_format, report_diagnostics
from nettool.diagnostics.as_github import as_github
from nettool.diagnostics.as_json import as_json
from nettool.diagnostics.diagnostic import Diagnostic

FORMS: tuple[Form, ...] = get_args(Form)

form_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations in GitHub Actions.",
)
"""For a command whose diagnostics are what it gives: other forms than text go to standard output."""


def _choose(context: click.Context, parameter: click.Parameter, form: Form) -> None:
    diagnostics_format.set(form)


diagnostics_option = option(
    "--diagnostics",
    type=click.Choice(FORMS),
    default="text",
    show_default=True,
    expose_value=False,
    callback=_choose,
    help="Format of errors and warnings on standard error: for people, as one line of JSON, or as "
    "annotations in GitHub Actions.",
    section=Section.OUTPUT,
)
"""For a command that gives something else: whatever the form, diagnostics go to standard error."""

strict_option = click.option("--strict", is_flag=True, help="Take warnings for errors.")


def report_diagnostics_as(form: str, diagnostics: tuple[Diagnostic, ...]) -> None:
    """Show diagnostics: text on standard error, anything else on standard output."""
    if form == "text":
        report_diagnostics(diagnostics)
    elif form == "json":
        click.echo(as_json(diagnostics))
    elif diagnostics:
        click.echo(as_github(diagnostics))
