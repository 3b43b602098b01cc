"""`nettool plot`: the network as a picture, as text that draws it, or as a page to look around in."""

from pathlib import Path
from typing import Literal, get_args

import click

from nettool.cli.boundary import tell
from nettool.cli.command import command
from nettool.cli.complete import specs_and_runs
from nettool.cli.options import runs_dir_option, set_option, view_option
from nettool.cli.output_file import write_output
from nettool.cli.target import load_target, note, run_of
from nettool.cli.told import diagnostics_option
from nettool.diagnostics.printable import printable
from nettool.graph.network import Graph
from nettool.jobs.target import chosen_graph
from nettool.record.run_directory import RunDirectory
from nettool.views.diagram.drawn import Direction, Look

Form = Literal["svg", "png", "pdf", "dot", "mermaid", "html"]
FORMS: tuple[Form, ...] = get_args(Form)
ENDINGS: dict[str, Form] = {**{f".{form}": form for form in FORMS}, ".mmd": "mermaid", ".htm": "html"}
_STANDARD_OUTPUT = "-"
_FEW = 100
"""Nodes that any picture holds."""


@command()
@click.argument("subject", metavar="SPEC|RUN", shell_complete=specs_and_runs)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Where to; its ending says the format.  [default: NAME.svg; - is the standard output]",
)
@click.option("--format", "form", type=click.Choice(FORMS), help="The format, whatever the file's ending.")
@click.option(
    "--depth",
    type=click.IntRange(min=0),
    metavar="N",
    help="Open N levels of blocks and models; each one further in is a single box.  [default: open all]",
)
@click.option("--shapes/--no-shapes", default=True, help="Output shapes on the nodes.  [default: shapes]")
@click.option(
    "--parameters/--no-parameters", help="Parameters on the nodes.  [default: in the caption alone]"
)
@click.option("--multiply-adds/--no-multiply-adds", help="Multiply-adds on the nodes, for one sample.")
@click.option(
    "--direction",
    type=click.Choice(get_args(Direction)),
    default="top-down",
    show_default=True,
    help="The way of the data.",
)
@click.option("--legend/--no-legend", default=True, help="What colours and signs mean.  [default: legend]")
@view_option
@set_option
@runs_dir_option
@diagnostics_option
def plot(
    subject: str,
    output: Path | None,
    form: Form | None,
    depth: int | None,
    shapes: bool,
    parameters: bool,
    multiply_adds: bool,
    direction: Direction,
    legend: bool,
    view: str | None,
    overrides: tuple[str, ...],
    runs_dir: Path,
) -> None:
    """Draw the graph: nodes with their shapes, branches, merges, blocks as frames.

    As a picture (svg, png, pdf), as text for Graphviz (dot) or Mermaid (mermaid), or as a page (html) whose
    blocks open and close and whose nodes tell all about themselves; of a run also about its weights. Needs no
    system package: Graphviz comes with nettool's dependencies.
    """
    chosen = form or _form_of(output)
    plan, warnings = load_target(subject, runs_dir, overrides)
    tell(warnings)
    graph = chosen_graph(plan, view)
    look = Look(depth, shapes, parameters, multiply_adds, direction, legend)
    content = _drawn(graph, chosen, look, None if overrides else run_of(subject, runs_dir))
    if output is not None and str(output) == _STANDARD_OUTPUT:
        click.echo(content if chosen in ("png", "pdf") else content.decode(), nl=False)
        return
    path = output if output is not None else Path(f"{graph.name}.{'mmd' if chosen == 'mermaid' else chosen}")
    write_output(path, content)
    click.echo(f"drew {path}")


def _form_of(output: Path | None) -> Form:
    if output is None or str(output) == _STANDARD_OUTPUT:
        return "svg"
    form = ENDINGS.get(output.suffix.lower())
    if form is None:
        raise click.UsageError(
            f"cannot draw `{output}`: the name must end in {', '.join(ENDINGS)}, or say --format"
        )
    return form


def _drawn(graph: Graph, form: Form, look: Look, run: RunDirectory | None) -> bytes:
    """The contents of the file. What each format needs is imported only for it."""
    if form == "mermaid":
        from nettool.views.diagram.mermaid import mermaid

        return printable(mermaid(graph, look=look)).encode()
    if form == "html":
        from nettool.views.graph_page.page import network_page

        kept = None
        if run is not None:
            from nettool.record.checkpoints.weight_statistics import kept_weights

            kept = kept_weights(run)
        return network_page(graph, look, kept).encode()
    from nettool.views.diagram.diagram_size import diagram_size
    from nettool.views.diagram.draw_dot import TooLargeForPixels
    from nettool.views.diagram.network_diagram import draw_diagram

    size = diagram_size(graph, look.depth)
    advice = "`-o net.html` draws a network of any size"
    if look.depth != 0 and diagram_size(graph, 0).nodes <= _FEW:
        advice += ", `--depth 0` one with its blocks closed"
    if form != "dot" and not size.is_quick:
        note(f"laying out {size.nodes:,} nodes may take minutes; {advice}")
    try:
        return draw_diagram(graph, form, look=look)
    except TooLargeForPixels as error:
        raise click.UsageError(f"{error}; `-o net.svg` has no such limit, and {advice}") from error
