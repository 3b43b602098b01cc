"""`nettool inspect RUN weights`: the weights in figures."""

import json

import click

from nettool.cli.inspect_learnt import learnt_weights
from nettool.cli.inspect_options import looked, model_options
from nettool.cli.options import json_option


@click.command(short_help="Show count, mean, spread and range of each variable.")
@model_options
@json_option
@click.pass_context
def weights(context: click.Context, /, as_json: bool, **_others: object) -> None:
    """Show the figures of each variable: how many numbers, their mean, their spread, their range.

    The spread is the standard deviation; `zeros` are exact ones, as a layer has that nothing came through.
    """
    look = looked(context)
    from nettool.jobs.trained_plan import known_plan

    plan, _known = known_plan(look.run)
    from nettool.record.disk.json_form import plain
    from nettool.record.runs.find_run import run_label
    from nettool.views.inspect.weight_table import weight_facts, weight_figures, weight_table

    _, found = learnt_weights(look, plan, is_silent=as_json)
    figures = weight_figures(found)
    if as_json:
        click.echo(json.dumps(plain(weight_facts(figures)), indent=2))
    else:
        click.echo(weight_table(f"{run_label(look.run)}, {look.checkpoint} model", figures))
