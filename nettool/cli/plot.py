"""`nettool plot`: the network as a picture."""

from pathlib import Path

import click

from nettool.cli.boundary import tell
from nettool.cli.complete import specs_and_runs
from nettool.cli.options import runs_dir_option, set_option, view_option
from nettool.cli.subject import chosen_graph, load_subject
from nettool.cli.told import diagnostics_option
from nettool.record.atomic import write_bytes
from nettool.views.draw_dot import PictureForm

FORMATS: tuple[PictureForm, ...] = ("svg", "png", "pdf", "dot")


@click.command(short_help="Draw the graph of a network.")
@click.argument("subject", metavar="SPEC|RUN", shell_complete=specs_and_runs)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to: FILE.svg, .png, .pdf or .dot.  [default: NAME.svg]",
)
@view_option
@set_option
@runs_dir_option
@diagnostics_option
def plot(
    subject: str, output: Path | None, view: str | None, overrides: tuple[str, ...], runs_dir: Path
) -> None:
    """Draw the graph: nodes with their shapes, branches, merges, blocks as frames.

    Needs no system package: Graphviz comes with nettool's dependencies.
    """
    suffix = "svg" if output is None else output.suffix.lstrip(".").lower()
    form = next((form for form in FORMATS if form == suffix), None)
    if form is None:
        raise click.UsageError(
            f"cannot draw `{output}`: the name must end in {', '.join('.' + f for f in FORMATS)}"
        )
    plan, warnings = load_subject(subject, runs_dir, overrides)
    tell(warnings)
    graph = chosen_graph(plan, view)
    path = output if output is not None else Path(f"{graph.name}.svg")
    from nettool.views.diagram import draw_diagram

    write_bytes(path, draw_diagram(graph, form))
    click.echo(f"drew {path}")
