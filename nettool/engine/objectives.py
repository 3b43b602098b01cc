"""Losses and metrics of a plan → what `keras.Model.compile` takes."""

from typing import Any

import keras

from nettool.engine.combined_losses import LossBetween, SumOfLosses
from nettool.engine.failures import refusals
from nettool.engine.objects import keras_class, keras_object, keras_options, with_fractions
from nettool.engine.targets import target_of
from nettool.graph.binding import TargetBinding
from nettool.graph.objectives import Loss, Metric
from nettool.graph.plan import Plan
from nettool.graph.target_forms import ACCURACY_NAMES, OVERLAPS, SPARSE

DENSE = {sparse: dense for dense, sparse in SPARSE.items()}


def objectives(plan: Plan) -> dict[str, Any]:
    """The arguments `loss`, `loss_weights` and `metrics` of `compile`.

    With one output they are a single loss, a list of one weight and a list of metrics; with several,
    dictionaries by output. Weights are left out where all are 1. Metrics bear the user's labels, so that
    Keras's figures have the names of `figure_names`.
    """
    by_output: dict[str, list[Loss]] = {}
    for loss in plan.losses:
        by_output.setdefault(loss.output, []).append(loss)
    losses = {output: _keras_loss(several) for output, several in by_output.items()}
    weights = {
        output: several[0].weight if len(several) == 1 else 1.0 for output, several in by_output.items()
    }
    metrics: dict[str, list[Any]] = {}
    for metric in plan.metrics:
        metrics.setdefault(metric.output, []).append(_metric(plan, metric))
    weighted = any(weight != 1.0 for weight in weights.values())
    if len(plan.graph.outputs) == 1:
        (output,) = plan.graph.outputs
        return {
            "loss": losses.get(output),
            "loss_weights": [weights[output]] if weighted else None,
            "metrics": metrics.get(output),
        }
    return {"loss": losses, "loss_weights": weights if weighted else None, "metrics": metrics or None}


def losses_of(plan: Plan) -> list[tuple[Loss, keras.losses.Loss]]:
    """Each loss of the plan by itself, without its weight."""
    return [(loss, _single(loss)) for loss in plan.losses]


def require_objectives(plan: Plan) -> None:
    """Make each loss and metric once. Raises BuildFailed, at its place, for what Keras does not take."""
    for loss in plan.losses:
        with refusals(loss.output, loss.name, loss.span):
            _single(loss)
    for metric in plan.metrics:
        with refusals(metric.output, metric.name, metric.span):
            _metric(plan, metric)


def _keras_loss(losses: list[Loss]) -> keras.losses.Loss:
    """One loss, or several of one output in one (which then holds their weights)."""
    found = [_single(loss) for loss in losses]
    return found[0] if len(found) == 1 else SumOfLosses(found, [loss.weight for loss in losses])


def _single(loss: Loss) -> keras.losses.Loss:
    found = keras_object("loss", loss.name, loss.options)
    return found if loss.between is None else LossBetween(found)


def _metric(plan: Plan, metric: Metric) -> keras.Metric:
    name = _fitting_name(plan, metric)
    options = {**_fitting_options(plan, metric), **metric.options}
    return keras_class("metric", name)(
        name=metric.label, **keras_options(with_fractions("metric", name, options))
    )


def _fitting_name(plan: Plan, metric: Metric) -> str:
    """The metric's class for the target's form: Keras guesses it from shapes, the encoding says it."""
    target = target_of(plan, metric.output)
    name = metric.name
    if name in ACCURACY_NAMES:
        binary = target is not None and target.encoding == "value" and _is_binary(plan, target)
        name = "BinaryAccuracy" if binary else "CategoricalAccuracy"
    if target is not None and target.encoding == "index":
        return SPARSE.get(name, name)
    return DENSE.get(name, name)


def _fitting_options(plan: Plan, metric: Metric) -> dict[str, object]:
    """What a metric of classes must know of the target's form: Keras takes target and answer for numbers."""
    target = target_of(plan, metric.output)
    if metric.name not in OVERLAPS or target is None or target.encoding == "value":
        return {}
    return {"sparse_y_true": target.encoding == "index", "sparse_y_pred": False}


def _is_binary(plan: Plan, target: TargetBinding) -> bool:
    single = bool(target.shape) and target.shape[-1] == 1
    return single or any(
        loss.output == target.output and loss.name == "BinaryCrossentropy" for loss in plan.losses
    )
