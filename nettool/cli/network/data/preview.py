"""`nettool data preview`: a look at the data of a spec, before anything is trained on them."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from nettool.cli.command import command
from nettool.cli.options.common import data_option, json_option, place_options, set_option
from nettool.cli.options.complete import spec_files
from nettool.cli.options.engine_options import engine_options
from nettool.cli.output.error_handler import report_diagnostics
from nettool.cli.output.note import note
from nettool.cli.output.output import Output, terminal_width
from nettool.cli.output.output_file import write_output
from nettool.cli.output.waiting import waiting
from nettool.data.place import Place
from nettool.data.sources.source import PARTS, PartName
from nettool.jobs.preflight import start_engine
from nettool.jobs.spec.loaded_spec import load_spec

if TYPE_CHECKING:
    from nettool.views.charts.chart import ChartForm

FORMATS: tuple["ChartForm", ...] = ("png", "svg", "pdf")


@command(
    short_help="Draw a spec's data as its network will see them.",
    examples=("nettool data preview configs/digits_cnn.yaml -o data.png",),
)
@click.argument("spec", type=click.Path(path_type=Path), shell_complete=spec_files)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to: FILE.png, .svg or .pdf.  [default: NAME-data.png]",
)
@click.option(
    "--part",
    type=click.Choice(PARTS),
    default="train",
    show_default=True,
    help="Which part the samples and their values are from.",
)
@click.option(
    "--count",
    metavar="N",
    type=click.IntRange(1, 200),
    default=20,
    show_default=True,
    help="How many samples are shown.",
)
@click.option(
    "--seed",
    metavar="N",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Other seed, other samples.",
)
@set_option
@data_option
@place_options
@json_option
def preview(
    spec: Path,
    output: Path | None,
    part: str,
    count: int,
    seed: int,
    overrides: tuple[str, ...],
    data: str | None,
    place: Place,
    as_json: bool,
) -> None:
    """Draw the data of SPEC as its network will see them, and print their statistics.

    The picture shows samples with their labels, the same samples after augmentation, the balance of the
    classes in each set, and the values before and after normalization.
    """
    suffix = "png" if output is None else output.suffix.lstrip(".").lower()
    form = next((form for form in FORMATS if form == suffix), None)
    if form is None:
        raise click.UsageError(
            f"cannot draw `{output}`: the name must end in {', '.join('.' + f for f in FORMATS)}"
        )
    read = load_spec(spec, overrides, data)
    report_diagnostics(read.warnings)
    plan = read.plan
    if plan.data is None:
        raise click.UsageError(f"`{spec}` has no `data`")
    output_form = Output(as_json=as_json)
    with waiting("loading the data", output_form):
        from nettool.jobs.spec.preview_data import is_augmented, load_data, preview_data

        loaded = load_data(plan.data, plan.training, place, note, progress=sys.stderr.isatty())
    chosen = cast("PartName", part)
    if not len(loaded.parts[chosen]):
        raise click.UsageError(f"the {part} set is empty: `train.validation_split` is 0")
    if is_augmented(plan, chosen):
        start_engine((), engine_options(output=output_form))
    path = output if output is not None else Path(f"{plan.graph.name}-data.png")
    with waiting("drawing the data", output_form):
        from nettool.views.charts.data_picture import draw_preview

        seen = preview_data(plan, plan.data, loaded, chosen, count, seed)
        write_output(path, draw_preview(seen, form))
    from nettool.views.terminal.preview_text import preview_facts, preview_text

    if as_json:
        click.echo(json.dumps({**preview_facts(seen), "picture": str(path)}, indent=2))
    else:
        click.echo(f"{preview_text(seen, terminal_width())}\n\ndrew {path}")
