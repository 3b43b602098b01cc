"""The weights that are looked at: read from the model's file alone where that can be, else by Keras."""

from typing import TYPE_CHECKING

from nettool.cli.runs.inspect.options import Inspected
from nettool.graph.network import Graph
from nettool.graph.plan import Plan

if TYPE_CHECKING:
    from nettool.graph.trained_weights import LayerWeights


def learnt_weights(
    look: Inspected, plan: Plan, *, is_silent: bool = False
) -> "tuple[Graph, tuple[LayerWeights, ...]]":
    """Those of every layer, and the plan's graph, without gaps where Keras was asked.

    Raises what `OpenRun.start` does, where Keras has to be loaded.
    """
    from nettool.record.checkpoints.stored_weights import stored_weights

    stored = stored_weights(look.run.model_file, plan.graph)
    if stored is not None:
        return plan.graph, stored
    look.run.start(plan, look.engine(is_silent=is_silent))
    from nettool.jobs.predict.node_outputs import weights_of

    return weights_of(look.run.model_file, plan)
