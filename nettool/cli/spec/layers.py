"""`nettool layers`: what layers there are, and all about one of them."""

import json

import click

from nettool.cli.command import command
from nettool.cli.options.common import json_option
from nettool.cli.options.complete import layer_names
from nettool.cli.output.output import terminal_width
from nettool.diagnostics.suggest import did_you_mean
from nettool.layers.catalogue import catalogue
from nettool.vocabulary.keras_names import aliases, canonical


@command(examples=("nettool layers", "nettool layers Conv2D"))
@click.argument("name", required=False, shell_complete=layer_names)
@json_option
def layers(name: str | None, as_json: bool) -> None:
    """Show the layers by family, or NAME with its options, its shape rule and an example."""
    from nettool.views.terminal.layer_page import (
        layer_list_facts,
        layer_list_text,
        layer_page_facts,
        layer_page_text,
    )

    if name is None:
        click.echo(json.dumps(layer_list_facts(), indent=2) if as_json else layer_list_text(terminal_width()))
        return
    found = canonical("layers", name)
    if found is None:
        advice = did_you_mean(name, [*catalogue(), *aliases("layers")]) or "`nettool layers` lists them"
        raise click.UsageError(f"there is no layer `{name}`: {advice}")
    facts = layer_page_facts(found)
    click.echo(json.dumps(facts, indent=2) if as_json else layer_page_text(found, terminal_width()))
