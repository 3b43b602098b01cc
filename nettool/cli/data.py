"""`nettool data`: the data sets that nettool knows, their files, and how data look."""

import click

from nettool.cli.data_fetch import fetch
from nettool.cli.data_info import info
from nettool.cli.data_list import list_sets
from nettool.cli.data_preview import preview
from nettool.cli.data_verify import verify


@click.group()
def data() -> None:
    """Data sets: what there is, what is in it, where it lies; and a picture of any spec's data."""


for command in (list_sets, info, fetch, verify, preview):
    data.add_command(command)
