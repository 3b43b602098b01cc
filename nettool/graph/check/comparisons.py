"""`{loss: …, between: [a, b]}`: two nodes that a loss compares meet in a node of their own."""

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.graph.network import Graph, Node
from nettool.graph.objectives import Loss
from nettool.layers.outcome import Shape, shape_text


def with_comparisons(graph: Graph, losses: tuple[Loss, ...], findings: Findings) -> Graph:
    """The graph with, for each loss between two nodes, an output that holds both, side by side.

    So the loss sees them in one tensor of twice the last length, and any Keras loss can compare its halves.
    """
    by_name = graph.by_name
    nodes: list[Node] = []
    for loss in losses:
        if loss.between is None:
            continue
        left, right = (by_name.get(name) for name in loss.between)
        if left is None or right is None:
            continue
        if left.shape is not None and right.shape is not None and left.shape != right.shape:
            shapes = shape_text(left.shape), shape_text(right.shape)
            message = f"`{loss.output}` cannot compare {shapes[0]} and {shapes[1]}"
            labels = (Label(left.span, f"gives {shapes[0]}"), Label(right.span, f"gives {shapes[1]}"))
            findings.add(Diagnostic("NT405", message, loss.span, "needs equal shapes", labels))
        shape = _doubled(left.shape)
        nodes.append(
            Node(loss.output, "Concatenate", {"axis": -1}, (left.name, right.name), loss.span, shape, ())
        )
    outputs = (*graph.outputs, *(node.name for node in nodes))
    return Graph(graph.name, (*graph.nodes, *nodes), graph.inputs, outputs) if nodes else graph


def _doubled(shape: Shape | None) -> Shape | None:
    if not shape:
        return None
    return (*shape[:-1], None if shape[-1] is None else 2 * shape[-1])
