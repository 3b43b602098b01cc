"""A graph with gaps → the whole graph: Keras is asked for what no rule of ours knows."""

from nettool.engine.devices.start import start
from nettool.engine.model.build_model import build_model
from nettool.engine.model.keras_check import check_agreement, completed
from nettool.graph.network import Graph


def complete_graph(graph: Graph) -> Graph:
    """The graph with every shape and every set of weights. Raises BuildFailed when Keras refuses a node."""
    start()
    model = build_model(graph)
    check_agreement(graph, model)
    return completed(graph, model)
