"""`nettool summary`: the network as a table."""

import json
from pathlib import Path

import click

from nettool.cli.boundary import tell
from nettool.cli.complete import specs_and_runs
from nettool.cli.options import allow_code_option, json_option, runs_dir_option, set_option, view_option
from nettool.cli.starting import require_leave, start_engine
from nettool.cli.subject import chosen_graph, load_subject
from nettool.cli.told import diagnostics_option
from nettool.graph.options.user_code import needs_code
from nettool.views.terminal.summary import summary_facts, summary_text


@click.command()
@click.argument("subject", metavar="SPEC|RUN", shell_complete=specs_and_runs)
@view_option
@click.option("--expanded", is_flag=True, help="Show the nodes inside models, too.")
@set_option
@runs_dir_option
@allow_code_option
@json_option
@diagnostics_option
def summary(
    subject: str,
    view: str | None,
    expanded: bool,
    overrides: tuple[str, ...],
    runs_dir: Path,
    allow_code: bool,
    as_json: bool,
) -> None:
    """Show each node with its layer, output shape, parameters, multiply-adds and what feeds it.

    `from` is empty where the line above feeds a node. Multiply-adds are counted for one sample, as papers
    count them; activations are what the layers give, which training keeps until the way back.
    """
    plan, warnings = load_subject(subject, runs_dir, overrides)
    tell(warnings)
    graph = chosen_graph(plan, view)
    if any(node.shape is None for node in graph.nodes):
        # Only Keras knows the shape of a layer that has no rule here.
        if needs_code(graph, plan.python):
            require_leave(plan.python, is_allowed=allow_code)
        start_engine(plan.python if allow_code else (), is_silent=as_json)
        from nettool.engine.model.complete import complete_graph

        graph = complete_graph(graph)
    if as_json:
        facts = summary_facts(graph, expanded=expanded, training=plan.training)
        click.echo(json.dumps(facts, indent=2))
    else:
        click.echo(summary_text(graph, expanded=expanded, training=plan.training))
