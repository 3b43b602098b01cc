"""The unrolled graph: a whole text, and for every gallery file the same graph as the plan's."""

from pathlib import Path

import pytest
from example_networks import resnet, shared_tower
from golden_files import assert_golden

from nettool.diagnostics.diagnostic import Findings
from nettool.diagnostics.source import Source
from nettool.front_end import load
from nettool.graph.expand.calls import INNER_LAYER
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.tree import plain
from nettool.views.terminal.expanded import WIDTH, expanded_yaml

CONFIGS = sorted((Path(__file__).parents[2] / "configs").glob("*.yaml"))


@pytest.mark.parametrize("network", [resnet, shared_tower], ids=lambda network: network.__name__)
def test_each_node_has_an_entry_with_its_address_and_all_its_options(network) -> None:  # noqa: ANN001
    assert_golden(f"expanded_{network.__name__}.yaml", expanded_yaml(network()))


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_what_is_printed_is_yaml_that_says_the_graph(path: Path) -> None:
    graph = load(path)[0].graph
    text = expanded_yaml(graph)
    findings = Findings()
    tree = parse(Source("expanded.yaml", text), findings)
    assert tree is not None
    assert not findings.has_errors
    facts = plain(tree)
    assert isinstance(facts, dict)
    assert {name: tuple(each["shape"]) for name, each in facts["inputs"].items()} == {
        name: graph.by_name[name].shape for name in graph.inputs
    }
    assert facts["outputs"] == list(graph.outputs)
    layers = [node for node in graph.nodes if node.operation != "InputLayer"]
    assert list(facts["nodes"]) == [node.name for node in layers]
    for node in layers:
        entry = facts["nodes"][node.name]
        sources = entry["from"]
        assert (tuple(sources) if isinstance(sources, list) else (sources,)) == node.inputs
        if node.owner is not None:
            assert entry == {"reuse": node.owner, "from": sources}
        elif node.application:
            assert entry["application"] == node.operation
            assert entry.items() >= dict(node.options).items()
        elif node.operation == INNER_LAYER:
            assert entry == {"inner_layer": node.options["layer"], "from": sources}
        else:
            assert entry.get("layer", entry.get("merge")) == node.operation
            assert entry.items() >= dict(node.options).items()
    assert max(len(line) for line in text.splitlines() if "weights: {" not in line) <= WIDTH
