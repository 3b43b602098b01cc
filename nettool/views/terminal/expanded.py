"""The graph as YAML with every block unrolled: for each node an entry with its address and all options."""

from collections.abc import Iterator, Mapping

from nettool.graph.expand.calls import INNER_LAYER
from nettool.graph.network import Graph, Node
from nettool.layers.catalogue import catalogue, merge_names
from nettool.layers.layer import Layer
from nettool.layers.outcome import shape_text
from nettool.spec.yaml.flow import yaml_flow
from nettool.views.terminal.summary import count_text
from nettool.vocabulary.keras_names import Definition, applications

WIDTH = 110
"""Columns after which an entry goes on in the next line."""

_HEAD = """\
# Every block unrolled: one entry for each call of a layer, in computing order, options with their defaults.
# To be read, not to be run: addresses contain dots, which names in a spec may not.
"""


def expanded_yaml(graph: Graph) -> str:
    """The text; shapes (the batch left out) and parameter counts are comments."""
    lines = [f"name: {yaml_flow(graph.name)}", "", "inputs:"]
    nodes = [node for node in graph.nodes if node.operation != "InputLayer"]
    lines += [_input(graph.by_name[name]) for name in graph.inputs]
    lines += ["", "nodes:"]
    above: Node | None = None
    for node in nodes:
        lines += [*_new_groups(node, above), *_entry(node)]
        above = node
    total = count_text(graph.parameter_count)
    lines += ["", f"outputs: {yaml_flow(graph.outputs)}", f"# {total} parameters"]
    return _HEAD + "\n".join(lines) + "\n"


def _input(node: Node) -> str:
    facts = {"shape": node.shape, "dtype": node.dtype, **node.options}
    return f"  {yaml_flow(node.name)}: {yaml_flow(facts)}"


def _new_groups(node: Node, above: Node | None) -> Iterator[str]:
    """A line for each use of a block that begins with this node."""
    before = () if above is None else above.groups
    for group in node.groups:
        if group not in before:
            yield f"  # {group.address}: a use of `{group.block}`"


def _entry(node: Node) -> Iterator[str]:
    yield f"  {yaml_flow(node.name)}:  # {_comment(node)}"
    yield from _filled([f"{key}: {yaml_flow(value)}" for key, value in _facts(node).items()])


def _comment(node: Node) -> str:
    shape = "shape known once Keras builds it" if node.shape is None else shape_text(node.shape)
    if node.owner is not None:
        return f"{shape}, the layer of {node.owner}"
    if node.parameter_count is None:
        return shape
    return f"{shape}, {count_text(node.parameter_count)} parameters"


def _facts(node: Node) -> dict[str, object]:
    sources = node.inputs[0] if len(node.inputs) == 1 else node.inputs
    if node.owner is not None:
        return {"reuse": node.owner, "from": sources}
    if node.operation == INNER_LAYER:
        return {"inner_layer": node.options["layer"], "from": sources}
    written = dict(node.options)
    if node.values:
        written["weights"] = dict(node.values)
    if node.application:
        return {"application": node.operation, "from": sources, **written, **_defaults(node, applications())}
    kind = "merge" if node.operation in merge_names() else "layer"
    return {kind: node.operation, "from": sources, **written, **_defaults(node, catalogue())}


def _defaults(node: Node, definitions: Mapping[str, Definition | Layer]) -> dict[str, object]:
    """The values of the options that were not written."""
    definition = definitions.get(node.operation)
    options = {} if definition is None else definition.options
    return {name: option.default for name, option in options.items() if name not in node.options}


def _filled(items: list[str]) -> Iterator[str]:
    """A flow mapping of these items over as many lines as it needs; no item is broken."""
    line = "    {"
    for number, item in enumerate(items):
        text = item + ("}" if number == len(items) - 1 else ",")
        if len(line) + len(text) + 1 > WIDTH and line.strip(" {"):
            yield line.rstrip()
            line = "     "
        line += text if line.endswith("{") or not line.strip() else f" {text}"
    yield line
