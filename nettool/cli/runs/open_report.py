"""`nettool runs open`: the report of a run, or its folder, in the program that the machine has for it."""

from pathlib import Path

import click

from nettool.cli.command import command
from nettool.cli.options.common import run_argument, runs_dir_option
from nettool.cli.options.spec_or_run import required_run
from nettool.cli.output.opener import opened
from nettool.record.files.report_file import report_path
from nettool.record.shown_path import shown


@command("open", short_help="Open a run's report, or its folder.", examples=("nettool runs open latest",))
@run_argument
@runs_dir_option
def open_run(run: str, runs_dir: Path) -> None:
    """Open a run's report.html, or its folder when there is none; without a screen, print where it is."""
    directory = required_run(run, runs_dir)
    report = report_path(directory)
    path = report if report.is_file() else directory.path
    if opened(str(path)):
        click.echo(f"opened {shown(path)}")
    else:
        click.echo(str(path))
