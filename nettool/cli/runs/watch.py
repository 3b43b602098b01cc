"""`nettool watch`: the report of a run that goes on, in a browser."""

import time
from pathlib import Path

import click

from nettool.cli.command import command
from nettool.cli.options.common import run_argument, runs_dir_option
from nettool.cli.options.spec_or_run import required_run
from nettool.record.runs.find_run import run_label
from nettool.record.runs.links import require_no_way_out

_SECONDS_BETWEEN = 0.5


@command(examples=("nettool watch latest",))
@run_argument
@runs_dir_option
def watch(run: str, runs_dir: Path) -> None:
    """Watch a run that goes on: its report in a browser, drawn anew after every epoch.

    The page comes from this machine and is for this machine alone. The command ends with the run, or with
    Ctrl-C, which leaves the run alone. `nettool train --watch` does the same from the start.

    RUN is a run directory, a name (its newest run), NAME/STAMP, or `latest` for the newest run of all.
    """
    from nettool.cli.output.watching import watched

    directory = required_run(run, runs_dir)
    require_no_way_out(directory)
    server = watched(directory)
    try:
        while not server.is_over:
            time.sleep(_SECONDS_BETWEEN)
        server.wait_until_end_is_shown()
    except KeyboardInterrupt:
        click.echo("the run goes on", err=True)
        return
    finally:
        server.close()
    click.echo(f"{run_label(directory)} is over: `nettool runs open {run_label(directory)}` shows its report")
