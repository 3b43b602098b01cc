"""`nettool inspect RUN mistakes`: where the network is wrong and sure of it."""

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
from nettool.diagnostics.suggest import counted


@command(
    short_help="Draw the wrong answers that the network is surest of.",
    examples=("nettool inspect digits_cnn mistakes",),
)
@click.option(
    "--count",
    metavar="N",
    type=click.IntRange(1, 120),
    default=24,
    show_default=True,
    help="At most how many.",
)
@of_option
@picture_options
@data_options
@model_options
@click.pass_context
def mistakes(context: click.Context, /, count: int, **_: object) -> None:
    """Draw the wrong answers, the surest first: what the network says, and what is right."""
    look = inspected(context)
    from nettool.views.inspect.classified import most_confident_mistakes
    from nettool.views.inspect.mistakes import draw_mistakes

    for each in look.classified_outputs():
        wrong = int(each.classified.is_wrong.sum())
        samples = f"{len(each.classified):,} samples of the {SET_NAMES[look.part]}"
        if not wrong:
            click.echo(f"{each.title}: no mistake in the {samples}, so there is nothing to be drawn")
            continue
        worst = most_confident_mistakes(each.classified, count)
        shown = f"the {len(worst)} surest of {wrong:,} mistakes" if len(worst) < wrong else "every mistake"
        subtitle = (
            f"{counted(wrong, 'mistake')} in {samples} ({wrong / len(each.classified):.2%}), the surest first"
        )
        with look.waiting("drawing"):
            picture = draw_mistakes(
                worst, each.thumbnails(worst), f"{each.title}: {shown}", subtitle, (look.form,)
            )
        look.keep_of_output("mistakes", each, picture[look.form])
