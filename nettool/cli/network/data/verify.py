"""`nettool data verify`: every file of data sets against its published checksum."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from nettool.cli.command import command
from nettool.cli.network.data.known_set import known_set
from nettool.cli.options.common import data_dir_option, json_option
from nettool.cli.options.complete import data_sets
from nettool.cli.output.exit_codes import ExitCode
from nettool.data.place import Place


@command(
    short_help="Hold the files on this machine against their checksums.",
    examples=("nettool data verify digits",),
)
@click.argument("names", nargs=-1, required=True, metavar="NAME…", shell_complete=data_sets)
@data_dir_option
@json_option
def verify(names: tuple[str, ...], data_dir: Path | None, as_json: bool) -> int:
    """Hold every file of data sets that is on this machine against its published checksum.

    One line for each file: `verified`, it is the published one; `unverified`, it is not, or nothing is
    published to compare it with, but it lies in your own folder and is used; `damaged`, it is not, and lies
    in a cache, where it is skipped; `missing`.

    Exit status: 0 all verified, 1 a file is not known to be the published one, 4 files are missing.
    """
    datasets = [known_set(name) for name in names]
    from nettool.data.builtin.verify import verify as verified
    from nettool.views.terminal.data_set_page import checked_text

    checked = [each for dataset in datasets for each in verified(dataset, Place(data_dir))]
    click.echo(json.dumps([asdict(each) for each in checked], indent=2) if as_json else checked_text(checked))
    states = {each.state for each in checked}
    if states & {"unverified", "damaged"}:
        return ExitCode.RUN_FAILED
    return ExitCode.DATA_MISSING if "missing" in states else ExitCode.DONE
