"""The names of the figures that a plan's training reports, in the order in which they are shown."""

from collections.abc import Iterable, Mapping

import numpy as np

from nettool.graph.plan import Plan

VALIDATION = "val_"
"""What stands before the name of a figure measured on the validation part."""


def figure_names(plan: Plan) -> tuple[str, ...]:
    """`loss`, then the losses of the outputs (when there are several), then the metrics.

    A network with one output has `loss` and its metrics' labels; with several outputs each name starts with
    the output's: `left_loss`, `left_accuracy`. These are the names that Keras gives to a model that is
    compiled with `objectives`.
    """
    names = ["loss"]
    if len(plan.losses) > 1:
        names += [f"{loss.output}_loss" for loss in plan.losses]
    several = len(plan.graph.outputs) > 1
    names += [f"{metric.output}_{metric.label}" if several else metric.label for metric in plan.metrics]
    return tuple(names)


def in_order(names: Iterable[str], figures: Mapping[str, float]) -> dict[str, float]:
    """The figures as plain numbers: those named first, in that order, then their `val_` counterparts."""
    wanted = list(names)
    ordered = wanted + [VALIDATION + name for name in wanted]
    return {name: plain_number(figures[name]) for name in ordered if name in figures}


def plain_number(figure: float) -> float:
    """A float32 of Keras as the shortest number that stands for it: 0.01, not 0.009999999776482582."""
    return float(str(np.float32(figure)))
