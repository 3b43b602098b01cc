"""The names of the figures that a plan's training reports, in the order in which they are shown."""

from collections.abc import Mapping, Sequence

import numpy as np

from nettool.graph.check import metric_names as names
from nettool.graph.trainable_plan import TrainablePlan

VALIDATION = "val_"
"""What stands before the name of a figure measured on the validation part."""


def figure_names(plan: TrainablePlan) -> tuple[str, ...]:
    """`loss`, the losses of the outputs (when there are several), the metrics: as Keras names them too.

    Keras does so when the model is compiled with `objectives`.
    """
    return names.figure_names(plan.graph.outputs, plan.losses, plan.metrics)


def in_order(wanted: Sequence[str], figures: Mapping[str, float]) -> dict[str, float]:
    """The figures as plain numbers: those named first, in that order, then their `val_` counterparts."""
    ordered = [*wanted, *(VALIDATION + name for name in wanted)]
    return {name: plain_number(figures[name]) for name in ordered if name in figures}


def plain_number(figure: float) -> float:
    """A float32 of Keras as the shortest number that stands for it: 0.01, not 0.009999999776482582."""
    return float(str(np.float32(figure)))
