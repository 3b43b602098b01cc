"""The names of the losses and metrics that a training reports, in the order in which they are shown."""

from collections.abc import Mapping, Sequence

import numpy as np

from nettool.graph.trainable_plan import TrainablePlan
from nettool.vocabulary.metric_directions import VALIDATION_PREFIX


def metric_names(plan: TrainablePlan) -> tuple[str, ...]:
    """`loss`, the losses of the outputs (when there are several), the metrics: as Keras names them too.

    Keras does so when the model is compiled with `objectives`.
    """
    return tuple(plan.better)


def in_order(names: Sequence[str], measured: Mapping[str, float]) -> dict[str, float]:
    """What was measured as plain numbers: those named, in that order, then their `val_` counterparts."""
    ordered = [*names, *(VALIDATION_PREFIX + name for name in names)]
    return {name: plain_number(measured[name]) for name in ordered if name in measured}


def plain_number(value: float) -> float:
    """A float32 of Keras as the shortest number that stands for it: 0.01, not 0.009999999776482582."""
    return float(str(np.float32(value)))
