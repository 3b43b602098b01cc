"""The network as a table: every node with its layer, output shape, parameters and multiply-adds."""

from collections.abc import Iterable, Sequence

from nettool.graph.collapse import collapse_models, members
from nettool.graph.costs import (
    NUMBER_BYTES,
    Cost,
    Total,
    cost_of,
    node_costs,
    total_multiply_adds,
    total_output_bytes,
)
from nettool.graph.network import Graph, Node
from nettool.layers.outcome import shape_text
from nettool.spec.train.training import Training
from nettool.views.terminal.table import table

_HEADINGS = ("node", "layer", "output shape", "parameters", "mult-adds", "from")
_SHAPE, _PARAMETERS, _PRODUCTS = 2, 3, 4
_RIGHT_ALIGNED = (_PARAMETERS, _PRODUCTS)
_SHARED = "shared"
_BYTES_PER_PARAMETER = 4
_NAMED = 4
"""How many nodes of unknown cost are named."""


def summary_text(
    graph: Graph,
    title: str | None = None,
    *,
    expanded: bool = False,
    training: Training | None = None,
    width: int | None = None,
) -> str:
    """The table and its totals, within the width if there is one, without spaces at the ends of lines.

    A use of a model is one row unless `expanded`. `from` is empty where the line above feeds a node, and left
    out where that is so for all. `training` says the batch size and the precision for the memory.
    """
    costs = node_costs(graph, _number_bytes(training))
    rows = list(_rows(graph, costs, expanded))
    headings = _HEADINGS if any(row[-1] for row in rows) else _HEADINGS[:-1]
    cells = [headings, *(row[: len(headings)] for row in rows)]
    lines = table(cells, _RIGHT_ALIGNED)
    if width is not None and len(max(lines, key=len)) > width:
        cells = [_with_short_sharing(row) for row in cells]
        lines = table(cells, _RIGHT_ALIGNED, width=width, expendable=[_PRODUCTS], whole=[_SHAPE])
    rule = "─" * max(map(len, lines))
    totals = [*_parameters(graph), *_costs(graph, costs, training)]
    return "\n".join([title or graph.name, "", lines[0], rule, *lines[1:], rule, *totals]) + "\n"


def summary_facts(
    graph: Graph, *, expanded: bool = True, training: Training | None = None
) -> dict[str, object]:
    """The same as plain data, ready to be JSON.

    An `output_shape` starts with null for the batch axis and has null for a length that varies; it is null
    itself, as `parameters` and `multiply_adds` are, when no rule knows the layer. `multiply_adds` and
    `activation_bytes` are for one sample; of the whole network they are null when they are not known for
    all of it, and `at_least` holds the sums of what is known.
    """
    costs = node_costs(graph, _number_bytes(training))
    shown, by_row = _shown(graph, costs, expanded)
    products, memory = total_multiply_adds(costs), total_output_bytes(costs)
    return {
        "name": graph.name,
        "parameters": graph.parameter_count,
        "trainable_parameters": graph.trainable_parameter_count,
        "multiply_adds": products.exact,
        "activation_bytes": memory.exact,
        "at_least": {"multiply_adds": products.known, "activation_bytes": memory.known},
        "batch_size": _batch_size(graph, training),
        "nodes": [
            {
                "name": node.name,
                "layer": node.operation,
                "output_shape": None if node.shape is None else [None, *node.shape],
                "parameters": node.parameter_count,
                "multiply_adds": by_row[node.name].multiply_adds,
                "activation_bytes": by_row[node.name].output_bytes,
                "from": list(node.inputs),
            }
            for node in shown.nodes
        ],
    }


def short_count(count: int | None) -> str:
    """A number in three figures: `15.5 G`, `896`; `?` when unknown. 1 k is 1,000."""
    if count is None:
        return "?"
    size, units = float(count), ["P", "T", "G", "M", "k"]
    if size < 999.5:
        return str(count)
    size /= 1000
    while size >= 999.5 and len(units) > 1:
        size /= 1000
        units.pop()
    return f"{size:.3g} {units[-1]}"


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


def _rows(graph: Graph, costs: dict[str, Cost], expanded: bool) -> Iterable[tuple[str, ...]]:
    shown, by_row = _shown(graph, costs, expanded)
    above = None
    for node in shown.nodes:
        count = count_text(node.parameter_count)
        parameters = count if node.owner is None else f"{_SHARED} with {node.owner}"
        products = short_count(by_row[node.name].multiply_adds)
        feeding = "" if node.inputs == (above,) else ", ".join(_near_names(node))
        yield (node.name, node.operation, shape_text(node.shape), parameters, products, feeding)
        above = node.name


def _with_short_sharing(row: Sequence[str]) -> tuple[str, ...]:
    """The row without whose parameters are shared: that they are is what a narrow terminal has room for."""
    is_shared = row[_PARAMETERS].startswith(f"{_SHARED} ")
    return tuple(_SHARED if is_shared and number == _PARAMETERS else cell for number, cell in enumerate(row))


def _shown(graph: Graph, costs: dict[str, Cost], expanded: bool) -> tuple[Graph, dict[str, Cost]]:
    """What the rows are about, and what each of them costs."""
    if expanded:
        return graph, costs
    collapsed = collapse_models(graph)
    inside = members(graph, collapsed)
    return collapsed, {name: cost_of(nodes, costs) for name, nodes in inside.items()}


def _near_names(node: Node) -> Sequence[str]:
    """What feeds a node, called by its name alone where it stands in the same block."""
    around = f"{node.groups[-1].address}." if node.groups else ""
    return [source.removeprefix(around) for source in node.inputs]


def _parameters(graph: Graph) -> list[str]:
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


def _costs(graph: Graph, costs: dict[str, Cost], training: Training | None) -> list[str]:
    products, memory = total_multiply_adds(costs), total_output_bytes(costs)
    lines = [f"Multiply-adds: {_bounded(products, f'{products.known:,}')}"]
    text = f"Activations: {_bounded(memory, memory_text(memory.known))}"
    batch_size = _batch_size(graph, training)
    if batch_size is not None and memory.known:
        text += f", {memory_text(memory.known * batch_size)} at batch {batch_size} (training)"
    lines += _not_known(products)
    return [*lines, text, *_not_known(memory)]


def _bounded(total: Total, text: str) -> str:
    if not total.known and total.unknown:
        return "?"
    return f"{text} per sample" if total.exact is not None else f"at least {text} per sample"


def _not_known(total: Total) -> list[str]:
    names, more = total.unknown[:_NAMED], len(total.unknown) - _NAMED
    if not names:
        return []
    return [f"  not known for {', '.join(names)}" + (f" and {more} more" if more > 0 else "")]


def _batch_size(graph: Graph, training: Training | None) -> int | None:
    return graph.batch_size or (None if training is None else training.batch_size)


def _number_bytes(training: Training | None) -> int:
    return NUMBER_BYTES if training is None or training.precision == "float32" else NUMBER_BYTES // 2
