"""Losses and metrics of a plan → what `keras.Model.compile` takes."""

from collections.abc import Callable, Mapping
from typing import Any

import keras
from keras import ops

from nettool.engine.compile.combined_losses import LossBetween, SumOfLosses
from nettool.engine.compile.sample_averages import MEANS, RecordedAsMean
from nettool.engine.failures import refusals
from nettool.engine.input.targets import target_of
from nettool.engine.model.objects import keras_class, keras_object, keras_options, with_fractions
from nettool.graph.check.metric_reading import (
    ABOVE_A_THRESHOLD,
    AT_EVERY_THRESHOLD,
    CROSSENTROPIES,
    Reading,
    reading_of,
)
from nettool.graph.check.output_meaning import OutputMeaning
from nettool.graph.check.target_forms import ACCURACY_NAMES, OVERLAPS, SPARSE
from nettool.graph.objectives import Loss, Metric
from nettool.graph.trainable_plan import TrainablePlan

DENSE = {sparse: dense for dense, sparse in SPARSE.items()}


def objectives(plan: TrainablePlan) -> dict[str, Any]:
    """The arguments `loss`, `loss_weights` and `metrics` of `compile`.

    With one output they are a single loss, a list of one weight and a list of metrics; with several,
    dictionaries by output. Weights are left out where all are 1. Metrics bear the user's labels, so that
    Keras reports them by the names of `metric_names`.
    """
    by_output: dict[str, list[Loss]] = {}
    for loss in plan.losses:
        by_output.setdefault(loss.output, []).append(loss)
    losses = {output: _keras_loss(several) for output, several in by_output.items()}
    weights = {
        output: several[0].weight if len(several) == 1 else 1.0 for output, several in by_output.items()
    }
    metrics: dict[str, list[Any]] = {}
    meanings = plan.meanings
    for metric in plan.metrics:
        made = _metric(plan, metric, meanings[metric.output])
        metrics.setdefault(metric.output, []).append(made)
    weighted = any(weight != 1.0 for weight in weights.values())
    if len(plan.graph.outputs) == 1:
        (output,) = plan.graph.outputs
        return {
            "loss": losses.get(output),
            "loss_weights": [weights[output]] if weighted else None,
            "metrics": metrics.get(output),
        }
    return {"loss": losses, "loss_weights": weights if weighted else None, "metrics": metrics or None}


def losses_of(plan: TrainablePlan) -> list[tuple[Loss, keras.losses.Loss]]:
    """Each loss of the plan by itself, without its weight."""
    return [(loss, _single(loss)) for loss in plan.losses]


def require_objectives(plan: TrainablePlan) -> None:
    """Make each loss and metric once. Raises BuildFailed, at its place, for what Keras does not take."""
    for loss in plan.losses:
        with refusals(loss.output, loss.name, loss.span):
            _single(loss)
    meanings = plan.meanings
    for metric in plan.metrics:
        with refusals(metric.output, metric.name, metric.span):
            _metric(plan, metric, meanings[metric.output])


def _keras_loss(losses: list[Loss]) -> keras.losses.Loss:
    """One loss, or several of one output in one (which then holds their weights)."""
    found = [_single(loss) for loss in losses]
    return found[0] if len(found) == 1 else SumOfLosses(found, [loss.weight for loss in losses])


def _single(loss: Loss) -> keras.losses.Loss:
    found = keras_object("loss", loss.name, loss.options)
    if loss.options.get("reduction") not in MEANS:
        mean = keras_object("loss", loss.name, {**loss.options, "reduction": "mean"})
        found = RecordedAsMean(found, mean)
    return found if loss.between is None else LossBetween(found)


def _metric(plan: TrainablePlan, metric: Metric, meaning: OutputMeaning) -> keras.Metric:
    name = _fitting_name(plan, metric, meaning)
    options = {**_fitting_options(plan, metric, name, meaning), **metric.options}
    made = keras_class("metric", name)(
        name=metric.label, **keras_options(with_fractions("metric", name, options))
    )
    is_lone = _units(plan, metric.output) == 1
    if name in OVERLAPS and is_lone:
        read_through(made, above(meaning.threshold))
    reading = reading_of(name, meaning)
    takes_them_raw = bool(options.get("from_logits")) or _is_zero(options)
    if reading != "as they are" and not takes_them_raw:
        read_through(made, CHANGES[reading])
    if meaning.numbers == "signed scores" and name in ABOVE_A_THRESHOLD | AT_EVERY_THRESHOLD:
        # Targets of signed scores may be -1 and 1.
        read_through(made, _as_it_is, above(0.0))
    return made


def _is_zero(options: Mapping[str, object]) -> bool:
    """Whether the threshold is 0: that of logits and signed scores, as Keras's own documentation has it."""
    written = options.get("threshold", options.get("thresholds"))
    several = written if isinstance(written, list | tuple) else [written]
    return all(each is not None and each == 0 for each in several)


def _as_it_is(numbers: Any) -> Any:  # noqa: ANN401 - a tensor
    return numbers


def _fitting_name(plan: TrainablePlan, metric: Metric, meaning: OutputMeaning) -> str:
    """The metric's class for the target's form: Keras guesses it from shapes, the encoding says it."""
    target = target_of(plan, metric.output)
    name = metric.name
    if name in ACCURACY_NAMES:
        is_lone = target is not None and bool(target.shape) and target.shape[-1] == 1
        binary = target is not None and target.encoding == "value" and (is_lone or meaning.each)
        name = "BinaryAccuracy" if binary else "CategoricalAccuracy"
    if target is not None and target.encoding == "index":
        return SPARSE.get(name, name)
    return DENSE.get(name, name)


def _fitting_options(
    plan: TrainablePlan, metric: Metric, name: str, meaning: OutputMeaning
) -> dict[str, object]:
    """What a metric must know of the output's numbers and of the target's form, which Keras only assumes."""
    target, units = target_of(plan, metric.output), _units(plan, metric.output)
    is_index = target is not None and target.encoding == "index"
    if name == "BinaryAccuracy":
        return {"threshold": meaning.threshold}
    if name in ("F1Score", "FBetaScore"):
        asks_each = units == 1 or (meaning.each and target is not None and target.encoding == "value")
        return {"threshold": 0.5} if asks_each else {}
    if CROSSENTROPIES.get(name) == meaning.numbers or (name, meaning.numbers) == ("AUC", "sigmoid logits"):
        return {"from_logits": True}
    if name in OVERLAPS and target is not None and units != 1:
        return {"sparse_y_true": is_index, "sparse_y_pred": False}
    return {}


def _units(plan: TrainablePlan, output: str) -> int | None:
    shape = plan.graph.by_name[output].shape
    if shape:
        return shape[-1]
    target = target_of(plan, output)
    return None if target is None or not target.shape else target.shape[-1]


Change = Callable[[Any], Any]

_SQUASH = 4.0
"""So steep that what lies between 0 and 1 takes up most of the thresholds that a metric tries."""


def _sigmoid(numbers: Any) -> Any:  # noqa: ANN401 - a tensor
    """Spelt out: Keras would take the logits back from its own sigmoid or softmax, as losses like them."""
    return ops.exp(-ops.softplus(-numbers))


CHANGES: Mapping[Reading, Change] = {
    "sigmoid": _sigmoid,
    "softmax": lambda numbers: ops.exp(ops.log_softmax(numbers)),
    "squashed": lambda numbers: _sigmoid(_SQUASH * (numbers - 0.5)),
}


def read_through(metric: keras.Metric, prediction: Change, target: Change | None = None) -> None:
    """Let the metric see changed predictions (and targets); a mask stays what it is."""
    update = metric.update_state

    def reading(y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:  # noqa: ANN401 - Keras's signature
        mask = getattr(y_pred, "_keras_mask", None)
        seen = prediction(ops.cast(y_pred, "float32"))
        if mask is not None:
            seen._keras_mask = mask
        wanted = y_true if target is None else target(y_true)
        return update(wanted, seen, sample_weight=sample_weight)

    metric.update_state = reading


def above(threshold: float) -> Change:
    """1 for what is greater, else 0."""
    return lambda numbers: ops.cast(ops.greater(numbers, threshold), "float32")
