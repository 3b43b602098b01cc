"""`nettool inspect RUN samples`: samples beside what the network says of them."""

import click

from nettool.cli.command import command
from nettool.cli.runs.inspect.classified import judged_outputs, of_option
from nettool.cli.runs.inspect.options import data_options, inspected, model_options, picture_options
from nettool.data.sources.source import SET_NAMES
from nettool.record.files.pictures import inspection_stem


@command(short_help="Draw samples with the likeliest classes as bars.")
@click.option("--count", type=click.IntRange(1, 60), default=12, show_default=True, help="How many samples.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Other seed, other samples."
)
@of_option
@picture_options
@data_options
@model_options
@click.pass_context
def samples(context: click.Context, /, count: int, seed: int, **_: object) -> None:
    """Draw samples of the data, each with a bar for each of the likeliest classes."""
    look = inspected(context)
    from nettool.views.inspect.classified import some_samples
    from nettool.views.inspect.samples import draw_samples

    for each in judged_outputs(look):
        some = some_samples(each.judged, count, seed)
        shown = f"{len(some)} of {len(each.judged):,}" if len(some) < len(each.judged) else f"all {len(some)}"
        title = f"{each.title}: {shown} samples of the {SET_NAMES[look.part]}"
        picture = draw_samples(some, each.faces(some), title, forms=(look.form,))
        look.keep(inspection_stem("samples", each.parts, look.run.checkpoint), picture[look.form])
