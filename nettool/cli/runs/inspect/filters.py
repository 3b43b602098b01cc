"""`nettool inspect RUN filters`: the kernels of a layer as a picture."""

from collections.abc import Sequence

import click

from nettool.cli.command import command
from nettool.cli.options.complete import run_nodes
from nettool.cli.runs.inspect.number_list import numbers
from nettool.cli.runs.inspect.options import inspected, model_options, picture_options
from nettool.jobs.inspect.trained_weights import layer_with_kernel, trained_weights
from nettool.jobs.spec_or_run import required_address
from nettool.record.files.pictures import inspection_stem


@command(
    short_help="Draw the kernels of a layer.",
    examples=(
        "nettool inspect digits_cnn filters stem",
        "nettool inspect digits_cnn filters stem --units 0-7",
    ),
)
@click.argument("node", required=False, shell_complete=run_nodes)
@click.option("--units", type=numbers, help="Only these units, e.g. 0-7,12; they are counted from 0.")
@click.option("--channels", type=numbers, help="Only these channels of what the layer gets.")
@click.option("--variable", metavar="NAME", help="Another kernel than the first one, e.g. recurrent_kernel.")
@picture_options
@model_options
@click.pass_context
def filters(
    context: click.Context,
    /,
    node: str | None,
    units: Sequence[int] | None,
    channels: Sequence[int] | None,
    variable: str | None,
    **_: object,
) -> None:
    """Draw the kernels of NODE, by default of the first convolution.

    Red is above zero, blue below, white zero. A convolution of several channels is a grid: a row for each
    channel that it gets, a column for each unit. Kernels of a colour image are drawn in colour, a Dense layer
    on an image as an image for each unit, other kernels as a matrix.
    """
    look = inspected(context)
    plan, _preparation = look.run.network
    from nettool.graph.input_images import images_by_input
    from nettool.views.inspect.filters import draw_filters, draw_weight_matrix
    from nettool.views.inspect.kernel import WeightMatrix, chosen
    from nettool.views.inspect.kernel_forms import kernel_form

    address = None if node is None else required_address(plan, node)
    graph, weights = trained_weights(look.run, plan, look.engine())
    layer = layer_with_kernel(graph, weights, address)
    try:
        form = kernel_form(graph, layer, images_by_input(plan), variable)
        if isinstance(form, WeightMatrix):
            if units is not None or channels is not None:
                raise click.UsageError(f"`{layer.node}` is drawn as one matrix, with all of its weights")
            with look.waiting("drawing"):
                picture = draw_weight_matrix(form, graph.name, (look.form,))
        else:
            with look.waiting("drawing"):
                picture = draw_filters(chosen(form, units, channels), graph.name, (look.form,))
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    parts = [layer.node, *([] if variable is None else [variable])]
    look.keep(inspection_stem("filters", parts, look.run.checkpoint), picture[look.form])
