"""`nettool runs rename`: a run gets another name."""

from contextlib import suppress
from pathlib import Path

import click

from nettool.cli.command import command
from nettool.cli.options.common import run_argument, runs_dir_option
from nettool.cli.options.spec_or_run import own_run
from nettool.jobs.train.run_name import checked_name
from nettool.record.files.report_file import report_path
from nettool.record.run_damaged import RunDamaged
from nettool.record.runs.links import require_no_way_out
from nettool.record.runs.rename_and_remove import rename_run
from nettool.record.shown_path import shown


@command(
    short_help="Move a run to the runs of another name.", examples=("nettool runs rename latest wide_net",)
)
@run_argument
@click.argument("new", metavar="NEW")
@runs_dir_option
def rename(run: str, new: str, runs_dir: Path) -> None:
    """Move a run to the runs of another name; it keeps its date and time.

    Its files stay as they are, but for report.html, which says the new name.
    """
    before = own_run(run, runs_dir)
    try:
        after = rename_run(before, checked_name(new))
    except ValueError as refusal:
        raise click.UsageError(str(refusal)) from None
    click.echo(f"{shown(before.path)} is now {shown(after.path)}")
    if report_path(after).is_file():
        from nettool.jobs.report_run import report_run

        # A run whose files are damaged can be renamed all the same.
        with suppress(RunDamaged):
            require_no_way_out(after)
            report_run(after)
