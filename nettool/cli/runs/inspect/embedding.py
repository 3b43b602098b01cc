"""`nettool inspect RUN embedding`: which samples does a layer take for alike?"""

from typing import cast

import click

from nettool.cli.command import command
from nettool.cli.options.complete import run_nodes
from nettool.cli.runs.inspect.options import data_options, inspected, model_options, picture_options
from nettool.data.sources.source import SET_NAMES
from nettool.record.files.pictures import inspection_stem


@command(
    short_help="Draw samples as points, by what a node gives for them.",
    examples=("nettool inspect digits_cnn embedding mean --method tsne",),
)
@click.argument("node", shell_complete=run_nodes)
@click.option(
    "--method",
    type=click.Choice(["pca", "tsne"]),
    default="pca",
    show_default=True,
    help="Principal components, or t-SNE, which keeps neighbours together.",
)
@click.option(
    "--samples",
    metavar="N",
    type=click.IntRange(3, 20_000),
    default=1000,
    show_default=True,
    help="At most how many.",
)
@click.option(
    "--seed",
    metavar="N",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Which samples; t-SNE's start.",
)
@click.option("--by", metavar="FIELD", help="The label that colours the points.  [default: the target]")
@picture_options
@data_options
@model_options
@click.pass_context
def embedding(
    context: click.Context, /, node: str, method: str, samples: int, seed: int, by: str | None, **_: object
) -> None:
    """Draw a point for each sample, coloured by class: what NODE gives for it, projected to two numbers."""
    look = inspected(context)
    from nettool.jobs.inspect.embedding import embedding as embed
    from nettool.jobs.inspect.inspected_data import inspected_data
    from nettool.views.inspect.embedding import draw_embedding
    from nettool.views.inspect.projection import Method

    data = inspected_data(look.run, look.part, look.options, [node])
    with look.waiting("asking the network"):
        found = embed(data, node, samples, cast("Method", method), seed=seed, by=by)
    total = len(data.part)
    shown = f"{found.samples:,} of {total:,}" if found.samples < total else f"all {total:,}"
    numbers = "number" if found.numbers == 1 else "numbers"
    subtitle = f"{shown} samples of the {SET_NAMES[look.part]}, "
    subtitle += f"{found.numbers:,} {numbers} each; {found.projection.description}"
    title = f"{data.model.plan.graph.name}: what {found.address} makes of the samples"
    with look.waiting("drawing"):
        picture = draw_embedding(
            found.projection, found.labels, found.classes, title, subtitle, forms=(look.form,)
        )
    parts = [*([] if method == "pca" else [method]), *([] if by is None else [by]), *look.part_in_name]
    stem = inspection_stem("embedding", [found.address, *parts], look.run.checkpoint)
    look.keep(stem, picture[look.form])
