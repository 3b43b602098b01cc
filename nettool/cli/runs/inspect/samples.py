"""`nettool inspect RUN samples`: samples beside what the network says of them."""

import click

from nettool.cli.command import command
from nettool.cli.runs.inspect.options import (
    data_options,
    inspected,
    model_options,
    of_option,
    picture_options,
)
from nettool.data.sources.source import SET_NAMES


@command(
    short_help="Draw samples with the likeliest classes as bars.",
    examples=("nettool inspect digits_cnn samples --count 20",),
)
@click.option(
    "--count",
    metavar="N",
    type=click.IntRange(1, 60),
    default=12,
    show_default=True,
    help="How many samples.",
)
@click.option(
    "--seed",
    metavar="N",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Other seed, other samples.",
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

    for each in look.classified_outputs():
        some = some_samples(each.classified, count, seed)
        total = len(each.classified)
        shown = f"{len(some)} of {total:,}" if len(some) < total else f"all {len(some)}"
        title = f"{each.title}: {shown} samples of the {SET_NAMES[look.part]}"
        with look.waiting("drawing"):
            picture = draw_samples(some, each.thumbnails(some), title, forms=(look.form,))
        look.keep_of_output("samples", each, picture[look.form])
