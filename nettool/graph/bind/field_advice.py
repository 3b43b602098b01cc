"""What to write or save where a field is read as something else than it is."""

from nettool.data.field import Field
from nettool.data.sources.source import DataSource
from nettool.graph.check.target_forms import ACCURACY_NAMES, NUMBER_LOSSES, SPARSE
from nettool.graph.objectives import Loss, Metric
from nettool.layers.outcome import Shape

_CHANNELS = (1, 3, 4)
_OF_CLASSES = frozenset(
    {*NUMBER_LOSSES, *SPARSE, *SPARSE.values(), *ACCURACY_NAMES, "CategoricalFocalCrossentropy"}
)
"""Losses and metrics of an output that says which class a sample has."""


def channels_first_advice(field: Field, wanted: Shape | None = None) -> str | None:
    """How to save images whose channels stand before height and width; None for other fields.

    `wanted` is the shape of the input that they should feed.
    """
    if field.kind != "vector" or len(field.shape) != 3:
        return None
    channels, height, width = field.shape
    last: Shape = (height, width, channels)
    if channels not in _CHANNELS or width in _CHANNELS or wanted not in (None, last):
        return None
    name = field.name
    return (
        f"these look like images with their channels first: save them as (samples, {height}, {width}, "
        f"{channels}), with `numpy.moveaxis({name}, 1, -1)`, and write `{name}: {list(last)}` under `inputs`"
    )


def label_advice(
    field: Field, given: Shape, objectives: tuple[Loss | Metric, ...], source: DataSource
) -> str | None:
    """How to say that a field of one number is a label, where an output of several units is to learn it."""
    if field.kind != "vector" or field.shape not in ((), (1,)) or given[-1:] in ((), (1,)):
        return None
    if not any(each.name in _OF_CLASSES for each in objectives):
        return f"`{field.name}` is one number: give the output 1 unit"
    advice = source.kind_advice(field.name, "label")
    return None if advice is None else f"for numbers of classes {advice}"


def target_advice(objective: Loss | Metric, field: str) -> str:
    """How a loss or metric says the field that it aims at; what it says besides stays."""
    if objective.options or (isinstance(objective, Loss) and objective.weight != 1):
        return f"add `target: {field}`"
    kind = "loss" if isinstance(objective, Loss) else "metric"
    return f"write `{{{kind}: {objective.name}, target: {field}}}`"
