"""`nettool inspect RUN weights`: statistics of the weights."""

import json

import click

from nettool.cli.command import command
from nettool.cli.options.common import json_option
from nettool.cli.output.output import terminal_width
from nettool.cli.runs.inspect.options import inspected, model_options


@command(
    short_help="Show count, mean, standard deviation and range of each variable.",
    examples=("nettool inspect digits_cnn weights",),
)
@model_options
@json_option
@click.pass_context
def weights(context: click.Context, /, as_json: bool, **_others: object) -> None:
    """Show statistics of each variable: how many numbers, their mean, standard deviation and range.

    `zeros` counts exact zeros: many of them show a layer that learned nothing.
    """
    look = inspected(context)
    plan, _ = look.run.network
    from nettool.jobs.inspect.trained_weights import trained_weights
    from nettool.record.disk.json_form import plain
    from nettool.views.inspect.weight_table import weight_facts, weight_statistics, weight_table

    _, found = trained_weights(look.run, plan, look.engine(is_silent=as_json))
    statistics = weight_statistics(found)
    if as_json:
        click.echo(json.dumps(plain(weight_facts(statistics)), indent=2))
    else:
        click.echo(
            weight_table(f"{look.run.label}, {look.run.checkpoint} model", statistics, terminal_width())
        )
