"""How many steps to hand to TensorFlow at once: enough to hide Python's cost, few enough to answer soon."""

from math import prod

from nettool.graph.network import Graph, Node
from nettool.layers.catalogue import layers_with
from nettool.layers.outcome import Shape

SECONDS_PER_EXECUTION = 0.1
LONGEST_EXECUTION = 0.4
"""Seconds: with longer ones progress would move, and Ctrl-C be heard, less than several times a second."""
MOST_STEPS = 64
SECONDS_BETWEEN_EXECUTIONS = 0.0015
"""What Keras's loop and the callbacks take, measured on the small network of benchmarks/ratios.py."""
SECONDS_OF_TRACING = 3.0
"""What another number of steps costs once: the step is traced and optimized anew."""
ASSUMED_FLOPS = 1e11
"""Floating-point operations per second of two cores, rather low than high."""
TRAINING_PASSES = 3
"""Forward, and backward to the inputs and to the weights: each costs about the same."""

LOOK_UPS = frozenset({"Embedding"})
"""Layers whose weights are read, not multiplied."""


def steps_per_execution(graph: Graph, batch_size: int, steps: int) -> int:
    """A number from 1 to 64, at most `steps` (those of an epoch), for about a tenth of a second each time."""
    operations = 2 * TRAINING_PASSES * batch_size * multiply_adds(graph)
    return _affordable(max(operations, 1) / ASSUMED_FLOPS, steps)


def better_steps_per_execution(present: int, seconds_per_step: float, steps: int, left: int) -> int | None:
    """Another number of steps at once, now that it is measured how long one takes; None if it is well so.

    At most `steps` (those of an epoch). Fewer where an execution takes too long; more where what is saved in
    the `left` steps of the training is more than the change costs.
    """
    wanted = _affordable(seconds_per_step, steps)
    if present * seconds_per_step > LONGEST_EXECUTION:
        return wanted if wanted < present else None
    saved = left * SECONDS_BETWEEN_EXECUTIONS * (1 / present - 1 / wanted)
    return wanted if saved > SECONDS_OF_TRACING else None


def _affordable(seconds_per_step: float, steps: int) -> int:
    return max(1, min(int(SECONDS_PER_EXECUTION / max(seconds_per_step, 1e-9)), MOST_STEPS, steps))


def multiply_adds(graph: Graph) -> int:
    """An estimate for one sample through the whole network: kernel parameters × positions, node by node."""
    nodes = graph.by_name
    return sum(_of_node(node, nodes) for node in graph.nodes)


def _of_node(node: Node, nodes: dict[str, Node]) -> int:
    if node.weights is None or node.shape is None or node.operation in LOOK_UPS:
        return 0
    kernels = sum(weight.parameter_count for weight in node.weights if len(weight.shape) > 1)
    shape: Shape | None = node.shape
    if node.operation in layers_with("weights at each input") and node.inputs:
        shape = nodes[node.inputs[0]].shape
    return kernels * _positions(shape)


def _positions(shape: Shape | None) -> int:
    return prod(length or 1 for length in shape[:-1]) if shape else 1
