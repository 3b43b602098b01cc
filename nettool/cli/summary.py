"""`nettool summary`: the network as a table."""

import json
from pathlib import Path

import click

from nettool.cli.boundary import tell
from nettool.cli.options import json_option, runs_dir_option, set_option, view_option
from nettool.cli.subject import chosen_graph, load_subject
from nettool.graph.collapse import collapse_models
from nettool.views.summary import summary_facts, summary_text


@click.command()
@click.argument("subject", metavar="SPEC|RUN")
@view_option
@click.option("--expanded", is_flag=True, help="Show the nodes inside models, too.")
@set_option
@runs_dir_option
@json_option
def summary(
    subject: str,
    view: str | None,
    expanded: bool,
    overrides: tuple[str, ...],
    runs_dir: Path,
    as_json: bool,
) -> None:
    """Show each node with its layer, output shape, parameters and what feeds it."""
    plan, warnings = load_subject(subject, runs_dir, overrides)
    tell(warnings)
    graph = chosen_graph(plan, view)
    if any(node.shape is None for node in graph.nodes):
        # Only Keras knows the shape of a layer that has no rule here.
        from nettool.engine.complete import complete_graph

        graph = complete_graph(graph)
    if not expanded:
        graph = collapse_models(graph)
    click.echo(json.dumps(summary_facts(graph), indent=2) if as_json else summary_text(graph))
