"""`nettool plot`: the network as a picture, as text that draws it, or as a page to look around in."""

from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import click
from click.core import ParameterSource

from nettool.cli.command import command
from nettool.cli.network.compare_networks import compare_networks
from nettool.cli.network.plotted_samples import PlottedSamples, sample_options
from nettool.cli.options.common import data_option, runs_dir_option, set_option, view_option
from nettool.cli.options.complete import specs_and_runs
from nettool.cli.options.diagnostics import diagnostics_option
from nettool.cli.options.spec_or_run import load_spec_or_run, run_of
from nettool.cli.output.error_handler import report_diagnostics
from nettool.cli.output.note import note
from nettool.cli.output.output import Output
from nettool.cli.output.output_file import write_output
from nettool.cli.output.waiting import waiting
from nettool.jobs.call_error import CallError
from nettool.jobs.spec.draw_difference import draw_difference
from nettool.jobs.spec.draw_network import FORMS, DrawingForm, draw_network, form_of, slow_note
from nettool.jobs.spec.draw_volumes import draw_volumes
from nettool.jobs.spec_or_run import chosen_graph
from nettool.views.comparison.difference_units import DifferenceLook
from nettool.views.diagram.drawn import Depth, Direction, Look, Slide

STYLES = ("graph", "volumes")
_STANDARD_OUTPUT = "-"
_DRAWING = "drawing the network"
_GRAPH_ALONE = ("shapes", "parameters", "multiply_adds", "direction", "slide", "repeats", "images")
_ONE_NETWORK = ("style", "shapes", "parameters", "multiply_adds", "slide", "repeats", "images")
_REPEATS = ("once", "each")
_MOST_DIGITS = 9


class DepthType(click.ParamType[Depth]):
    """A number of levels, or `all`."""

    name = "depth"

    def convert(self, value: object, param: click.Parameter | None, context: click.Context | None) -> Depth:
        """The levels. Fails for anything else."""
        if value == "all":
            return "all"
        if isinstance(value, int):
            return value
        text = str(value)
        if not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS:
            self.fail(f"{text!r} is neither a number of levels (0, 1, …) nor `all`", param, context)
        return int(text)


@command(
    examples=(
        "nettool plot configs/digits_cnn.yaml -o net.png",
        "nettool plot configs/residual.yaml --slide 16:9 -o slide.png",
        "nettool plot configs/resnet.yaml -o net.html",
        "nettool plot configs/vgg16.yaml --style volumes -o vgg16.svg",
        "nettool plot --diff configs/lenet.yaml configs/lenet5.yaml -o difference.svg",
    )
)
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
    "--style",
    type=click.Choice(STYLES),
    default="graph",
    show_default=True,
    help="The graph of nodes, or its feature maps as boxes (volumes) whose size is their shape.",
)
@click.option(
    "--diff",
    "before",
    metavar="SPEC|RUN",
    shell_complete=specs_and_runs,
    help="Draw what is added (+), removed (−) and changed (~) since this one: --diff BEFORE AFTER. "
    "--set changes AFTER alone.",
)
@click.option(
    "--depth",
    type=DepthType(),
    metavar="N|all",
    help="Open N levels of blocks and models; each one further in is a single box.  "
    "[default: as many as can be read on a page]",
)
@click.option(
    "--slide",
    type=click.Choice(get_args(Slide)),
    help="For a slide of this shape, a long network in rows. Volumes fit a slide of 16:9 as they are.",
)
@click.option(
    "--repeats",
    type=click.Choice(_REPEATS),
    help="Equal blocks in a row: drawn once, with × N, or each.  [default: once; each with --depth all]",
)
@click.option("--shapes/--no-shapes", default=True, help="Output shapes on the nodes.  [default: shapes]")
@click.option(
    "--parameters/--no-parameters", help="Parameters on the nodes.  [default: in the caption alone]"
)
@click.option("--multiply-adds/--no-multiply-adds", help="Multiply-adds on the nodes, for one sample.")
@click.option(
    "--direction",
    type=click.Choice(get_args(Direction)),
    help="The way of the data.  [default: what can be read on a page]",
)
@click.option("--legend/--no-legend", default=True, help="What colours and signs mean.  [default: legend]")
@sample_options
@view_option
@set_option
@data_option
@runs_dir_option
@diagnostics_option
def plot(
    subject: str,
    output: Path | None,
    form: DrawingForm | None,
    style: str,
    before: str | None,
    depth: Depth | None,
    slide: Slide | None,
    repeats: str | None,
    shapes: bool,
    parameters: bool,
    multiply_adds: bool,
    direction: Direction | None,
    legend: bool,
    view: str | None,
    overrides: tuple[str, ...],
    data: str | None,
    runs_dir: Path,
    samples: PlottedSamples,
) -> None:
    """Draw the graph: nodes with their shapes, branches, merges, blocks as frames, losses.

    The picture fits a page: as many blocks are open as can be read there. The caption says what is closed.

    As a picture (svg, png, pdf), as text for Graphviz (dot) or Mermaid (mermaid), or as a page (html) whose
    blocks open and close and whose nodes show all about themselves; for a run also about its weights, and
    with --image what they give for a sample.

    No system package is needed: Graphviz comes with nettool's dependencies.
    """
    chosen = form or _form_of(output)
    if before is not None:
        _refuse(_ONE_NETWORK, "--diff")
        if overrides and before != subject:
            note(f"--set changes {subject} alone, not {before}")
        compared = compare_networks((before, subject), runs_dir, view, overrides, data)
        difference_look = DifferenceLook(depth, direction or "top-down", legend)
        with waiting(_DRAWING, Output()):
            content = draw_difference(compared.difference, chosen, compared.title, difference_look)
        _write(content, chosen, output, compared.name)
        note(compared.text)
        return
    samples.require_use(chosen, is_changed=bool(overrides or data))
    plan, warnings = load_spec_or_run(subject, runs_dir, overrides, data)
    report_diagnostics(warnings)
    graph = chosen_graph(plan, view)
    if style == "volumes":
        _refuse(_GRAPH_ALONE, "--style volumes")
        with waiting(_DRAWING, Output()):
            content = draw_volumes(graph, chosen, depth, legend=legend)
    else:
        once = None if repeats is None else repeats == "once"
        look = Look(depth, shapes, parameters, multiply_adds, direction, legend, once, slide)
        losses = plan.losses if view is None else ()
        slow = slow_note(graph, chosen, look)
        if slow is not None:
            note(slow)
        run = None if overrides or data else run_of(subject, runs_dir)
        tiles = samples.tiles(run, subject)
        with waiting(_DRAWING, Output()):
            content = draw_network(graph, chosen, look, run, losses, tiles)
    _write(content, chosen, output, graph.name)


def _write(content: bytes, form: DrawingForm, output: Path | None, name: str) -> None:
    if output is not None and str(output) == _STANDARD_OUTPUT:
        click.echo(content if form in ("png", "pdf") else content.decode(), nl=False)
        return
    path = output if output is not None else Path(f"{name}.{'mmd' if form == 'mermaid' else form}")
    write_output(path, content)
    click.echo(f"drew {path}")


def _refuse(names: Iterable[str], chosen: str) -> None:
    """Say that an option means nothing here, rather than leave it out without a word."""
    context = click.get_current_context()
    for name in names:
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            option = next(each for each in context.command.params if each.name == name)
            written = "/".join((*option.opts, *option.secondary_opts))
            raise click.UsageError(f"`{written}` is not for `{chosen}`: leave it out")


def _form_of(output: Path | None) -> DrawingForm:
    if output is None or str(output) == _STANDARD_OUTPUT:
        return "svg"
    try:
        return form_of(output)
    except CallError as error:
        raise click.UsageError(f"{error}, or say --format") from error
