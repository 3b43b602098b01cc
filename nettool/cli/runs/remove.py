"""`nettool runs rm`: delete runs, once the user has said yes."""

from pathlib import Path

import click

from nettool.cli.command import command
from nettool.cli.options.common import runs_dir_option
from nettool.cli.options.complete import runs
from nettool.cli.options.spec_or_run import own_run
from nettool.record.runs.rename_and_remove import remove_run
from nettool.record.shown_path import shown


@command(
    "rm",
    short_help="Delete runs with all that is in them.",
    examples=("nettool runs rm digits_cnn/20250301-120000",),
)
@click.argument("names", metavar="RUN…", nargs=-1, required=True, shell_complete=runs)
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@runs_dir_option
def remove(names: tuple[str, ...], yes: bool, runs_dir: Path) -> None:
    """Delete runs with all that is in them. A name means its newest run, `latest` the newest of all."""
    wanted = {run.path: run for run in (own_run(name, runs_dir) for name in names)}
    if not yes:
        listed = "\n".join(f"  {shown(path)}" for path in wanted)
        count = "this run" if len(wanted) == 1 else f"these {len(wanted)} runs"
        click.confirm(f"{listed}\nDelete {count}?", abort=True)
    for run in wanted.values():
        remove_run(run)
        click.echo(f"deleted {shown(run.path)}")
