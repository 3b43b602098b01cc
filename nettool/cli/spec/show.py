"""`nettool show`: the spec with everything said, or with every block unrolled."""

from pathlib import Path

import click

from nettool.cli.command import command
from nettool.cli.options.common import data_option, runs_dir_option, set_option
from nettool.cli.options.complete import specs_and_runs
from nettool.cli.options.diagnostics import diagnostics_option
from nettool.cli.options.spec_or_run import load_spec_or_run
from nettool.cli.output.error_handler import report_diagnostics
from nettool.views.terminal.expanded import expanded_yaml


@command(examples=("nettool show configs/digits_cnn.yaml", "nettool show configs/resnet.yaml --expanded"))
@click.argument("subject", metavar="SPEC|RUN", shell_complete=specs_and_runs)
@click.option(
    "--resolved",
    "form",
    flag_value="resolved",
    default=True,
    help="Every default filled in, overrides applied: a spec that is read as the same.  [default]",
)
@click.option(
    "--expanded",
    "form",
    flag_value="expanded",
    help="Every block unrolled: an entry for each node, shapes as comments. For reading alone: addresses "
    "contain dots, which names in a spec may not.",
)
@set_option
@data_option
@runs_dir_option
@diagnostics_option
def show(subject: str, form: str, overrides: tuple[str, ...], data: str | None, runs_dir: Path) -> None:
    """Print what a spec says once nothing is left unsaid, as YAML."""
    plan, warnings = load_spec_or_run(subject, runs_dir, overrides, data)
    report_diagnostics(warnings)
    click.echo(expanded_yaml(plan.graph) if form == "expanded" else plan.resolved, nl=False)
