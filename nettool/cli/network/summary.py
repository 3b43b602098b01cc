"""`nettool summary`: the network as a table."""

import json
from pathlib import Path

import click

from nettool.cli.command import command
from nettool.cli.options.common import (
    allow_code_option,
    data_option,
    json_option,
    runs_dir_option,
    set_option,
    view_option,
    wide_option,
)
from nettool.cli.options.complete import specs_and_runs
from nettool.cli.options.diagnostics import diagnostics_option
from nettool.cli.options.engine_options import engine_options
from nettool.cli.options.spec_or_run import load_spec_or_run
from nettool.cli.output.error_handler import report_diagnostics
from nettool.cli.output.output import Output, terminal_width
from nettool.jobs.spec.build import has_open_shapes, with_shapes
from nettool.jobs.spec_or_run import chosen_graph
from nettool.views.terminal.summary import summary_facts, summary_text


@command(
    examples=(
        "nettool summary configs/digits_cnn.yaml",
        "nettool summary configs/resnet50.yaml --expanded --wide",
    )
)
@click.argument("subject", metavar="SPEC|RUN", shell_complete=specs_and_runs)
@view_option
@click.option("--expanded", is_flag=True, help="Show the nodes inside models, too.")
@set_option
@data_option
@runs_dir_option
@allow_code_option
@wide_option
@json_option
@diagnostics_option
def summary(
    subject: str,
    view: str | None,
    expanded: bool,
    overrides: tuple[str, ...],
    data: str | None,
    runs_dir: Path,
    allow_code: bool,
    wide: bool,
    as_json: bool,
) -> None:
    """Show each node with its layer, output shape, parameters, multiply-adds and what feeds it.

    `from` is empty where the line above feeds a node. Multiply-adds are counted for one sample, as papers
    count them; activations are what the layers give, which training keeps until the way back.
    """
    plan, warnings = load_spec_or_run(subject, runs_dir, overrides, data)
    report_diagnostics(warnings)
    graph = chosen_graph(plan, view)
    if has_open_shapes(graph):
        options = engine_options(allow_code=allow_code, output=Output(as_json=as_json))
        graph = with_shapes(graph, plan.python, options)
    if as_json:
        facts = summary_facts(graph, expanded=expanded, training=plan.training)
        click.echo(json.dumps(facts, indent=2))
    else:
        width = None if wide else terminal_width()
        click.echo(summary_text(graph, expanded=expanded, training=plan.training, width=width))
