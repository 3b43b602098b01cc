"""`nettool inspect RUN activations`: what layers make of one sample."""

from collections.abc import Sequence

import click

from nettool.cli.command import command
from nettool.cli.options.common import field_option
from nettool.cli.options.complete import run_nodes
from nettool.cli.options.named_files import by_field
from nettool.cli.runs.inspect.number_list import numbers
from nettool.cli.runs.inspect.options import data_options, inspected, model_options, picture_options
from nettool.record.files.pictures import inspection_stem

_NAMES_IN_TITLE = 4


@command(
    short_help="Draw what layers make of one sample.",
    examples=("nettool inspect digits_cnn activations stem --image 4",),
)
@click.argument("nodes", metavar="NODE…", nargs=-1, required=True, shell_complete=run_nodes)
@click.option(
    "--image",
    default="0",
    metavar="I|FILE",
    show_default=True,
    help="The sample: its number in the part of the data, or a file as `predict` takes them.",
)
@field_option
@click.option("--invert", is_flag=True, help="Dark for bright, for a file with an image on white.")
@click.option("--channels", type=numbers, help="Only these channels, e.g. 0-7,12; they are counted from 0.")
@picture_options
@data_options
@model_options
@click.pass_context
def activations(
    context: click.Context,
    /,
    nodes: tuple[str, ...],
    image: str,
    fields: tuple[str, ...],
    invert: bool,
    channels: Sequence[int] | None,
    **_: object,
) -> None:
    """Draw what each NODE gives for one sample: a map for each channel, beside the sample itself.

    Vectors are bars, or strips where they are long. Each layer has a scale of its own: white to blue where
    nothing is below zero, else blue below and red above it.
    """
    look = inspected(context)
    number = int(image) if image.isdecimal() else None
    is_file = bool(fields) or number is None
    if invert and not is_file:
        raise click.UsageError("--invert is for the image of a file")
    from nettool.jobs.inspect.one_sample import sample_of_data, sample_of_files
    from nettool.jobs.predict.given_files import GivenFiles
    from nettool.jobs.spec_or_run import required_address
    from nettool.views.inspect.activations import draw_activations

    if is_file:
        given = GivenFiles(() if fields else (image,), by_field(fields), invert)
        sample = sample_of_files(look.run, given, look.options, nodes)
    else:
        sample = sample_of_data(look.run, look.part, number or 0, look.options, nodes)
    plan = sample.model.plan
    addresses = tuple(dict.fromkeys(required_address(plan, node) for node in nodes))
    some = [*addresses[:_NAMES_IN_TITLE], *(["…"] if len(addresses) > _NAMES_IN_TITLE else [])]
    with look.waiting("drawing"):
        picture = draw_activations(
            [sample.layer(each, channels) for each in addresses],
            sample.thumbnail,
            "\n".join([sample.name, *sample.notes]),
            f"{plan.graph.name}: what {', '.join(some)} {'gives' if len(addresses) == 1 else 'give'}",
            f"{look.run.label}, {look.run.checkpoint} model; for {sample.name}",
            (look.form,),
        )
    stem = inspection_stem("activations", ["+".join(addresses), sample.stem], look.run.checkpoint)
    look.keep(stem, picture[look.form])
