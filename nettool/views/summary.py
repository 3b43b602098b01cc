"""The network as a table: every node with its layer, output shape, parameters and where it comes from."""

from nettool.graph.network import Graph, Node
from nettool.layers.outcome import Shape

_HEADINGS = ("node", "layer", "output shape", "parameters", "from")
_RIGHT_ALIGNED = frozenset({3})
_GAP = "  "
_BYTES_PER_PARAMETER = 4


def summary_text(graph: Graph, title: str | None = None) -> str:
    """The table and its totals, as wide as they need to be, without spaces at the ends of lines."""
    rows = [_row(node) for node in graph.nodes]
    widths = [max(map(len, column)) for column in zip(_HEADINGS, *rows, strict=True)]
    rule = "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    lines = [title or graph.name, "", _line(_HEADINGS, widths), rule]
    lines += [_line(row, widths) for row in rows]
    return "\n".join([*lines, rule, *_totals(graph)]) + "\n"


def summary_facts(graph: Graph) -> dict[str, object]:
    """The same as plain data, ready to be JSON.

    An `output_shape` starts with null for the batch axis and has null for a length that varies; it is null
    itself, as `parameters` is, when no rule knows the layer.
    """
    return {
        "name": graph.name,
        "parameters": graph.parameter_count,
        "trainable_parameters": graph.trainable_parameter_count,
        "nodes": [
            {
                "name": node.name,
                "layer": node.operation,
                "output_shape": None if node.shape is None else [None, *node.shape],
                "parameters": node.parameter_count,
                "from": list(node.inputs),
            }
            for node in graph.nodes
        ],
    }


def keras_shape_text(shape: Shape | None) -> str:
    """A shape as Keras prints it, with its batch axis: `(None, 30, 30, 32)`; `?` when unknown."""
    return "?" if shape is None else str((None, *shape))


def count_text(count: int | None) -> str:
    """A number of parameters with thousands commas; `?` when unknown."""
    return "?" if count is None else f"{count:,}"


def memory_text(byte_count: int) -> str:
    """A number of bytes in three figures; one KB is 1,024 bytes, as in Keras's summary."""
    size, units = float(byte_count), ["TB", "GB", "MB", "KB", "B"]
    while size >= 999.5 and len(units) > 1:
        size /= 1024
        units.pop()
    return f"{size:.3g} {units[-1]}"


def _row(node: Node) -> tuple[str, ...]:
    parameters = count_text(node.parameter_count) if node.owner is None else f"shared with {node.owner}"
    return (node.name, node.operation, keras_shape_text(node.shape), parameters, ", ".join(node.inputs))


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    aligned = (
        cell.rjust(width) if position in _RIGHT_ALIGNED else cell.ljust(width)
        for position, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return _GAP.join(aligned).rstrip()


def _totals(graph: Graph) -> list[str]:
    total, trainable = graph.parameter_count, graph.trainable_parameter_count
    if total is None or trainable is None:
        unknown = [node.name for node in graph.nodes if node.parameter_count is None]
        return ["Parameters: ?", f"  not known for {', '.join(unknown)}"]
    facts = {
        "trainable": count_text(trainable),
        "non-trainable": count_text(total - trainable),
        "in float32": memory_text(total * _BYTES_PER_PARAMETER),
    }
    return [f"Parameters: {total:,}", *(f"  {name:<13}  {value}" for name, value in facts.items())]
