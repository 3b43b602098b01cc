"""`nettool inspect RUN embedding`: which samples does a layer take for alike?"""

from typing import TYPE_CHECKING, cast

import click

from nettool.cli.command import command
from nettool.cli.options.complete import run_nodes
from nettool.cli.runs.inspect.inspected_data import looked_at
from nettool.cli.runs.inspect.options import (
    data_options,
    inspected,
    model_options,
    needed_address,
    picture_options,
)
from nettool.data.sources.source import SET_NAMES
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.record.files.pictures import inspection_stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from nettool.cli.runs.inspect.inspected_data import InspectedData
    from nettool.data.column import Part
    from nettool.data.field import Field
    from nettool.views.inspect.projection import Method

_MOST_NUMBERS = 50_000_000
"""Of all samples: beyond, the projection would take gigabytes."""


@command(short_help="Draw samples as points, by what a node gives for them.")
@click.argument("node", shell_complete=run_nodes)
@click.option(
    "--method",
    type=click.Choice(["pca", "tsne"]),
    default="pca",
    show_default=True,
    help="Principal components, or t-SNE, which keeps neighbours together.",
)
@click.option(
    "--samples", type=click.IntRange(3, 20_000), default=1000, show_default=True, help="At most how many."
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Which samples; t-SNE's start."
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
    data = looked_at(look, [node])
    plan = data.opened.plan
    address = needed_address(plan, node)
    label = _label(data, by)
    import numpy as np

    from nettool.jobs.predict.node_outputs import node_outputs
    from nettool.views.inspect.embedding import draw_embedding
    from nettool.views.inspect.projection import project

    total = len(data.part)
    rows = np.sort(np.random.default_rng([seed, total]).permutation(total)[:samples])
    part = data.part.take(rows)
    _require_few(data, address, len(rows))
    try:
        values = node_outputs(data.opened, part, [address])[address]
        found = project(values, cast("Method", method), seed)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    numbers = "number" if values[0].size == 1 else "numbers"
    shown = f"{len(rows):,} of {total:,}" if len(rows) < total else f"all {total:,}"
    subtitle = f"{shown} samples of the {SET_NAMES[look.part]}, "
    subtitle += f"{values[0].size:,} {numbers} each; {found.told}"
    classes: Sequence[str] = () if label is None else label.classes
    title = f"{plan.graph.name}: what {address} makes of the samples"
    picture = draw_embedding(found, _numbers(part, label), classes, title, subtitle, (look.form,))
    parts = [address, *([] if method == "pca" else [method]), *([] if by is None else [by]), *data.stem_parts]
    look.keep(inspection_stem("embedding", parts, look.run.checkpoint), picture[look.form])


def _label(data: "InspectedData", by: str | None) -> "Field | None":
    """The field that `--by` names; else the first label that is a target, or any label that there is."""
    labels = {each.name: each for each in data.fields if each.classes and each.name in data.part.columns}
    if by is not None:
        if by not in labels:
            known = f"labels are {listing(labels)}" if labels else "the data have no label"
            raise click.UsageError(f"--by: there is no label `{by}`: {did_you_mean(by, labels) or known}")
        return labels[by]
    binding = data.opened.plan.binding
    targets = [each.field for each in binding.targets if each.field in labels] if binding else []
    return next((labels[name] for name in [*targets, *labels]), None)


def _numbers(part: "Part", label: "Field | None") -> "NDArray[np.int64] | None":
    import numpy as np

    return None if label is None else part.columns[label.name].array().reshape(-1).astype(np.int64)


def _require_few(data: "InspectedData", address: str, samples: int) -> None:
    from math import prod

    node = data.opened.plan.graph.by_name.get(address)
    size = prod(length or 1 for length in (node.shape if node and node.shape else ()))
    if size * samples > _MOST_NUMBERS:
        most = max(3, _MOST_NUMBERS // size)
        raise click.UsageError(
            f"`{address}` gives {size:,} numbers for each sample: take a later node, or --samples {most}"
        )
