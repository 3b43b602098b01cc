"""The weights of a saved model: read from its file alone where that can be, else by Keras."""

from collections.abc import Sequence

from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.network import Graph
from nettool.graph.plan import Plan
from nettool.graph.trained_weights import LayerWeights
from nettool.jobs.call_error import CallError
from nettool.jobs.open_run import OpenRun
from nettool.jobs.run_options import EngineOptions
from nettool.record.checkpoints.stored_weights import stored_weights


def trained_weights(
    run: OpenRun, plan: Plan, options: EngineOptions
) -> tuple[Graph, tuple[LayerWeights, ...]]:
    """Those of every layer, and the plan's graph, without gaps where Keras was asked.

    Raises RunDamaged and OSError; where Keras is asked, what `OpenRun.start` and `load_model` raise.
    """
    stored = stored_weights(run.model_file, plan.graph)
    if stored is not None:
        return plan.graph, stored
    run.start(plan, options)
    from nettool.engine.evaluate.load_model import load_model
    from nettool.engine.model.keras_check import completed
    from nettool.engine.model.user_layers import blaming_user_code
    from nettool.engine.model.weights import layer_weights

    with blaming_user_code(plan.python):
        model = load_model(run.model_file, plan.graph, plan.precision)
        graph = completed(plan.graph, model)
    return graph, layer_weights(model, graph)


def layer_with_kernel(graph: Graph, weights: tuple[LayerWeights, ...], address: str | None) -> LayerWeights:
    """The layer of that address, by default the first convolution over images.

    Raises CallError, with the names of those that have a kernel, where this one has none.
    """
    from nettool.views.inspect.kernel_forms import drawable, first_image_kernel

    with_kernels = [each for each in weights if drawable(each)]
    if address is None:
        first = first_image_kernel(weights) or next(iter(with_kernels), None)
        if first is None:
            raise CallError("no layer of the network has a kernel")
        return first
    node = graph.by_name.get(address)
    owner = address if node is None else node.owner or address
    for each in with_kernels:
        if each.node == owner:
            return each
    raise CallError(_no_kernel(graph, owner, address, weights, [each.node for each in with_kernels]))


def _no_kernel(
    graph: Graph, owner: str, address: str, weights: Sequence[LayerWeights], names: Sequence[str]
) -> str:
    node = graph.by_name.get(address)
    if node is None and owner not in {each.node for each in weights}:
        advice = did_you_mean(owner, names) or f"kernels have {listing(names)}"
        return f"no layer with weights is called `{owner}`: {advice}"
    what = "is a network of its own" if node is not None and node.application else "has no kernel"
    operation = f" ({node.operation})" if node is not None else ""
    inside = [name for name in names if name.startswith(f"{owner}.")]
    return f"`{owner}`{operation} {what}; these nodes have one: {listing(inside or names)}"
