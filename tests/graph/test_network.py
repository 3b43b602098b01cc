"""What a spec becomes: addresses, order, sharing, shapes."""

from dataclasses import replace
from pathlib import Path

import pytest

from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.source import Source
from nettool.front_end import load, load_source
from nettool.graph.collapse import collapse_models
from nettool.graph.network import Graph

CONFIGS = sorted((Path(__file__).parents[2] / "configs").glob("*.yaml"))


def graph(text: str) -> Graph:
    plan, _ = load_source(Source("spec.yaml", text), "spec")
    return plan.graph


def wires(network: Graph) -> dict[str, tuple[str, ...]]:
    return {node.name: node.inputs for node in network.nodes}


def test_an_entry_is_fed_by_the_one_above_and_the_first_by_the_only_input() -> None:
    network = graph(
        "inputs: {x: [4]}\nnodes:\n  a: {layer: Dense, units: 3}\n  b: {layer: ReLU}\noutputs: [b]"
    )
    assert wires(network) == {"x": (), "a": ("x",), "b": ("a",)}


def test_nodes_may_stand_in_any_order_and_keep_the_files_where_they_can() -> None:
    network = graph(
        "merges: {sum: {merge: Add, from: [b, a]}}\n"
        "nodes:\n"
        "  b: {layer: Dense, from: x, units: 3}\n"
        "  a: {layer: Dense, from: x, units: 3}\n"
        "  out: {layer: ReLU, from: sum}\n"
        "inputs: {x: [4]}\n"
        "outputs: [out]\n"
    )
    assert [node.name for node in network.nodes] == ["x", "b", "a", "sum", "out"]
    assert network.by_name["sum"].inputs == ("b", "a")


def test_repeat_numbers_the_copies_and_chains_them() -> None:
    network = graph(
        "inputs: {x: [4]}\nnodes:\n  d: {layer: Dense, units: 4, repeat: 3}\n  e: {layer: ReLU, from: d.2}\noutputs: [d, e]"
    )
    assert wires(network) == {"x": (), "d.1": ("x",), "d.2": ("d.1",), "d.3": ("d.2",), "e": ("d.2",)}
    assert network.outputs == ("d.3", "e")
    assert network.parameter_count == 60


NESTED = """
inputs: {x: [8]}
blocks:
  inner:
    options: {units: 8, act: relu}
    inputs: [i]
    nodes: {fc: {layer: Dense, from: i, units: $units, activation: $act}}
    outputs: [fc]
  outer:
    options: {units: 4}
    inputs: [a, b]
    nodes:
      left: {block: inner, from: a, units: $(2 * units), repeat: 2}
      right: {block: inner, from: b, act: tanh}
    merges:
      join: {merge: Add, from: [left, right]}
    outputs: [join, right]
nodes:
  o: {block: outer, from: [x, x]}
  end: {layer: Dense, from: [o.join], units: 1}
  peek: {layer: ReLU, from: o.left.1.fc}
outputs: [end, peek, o.right]
"""


def test_blocks_within_blocks_have_addresses_options_and_frames() -> None:
    network = graph(NESTED)
    assert wires(network) == {
        "x": (),
        "o.left.1.fc": ("x",),
        "o.left.2.fc": ("o.left.1.fc",),
        "o.right.fc": ("x",),
        "o.join": ("o.left.2.fc", "o.right.fc"),
        "end": ("o.join",),
        "peek": ("o.left.1.fc",),
    }
    assert network.outputs == ("end", "peek", "o.right.fc")
    node = network.by_name["o.left.1.fc"]
    assert dict(node.options) == {"units": 8, "activation": "relu"}
    assert [(group.address, group.block) for group in node.groups] == [("o", "outer"), ("o.left.1", "inner")]


def test_a_block_may_hand_its_input_straight_out() -> None:
    network = graph(
        "inputs: {x: [4]}\nblocks: {same: {inputs: [i], outputs: [i]}}\n"
        "nodes:\n  s: {block: same, repeat: 2}\n  d: {layer: Dense, units: 2}\noutputs: [d]"
    )
    assert wires(network) == {"x": (), "d": ("x",)}


def test_reuse_applies_a_layer_again_without_new_parameters() -> None:
    network = graph(
        "inputs: {a: [6], b: [6]}\nnodes:\n"
        "  tower: {layer: Dense, from: a, units: 5}\n"
        "  again: {reuse: tower, from: b}\n"
        "  third: {reuse: again, from: b}\n"
        "merges: {m: {merge: Concatenate, from: [tower, again, third]}}\noutputs: [m]"
    )
    assert network.parameter_count == 35
    assert [(node.name, node.owner) for node in network.nodes if node.owner] == [
        ("again", "tower"),
        ("third", "tower"),
    ]
    assert network.by_name["again"].shape == (5,)


NO_RULE = """
inputs: {x: [8]}
nodes:
  low_rank: {layer: Dense, units: 4, lora_rank: 2}
  out: {layer: Dense, units: 3}
outputs: [out]
"""


def test_what_no_rule_knows_leaves_shapes_open_and_stops_nothing() -> None:
    network = graph(NO_RULE)
    assert [node.shape for node in network.nodes] == [(8,), None, None]
    assert network.parameter_count is None


@pytest.mark.keras
def test_keras_is_asked_for_what_no_rule_knows() -> None:
    from nettool.engine.model.complete import complete_graph

    network = complete_graph(graph(NO_RULE))
    assert [node.shape for node in network.nodes] == [(8,), (4,), (3,)]
    assert network.parameter_count == (8 * 4 + 4) + 2 * (8 + 4) + (4 * 3 + 3)


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_the_resolved_spec_is_the_same_network(path: Path) -> None:
    plan, _ = load(path)
    again, _ = load_source(Source("resolved.yaml", plan.resolved), "resolved", folder=path.parent)
    assert again.resolved == plan.resolved
    assert (again.training is None) == (plan.training is None)
    if plan.training is not None and again.training is not None:
        written = plan.training.optimizer.options
        assert again.training.optimizer.options | written == again.training.optimizer.options
        assert replace(again.training, optimizer=plan.training.optimizer) == plan.training
    assert again.data == plan.data
    assert again.binding == plan.binding
    ours, theirs = (
        [(n.name, n.operation, n.inputs, n.shape, n.weights, n.owner, n.groups) for n in each.graph.nodes]
        for each in (plan, again)
    )
    assert ours == theirs


MODELS = """
inputs: {a: [6], b: [6]}
models:
  inner: {inputs: [i], nodes: {fc: {layer: Dense, from: i, units: 6}}, outputs: [fc]}
  tower:
    inputs: [x]
    nodes:
      one: {layer: Dense, from: x, units: 6}
      two: {model: inner}
      off: {layer: Dense, from: x, units: 3}
    outputs: [two, off]
nodes:
  left: {model: tower, from: a}
  right: {model: tower, from: b}
  chain: {model: inner, from: left.two, repeat: 2}
merges:
  m: {merge: Add, from: [chain, right.two]}
outputs: [m]
"""


def test_the_uses_of_a_model_share_one_set_of_weights_also_within_other_models() -> None:
    network = graph(MODELS)
    assert [(node.name, node.owner) for node in network.nodes] == [
        ("a", None),
        ("b", None),
        ("left.one", None),
        ("left.two.fc", None),
        ("right.one", "left.one"),
        ("right.two.fc", "left.two.fc"),
        ("chain.1.fc", "left.two.fc"),
        ("chain.2.fc", "left.two.fc"),
        ("m", None),
    ]
    assert network.parameter_count == 2 * 42


def test_sharing_forces_no_order() -> None:
    network = graph(
        "inputs: {x: [4]}\nmodels: {m: {inputs: [i], nodes: {d: {layer: Dense, from: i, units: 4}}, outputs: [d]}}\n"
        "nodes:\n  late: {model: m, from: early}\n  early: {model: m, from: x}\n"
        "  again: {reuse: first, from: x}\n  first: {layer: Dense, from: again, units: 4}\n"
        "merges: {s: {merge: Add, from: [late, first]}}\noutputs: [s]"
    )
    assert [(node.name, node.owner) for node in network.nodes if node.operation == "Dense"] == [
        ("early.d", None),
        ("late.d", "early.d"),
        ("again", None),
        ("first", "again"),
    ]


def test_a_model_is_one_row_of_the_summary() -> None:
    rows = [
        (node.name, node.operation, node.inputs, node.shape, node.parameter_count, node.owner)
        for node in collapse_models(graph(MODELS)).nodes
    ]
    assert rows == [
        ("a", "InputLayer", (), (6,), 0, None),
        ("b", "InputLayer", (), (6,), 0, None),
        ("left", "tower", ("a",), (6,), 84, None),
        ("right", "tower", ("b",), (6,), 0, "left"),
        ("chain.1", "inner", ("left",), (6,), 0, "left"),
        ("chain.2", "inner", ("chain.1",), (6,), 0, "left"),
        ("m", "Add", ("chain.2", "right"), (6,), 0, None),
    ]


def test_trainable_false_holds_for_everything_inside() -> None:
    network = graph(
        "inputs: {x: [4]}\nblocks: {b: {inputs: [i], nodes: {d: {layer: Dense, from: i, units: 4}}, outputs: [d]}}\n"
        "models: {m: {inputs: [i], nodes: {u: {block: b, from: i, repeat: 2}}, outputs: [u]}}\n"
        "nodes:\n  frozen: {model: m, trainable: false}\n  free: {block: b}\noutputs: [free]"
    )
    assert (network.parameter_count, network.trainable_parameter_count) == (60, 20)


def test_views_are_parts_of_the_network() -> None:
    plan, _ = load(CONFIGS[0].parent / "autoencoder.yaml")
    encoder, decoder = plan.views["encoder"], plan.views["decoder"]
    assert (encoder.inputs, encoder.outputs, encoder.parameter_count) == (("image",), ("code",), 18_672)
    assert (decoder.inputs, decoder.outputs, decoder.parameter_count) == (("code",), ("copy",), 9_569)
    assert decoder.nodes[0].operation == "InputLayer"


def test_a_view_may_end_in_an_inner_layer_that_nothing_else_uses() -> None:
    text = """
inputs: {image: [64, 64, 3]}
nodes:
  net: {application: MobileNet, weights: null}
  label: {layer: Dense, units: 3}
outputs: [label]
views: {inside: {inputs: [image], outputs: [net.conv_pw_1_relu]}}
"""
    plan, _ = load_source(Source("spec.yaml", text), "spec")
    view = plan.views["inside"]
    assert wires(view) == {"image": (), "net": ("image",), "net.conv_pw_1_relu": ("net",)}
    assert (view.outputs, view.by_name["net.conv_pw_1_relu"].options) == (
        ("net.conv_pw_1_relu",),
        {"layer": "conv_pw_1_relu"},
    )
    assert "net.conv_pw_1_relu" not in plan.graph.by_name


def test_a_loss_between_two_nodes_is_an_output_that_holds_both() -> None:
    plan, _ = load(CONFIGS[0].parent / "two_networks.yaml")
    assert plan.graph.outputs == ("same", "gap")
    assert plan.graph.by_name["gap"].inputs == ("seen", "weighed")
    assert plan.binding is not None
    assert [target.output for target in plan.binding.targets] == ["same"]


def test_included_blocks_serve_like_own_ones(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "shared.yaml").write_text(
        "blocks: {b: {inputs: [i], nodes: {d: {layer: Dense, from: i, units: 4}}, outputs: [d]}}\n"
    )
    path = tmp_path / "spec.yaml"
    path.write_text("include: parts/shared.yaml\ninputs: {x: [4]}\nnodes: {a: {block: b}}\noutputs: [a]\n")
    plan, _ = load(path)
    assert wires(plan.graph) == {"x": (), "a.d": ("x",)}
    again, _ = load_source(Source("resolved.yaml", plan.resolved), "resolved")
    assert wires(again.graph) == wires(plan.graph)


@pytest.mark.parametrize(
    ("included", "place", "message"),
    [
        (
            "blocks: {b: {inputs: [i], nodes: {d: {layer: Dens, from: i}}, outputs: [d]}}\n",
            "shared.yaml:1:46",
            "there is no layer `Dens`",
        ),
        ("nodes: {}\n", "shared.yaml:1:1", "the included file `shared.yaml` has no key `nodes`"),
        ("blocks: {b: [1\n", "shared.yaml:1:13", "a `[` is not closed: a `,` or a `]` is missing"),
        (None, "spec.yaml:1:10", "cannot read `shared.yaml`: there is no such file"),
    ],
)
def test_a_mistake_in_an_included_file_is_told_at_its_own_line(
    included: str | None, place: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if included is not None:
        Path("shared.yaml").write_text(included)
    Path("spec.yaml").write_text(
        "include: shared.yaml\ninputs: {x: [4]}\nnodes: {a: {layer: ReLU}}\noutputs: [a]\n"
    )
    with pytest.raises(SpecError) as caught:
        load(Path("spec.yaml"))
    found = caught.value.diagnostics[0]
    assert found.span is not None
    assert f"{found.span.source.name}:{found.span.line}:{found.span.column}" == place
    assert found.message == message


@pytest.mark.parametrize("name", ["../outside.yaml", "/etc/hostname", "link.yaml"])
def test_files_outside_the_specs_folder_are_not_included(name: str, tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text("blocks: {}\n")
    folder = tmp_path / "specs"
    folder.mkdir()
    (folder / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    path = folder / "spec.yaml"
    path.write_text(f"include: {name}\ninputs: {{x: [4]}}\nnodes: {{a: {{layer: ReLU}}}}\noutputs: [a]\n")
    with pytest.raises(SpecError, match="is not in the spec's own folder"):
        load(path)
