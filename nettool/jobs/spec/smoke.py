"""Does a spec build, train a few steps and evaluate? On random data, in memory, nothing written."""

import time
from contextlib import nullcontext
from dataclasses import dataclass, replace

from nettool.data.sources.random_part import random_part
from nettool.engine.compile.objectives import require_objectives
from nettool.engine.compile.optimizer import require_optimizer
from nettool.engine.compile.supported import require_computable
from nettool.engine.compile.training_length import training_length
from nettool.engine.devices.out_of_memory import memory_for
from nettool.engine.devices.process_setup import begin, fresh_session
from nettool.engine.devices.without_tracing import without_tracing
from nettool.engine.evaluate.evaluation import evaluate
from nettool.engine.model.build_model import build_model
from nettool.engine.model.keras_check import check_agreement, completed
from nettool.engine.model.user_layers import blaming_user_code, load_user_layers
from nettool.engine.stop_signal import StopSignal
from nettool.engine.train.checkpoint_writer import KeepsNothing
from nettool.engine.train.training import train
from nettool.graph.complete_plan import complete_plan
from nettool.graph.costs import node_costs, total_multiply_adds
from nettool.graph.network import Graph
from nettool.graph.plan import Plan
from nettool.graph.synthetic_data import with_synthetic_data
from nettool.jobs.preflight import smaller_layers
from nettool.jobs.run_options import ignore
from nettool.spec.train.training import Training

STEPS = 3
LARGEST_BATCH = 4
_COSTLY = 10**8
"""Multiply-adds for a sample."""


@dataclass(frozen=True, slots=True)
class SmokeResult:
    """A spec that trained: its parameters, the loss after a few steps, the seconds it took.

    `loss` is None for a spec without losses, which was only built.
    """

    parameters: int
    loss: float | None
    seconds: float


def smoke(plan: Plan) -> SmokeResult:
    """Build, train three small steps (one where they are costly), evaluate.

    Raises BuildFailed, NettoolBug, NotPossible, OutOfMemory, TrainingFailed, and UserCodeFailed for the code
    of the spec.
    """
    load_user_layers(plan.python)
    with blaming_user_code(plan.python):
        return _smoke(plan)


def _smoke(plan: Plan) -> SmokeResult:
    started = time.monotonic()
    fresh_session()
    settings = plan.training or Training()
    begin(settings)
    require_computable(plan.graph)
    with memory_for("the network", smaller_layers()):
        model = build_model(plan.graph)
    check_agreement(plan.graph, model)
    if not plan.losses:
        return SmokeResult(model.count_params(), None, time.monotonic() - started)
    steps, largest_batch = _extent(plan.graph)
    batch_size = plan.graph.batch_size or min(settings.batch_size, largest_batch)
    short = replace(
        settings, epochs=1, batch_size=batch_size, validation_split=0.0, max_time=None, overfit=None
    )
    whole = complete_plan(plan, completed(plan.graph, model))
    trained = with_synthetic_data(whole, short)
    part = random_part(trained.binding.fields, steps * batch_size, settings.seed)
    require_objectives(trained)
    require_optimizer(trained, training_length(trained, len(part)))
    tracing = nullcontext() if _needs_tracing(whole) else without_tracing()
    with memory_for(f"batches of {batch_size} samples", "make the network smaller, or its input"), tracing:
        train(model, trained, part, None, listener=ignore, stop=StopSignal(), checkpoints=KeepsNothing())
        metrics = evaluate(model, trained, part, batch_size)
    return SmokeResult(model.count_params(), metrics["loss"], time.monotonic() - started)


def _extent(graph: Graph) -> tuple[int, int]:
    """Steps, and samples of each: as few as show that it trains where each sample costs seconds."""
    is_costly = total_multiply_adds(node_costs(graph)).known > _COSTLY
    return (1, 2) if is_costly else (STEPS, LARGEST_BATCH)


def _needs_tracing(plan: Plan) -> bool:
    """Whether steps may fail in a graph that run without one: open sizes, or code of the user's."""
    is_open = any(node.shape is None or None in node.shape for node in plan.graph.nodes)
    return is_open or bool(plan.python)
