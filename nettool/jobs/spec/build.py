"""What only Keras knows of a spec: its model, and shapes of layers that have no rule here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nettool.graph.network import Graph
from nettool.graph.options.user_code import needs_code
from nettool.graph.plan import Plan
from nettool.jobs.preflight import require_permission, start_engine
from nettool.jobs.run_options import EngineOptions
from nettool.spec.network.python_file import PythonFile
from nettool.spec.train.training import Training

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


def has_open_shapes(graph: Graph) -> bool:
    """Whether Keras has to be asked."""
    return any(node.shape is None for node in graph.nodes)


def with_shapes(graph: Graph, python: tuple[PythonFile, ...], options: EngineOptions) -> Graph:
    """The network with every shape, which Keras is asked for.

    Raises SpecError where the spec's own code would have to be run and was not allowed, and what
    `start_engine` raises.
    """
    if needs_code(graph, python):
        require_permission(python, is_allowed=options.allow_code)
    start_engine(python if options.allow_code else (), options)
    from nettool.engine.model.complete import complete_graph

    return complete_graph(graph)
