"""`nettool inspect RUN activations`: what layers make of one sample."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from nettool.cli.command import command
from nettool.cli.options.complete import run_nodes
from nettool.cli.runs.inspect.inspected_data import input_fields
from nettool.cli.runs.inspect.number_list import numbers
from nettool.cli.runs.inspect.one_sample import sample_of_data, sample_of_files
from nettool.cli.runs.inspect.options import (
    data_options,
    inspected,
    model_options,
    needed_address,
    picture_options,
)
from nettool.data.request import column_names
from nettool.record.files.pictures import inspection_stem

if TYPE_CHECKING:
    from nettool.jobs.predict.loaded_model import LoadedModel
    from nettool.views.inspect.layer_maps import Shown

_NAMES_IN_TITLE = 4


@command(short_help="Draw what layers make of one sample.")
@click.argument("nodes", metavar="NODE…", nargs=-1, required=True, shell_complete=run_nodes)
@click.option(
    "--image",
    default="0",
    metavar="I|FILE",
    show_default=True,
    help="The sample: its number in the part of the data, or a file as `predict` takes them.",
)
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="NAME=FILE",
    help="The file of one field, for networks with several inputs (repeatable).",
)
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
    sample = (
        sample_of_files(look, nodes, image, fields, invert=invert)
        if is_file
        else sample_of_data(look, nodes, number or 0)
    )
    plan = sample.opened.plan
    addresses = tuple(dict.fromkeys(needed_address(plan, node) for node in nodes))
    from nettool.jobs.predict.node_outputs import node_outputs
    from nettool.views.inspect.activations import draw_activations
    from nettool.views.inspect.thumbnails import faces

    try:
        answers = node_outputs(sample.opened, sample.part, addresses)
        layers = [_shown(sample.opened, each, answers[each][0], channels) for each in addresses]
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    (face,) = faces(sample.part, input_fields(plan, sample.fields), column_names(plan.data))
    some = [*addresses[:_NAMES_IN_TITLE], *(["…"] if len(addresses) > _NAMES_IN_TITLE else [])]
    picture = draw_activations(
        layers,
        face,
        "\n".join([sample.name, *sample.notes]),
        f"{plan.graph.name}: what {', '.join(some)} {'gives' if len(addresses) == 1 else 'give'}",
        f"{look.run.label}, {look.run.checkpoint} model; for {sample.name}",
        (look.form,),
    )
    stem = inspection_stem("activations", ["+".join(addresses), sample.stem], look.run.checkpoint)
    look.keep(stem, picture[look.form])


def _shown(opened: "LoadedModel", address: str, values: Any, channels: Sequence[int] | None) -> "Shown":  # noqa: ANN401
    from nettool.views.inspect.layer_maps import shown

    node = opened.plan.graph.by_name.get(address)
    classes = next((form.field.classes for form in opened.forms if form.output == address and form.field), ())
    return shown(address, "" if node is None else node.operation, values, classes, channels)
