"""`nettool data list`: the built-in data sets, and which of them are on this machine."""

import json
from pathlib import Path

import click

from nettool.cli.command import command
from nettool.cli.options.common import data_dir_option, json_option
from nettool.cli.output.output import terminal_width
from nettool.data.builtin.catalogue import DATA_SETS
from nettool.data.place import Place


@command("list", short_help="List the built-in data sets.", examples=("nettool data list",))
@data_dir_option
@json_option
def list_sets(data_dir: Path | None, as_json: bool) -> None:
    """List the built-in data sets: sizes, licence, and where their files lie."""
    from nettool.data.builtin.local_files import folder_of
    from nettool.views.terminal.data_set_page import data_list_facts, data_list_text

    places = {name: folder_of(dataset, Place(data_dir)) for name, dataset in DATA_SETS.items()}
    click.echo(
        json.dumps(data_list_facts(places), indent=2) if as_json else data_list_text(places, terminal_width())
    )
