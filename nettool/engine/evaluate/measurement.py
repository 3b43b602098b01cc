"""One pass over a part of the data that gives the metrics, and shows the answers they come from."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.diagnostics.caller import by_caller
from nettool.engine.compile.compile_model import build_objectives, compile_model
from nettool.engine.compile.metric_names import in_order, metric_names
from nettool.engine.devices.backend import backend
from nettool.engine.devices.out_of_memory import memory_for_batches
from nettool.engine.input.input_pipeline import evaluation_batch_size, evaluation_pipeline
from nettool.engine.input.unread_samples import noted_errors_raised
from nettool.engine.model.stateful import begin_anew
from nettool.engine.stop_signal import Stopped, StopSignal
from nettool.graph.trainable_plan import TrainablePlan

Seeing = Callable[[NDArray[np.float32]], None]
"""Is shown what an output gives for the samples of a batch, (samples, …), batch by batch in their order."""
_NOBODY: Mapping[str, Seeing] = MappingProxyType({})


@noted_errors_raised()
def measure(
    model: keras.Model,
    plan: TrainablePlan,
    part: Part,
    batch_size: int | None = None,
    seeing: Mapping[str, Seeing] = _NOBODY,
    stop: StopSignal | None = None,
) -> dict[str, float]:
    """The metrics of a part (`loss`, `accuracy` …); `seeing` is shown the answers, by output.

    No more than a batch of answers is in memory. A model that is not compiled yet (one from a file) is
    compiled as the plan says. The metrics are those of `model.evaluate`, to the bit on TensorFlow. Raises
    DataError when samples cannot be read, and Stopped after the batch in which a stop was requested.
    """
    if not model.compiled:
        compile_model(model, plan, len(part))
    batch_size = batch_size or usual_batch_size(plan)
    batches = evaluation_pipeline(plan, part, batch_size)
    build_objectives(model, batches.dataset)
    model.reset_metrics()
    begin_anew(model)
    smaller = by_caller(command_line="`--batch-size`", python="`train.batch_size`")
    with memory_for_batches(batch_size, f"train with a smaller {smaller}, which this one follows"):
        for batch in _answers(model, plan, frozenset(seeing), batches.dataset):
            if stop is not None and stop.requested:
                raise Stopped
            for output, answer in batch.items():
                seeing[output](np.asarray(answer))
    return in_order(metric_names(plan), model.get_metrics_result())


def usual_batch_size(plan: TrainablePlan) -> int:
    """The batch size for measuring and answering, where nobody asks for another one."""
    return evaluation_batch_size(plan.training.batch_size)


def _answers(
    model: keras.Model,
    plan: TrainablePlan,
    keep: frozenset[str],
    batches: Any,  # noqa: ANN401 - a dataset of TensorFlow's
) -> Iterator[Mapping[str, Any]]:
    """What Keras's own test step works out for each batch and does not give, by output."""

    def step(*arguments: Any) -> tuple[Any, dict[str, Any]]:  # noqa: ANN401 - what the backend's test step takes
        seen: list[Any] = []
        with _watched(model, seen):
            given = model.test_step(*arguments)
        return given, {output: each for output, each in _by_output(plan, seen[0]).items() if output in keep}

    if backend() == "jax":
        from nettool.engine.devices import on_jax

        return on_jax.tested(model, step, batches)
    from nettool.engine.devices import on_tensorflow

    return on_tensorflow.tested(model, step, batches)


@contextmanager
def _watched(model: keras.Model, seen: list[Any]) -> Iterator[None]:
    """Let `seen` have the answers that the model hands to its metrics."""
    compute_metrics = model.compute_metrics

    def watching(x: Any, y: Any, y_pred: Any, sample_weight: Any = None) -> Any:  # noqa: ANN401 - Keras's signature
        seen.append(y_pred)
        return compute_metrics(x, y, y_pred, sample_weight=sample_weight)

    model.compute_metrics = watching
    try:
        yield
    finally:
        del model.compute_metrics


def _by_output(plan: TrainablePlan, answers: Any) -> dict[str, Any]:  # noqa: ANN401 - a tensor or several
    return dict(answers) if isinstance(answers, dict) else {plan.graph.outputs[0]: answers}
