"""`nettool data`: the data sets that nettool knows, their files, and how data look."""

import click

from nettool.cli.network.data.fetch import fetch
from nettool.cli.network.data.info import info
from nettool.cli.network.data.list_sets import list_sets
from nettool.cli.network.data.preview import preview
from nettool.cli.network.data.verify import verify


@click.group()
def data() -> None:
    """Data sets: what there is, what is in it, where it lies; and a picture of any spec's data."""


for command in (list_sets, info, fetch, verify, preview):
    data.add_command(command)
