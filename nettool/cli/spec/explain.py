"""`nettool explain`: what a diagnostic's code means, and how its mistake is mended."""

import click

from nettool.cli.command import command
from nettool.cli.options.complete import diagnostic_codes
from nettool.cli.output.output import terminal_width
from nettool.diagnostics.codes import FAMILIES, codes
from nettool.diagnostics.explanation import explanation, plain_page
from nettool.diagnostics.suggest import did_you_mean


@command(examples=("nettool explain NT311",))
@click.argument("code", required=False, shell_complete=diagnostic_codes)
def explain(code: str | None) -> None:
    """Say what CODE (such as NT311) means, with an example and how to correct it.

    Without CODE, list all codes.
    """
    if code is None:
        click.echo(_list())
        return
    wanted = code.upper()
    if wanted not in codes():
        advice = did_you_mean(wanted, codes()) or "`nettool explain` lists them"
        raise click.UsageError(f"there is no code `{code}`: {advice}")
    click.echo(plain_page(explanation(wanted), terminal_width()))


def _list() -> str:
    from nettool.views.terminal.table import paragraph

    families = []
    for digit, title in FAMILIES.items():
        lines = [title]
        for code, meaning in codes().items():
            if code[2] == digit:
                lines += paragraph(f"  {code}", meaning, len(f"  {code}  "), terminal_width())
        families.append("\n".join(lines))
    return "\n\n".join(families)
