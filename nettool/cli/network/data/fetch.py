"""`nettool data fetch`: the files of data sets, downloaded unless they are on this machine."""

import sys

import click

from nettool.cli.command import command
from nettool.cli.network.data.known_set import known_set
from nettool.cli.options.common import place_options
from nettool.cli.options.complete import data_sets
from nettool.data.place import Place


@command(short_help="Download data sets into the cache.", examples=("nettool data fetch mnist cifar10",))
@click.argument("names", nargs=-1, required=True, metavar="NAME…", shell_complete=data_sets)
@place_options
def fetch(names: tuple[str, ...], place: Place) -> None:
    """Download data sets into nettool's cache, unless their files are on this machine already.

    Every file is compared with its published checksum. A download that breaks off resumes when the command
    is given again. The cache is the system's usual place, or NETTOOL_CACHE_DIR. With --offline,
    files are only looked for.

    Exit status: 0 everything is there, 4 something is not and could not be had.
    """
    datasets = [known_set(name) for name in names]
    from nettool.data.builtin.obtain import find_or_download

    for dataset in datasets:
        if not dataset.layouts:
            click.echo(f"{dataset.name}: embedded, nothing to fetch")
            continue
        located = find_or_download(dataset, place, _say, progress=sys.stderr.isatty())
        click.echo(f"{dataset.name}: in {located.found.files[0][0].parent}")


def _say(line: str) -> None:
    click.echo(line, err=True)
