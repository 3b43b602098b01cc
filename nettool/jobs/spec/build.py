"""Spec → Keras model, outside of any run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nettool.graph.plan import Plan
from nettool.jobs.preflight import require_permission, start_engine
from nettool.jobs.run_options import EngineOptions
from nettool.spec.training import Training

if TYPE_CHECKING:
    from nettool.engine.model.model_type import Model


def build(plan: Plan, options: EngineOptions) -> Model:
    """The network with new weights, drawn with the seed of its training.

    Raises SpecError for code that was not allowed, BuildFailed, NettoolBug, and what `start_engine` raises.
    """
    require_permission(plan.python, is_allowed=options.allow_code)
    start_engine(plan.python, options)
    from nettool.engine.devices.process_setup import begin
    from nettool.engine.model.build_model import build_model
    from nettool.engine.model.keras_check import check_agreement
    from nettool.engine.model.user_layers import blaming_user_code

    with blaming_user_code(plan.python):
        begin(plan.training or Training())
        model = build_model(plan.graph)
        check_agreement(plan.graph, model)
    return model
