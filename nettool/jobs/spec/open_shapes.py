"""A network with shapes that only Keras knows: those of layers that have no rule here."""

from nettool.graph.network import Graph
from nettool.graph.options.user_code import needs_code
from nettool.jobs.preflight import require_permission, start_engine
from nettool.jobs.run_options import EngineOptions
from nettool.spec.python_file import PythonFile


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
