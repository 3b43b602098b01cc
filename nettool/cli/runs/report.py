"""`nettool report`: a run as one page."""

from pathlib import Path

import click

from nettool.cli.command import command
from nettool.cli.options.common import run_argument, runs_dir_option
from nettool.cli.options.spec_or_run import required_run
from nettool.cli.output.opener import opened
from nettool.record.runs.links import require_no_way_out
from nettool.record.shown_path import shown


@command(examples=("nettool report latest --open",))
@run_argument
@click.option("--open", "is_to_be_opened", is_flag=True, help="Show the page in the browser.")
@runs_dir_option
def report(run: str, is_to_be_opened: bool, runs_dir: Path) -> None:
    """Draw a run's report.html again: one page with all that is known of it.

    `train` draws it at the end of each run. It needs neither the network nor the data, and no TensorFlow.
    RUN is a run directory, a name (its newest run), NAME/STAMP, or `latest` for the newest run of all.
    """
    from nettool.jobs.report_run import report_run

    directory = required_run(run, runs_dir)
    require_no_way_out(directory)
    path = report_run(directory)
    click.echo(f"drew {shown(path)}")
    if is_to_be_opened and not opened(str(path)):
        click.echo("there is no screen to open it on", err=True)
