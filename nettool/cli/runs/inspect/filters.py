"""`nettool inspect RUN filters`: the kernels of a layer as a picture."""

from collections.abc import Sequence

import click

from nettool.cli.command import command
from nettool.cli.options.complete import run_nodes
from nettool.cli.runs.inspect.layer_weights import learnt_weights
from nettool.cli.runs.inspect.number_list import numbers
from nettool.cli.runs.inspect.options import inspected, model_options, needed_address, picture_options
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.network import Graph
from nettool.graph.trained_weights import LayerWeights
from nettool.record.files.pictures import inspection_stem


@command(short_help="Draw the kernels of a layer.")
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
    address = None if node is None else needed_address(plan, node)
    from nettool.graph.input_images import images_by_input
    from nettool.views.inspect.filters import draw_filters
    from nettool.views.inspect.kernel import WeightMatrix, chosen
    from nettool.views.inspect.kernel_forms import kernel_form
    from nettool.views.inspect.matrix import draw_weight_matrix

    graph, found = learnt_weights(look, plan)
    layer = _layer(graph, found, address)
    try:
        form = kernel_form(graph, layer, images_by_input(plan), variable)
        if isinstance(form, WeightMatrix):
            if units is not None or channels is not None:
                raise click.UsageError(f"`{layer.node}` is drawn as one matrix, with all of its weights")
            picture = draw_weight_matrix(form, graph.name, (look.form,))
        else:
            picture = draw_filters(chosen(form, units, channels), graph.name, (look.form,))
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    parts = [layer.node, *([] if variable is None else [variable])]
    look.keep(inspection_stem("filters", parts, look.run.checkpoint), picture[look.form])


def _layer(graph: Graph, found: tuple[LayerWeights, ...], address: str | None) -> LayerWeights:
    """The layer of that address; a usage error names those that can be drawn when it cannot."""
    from nettool.views.inspect.kernel_forms import drawable, first_image_kernel

    with_kernels = [each for each in found if drawable(each)]
    names = [each.node for each in with_kernels]
    if address is None:
        first = first_image_kernel(found) or next(iter(with_kernels), None)
        if first is None:
            raise click.UsageError("no layer of the network has a kernel")
        return first
    node = graph.by_name.get(address)
    owner = address if node is None else node.owner or address
    for each in with_kernels:
        if each.node == owner:
            return each
    if node is None and owner not in {each.node for each in found}:
        advice = did_you_mean(owner, names) or f"kernels have {listing(names)}"
        raise click.UsageError(f"no layer with weights is called `{owner}`: {advice}")
    what = "is a network of its own" if node is not None and node.application else "has no kernel"
    operation = f" ({node.operation})" if node is not None else ""
    inside = [name for name in names if name.startswith(f"{owner}.")]
    raise click.UsageError(f"`{owner}`{operation} {what}; these nodes have one: {listing(inside or names)}")
