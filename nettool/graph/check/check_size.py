"""Is a layer too large for any machine? Such a size is a slip; building it would take the machine down."""

from math import prod

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.graph.network import Node
from nettool.layers.outcome import Shape, shape_text

MOST_NUMBERS = 10**12
"""Parameters of one layer, or values that it gives for one sample: 4 TB of them in float32."""


def check_size(nodes: tuple[Node, ...], findings: Findings) -> None:
    """Report every layer with more parameters or values than that, once where one causes the next."""
    large: set[str] = set()
    for node in nodes:
        parameters = node.parameter_count or 0
        if parameters <= MOST_NUMBERS and _values(node.shape) <= MOST_NUMBERS:
            continue
        if large.isdisjoint(node.inputs):
            has = (
                f"{parameters:,} parameters"
                if parameters > MOST_NUMBERS
                else f"{_values(node.shape):,} values for each sample, {shape_text(node.shape)}"
            )
            message = f"`{node.name}` has {has}: no machine can hold more than {MOST_NUMBERS:,}"
            help_text = "check its options, and the shape of its input"
            findings.add(Diagnostic("NT318", message, node.span, help=help_text))
        large.add(node.name)


def _values(shape: Shape | None) -> int:
    return prod(length for length in shape or () if length is not None)
