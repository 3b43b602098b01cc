"""In which form a command shows diagnostics: text on standard error, or what a program reads."""

import click

from nettool.cli.boundary import tell
from nettool.diagnostics.as_github import as_github
from nettool.diagnostics.as_json import as_json
from nettool.diagnostics.diagnostic import Diagnostic

FORMS = ("text", "json", "github")

form_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations in GitHub Actions.",
)


def tell_as(form: str, diagnostics: tuple[Diagnostic, ...]) -> None:
    """Show diagnostics: text on standard error, anything else on standard output."""
    if form == "text":
        tell(diagnostics)
    elif form == "json":
        click.echo(as_json(diagnostics))
    elif diagnostics:
        click.echo(as_github(diagnostics))
