"""Outputs of any size, held against targets of a fixed one: their lengths follow from what the inputs are fed."""

import pytest

from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.graph.plan import Plan


def planned(node: str, target: str) -> Plan:
    plan, _ = load_source(
        Source(
            "spec.yaml",
            f"""
data: {{random: {{x: {{shape: [8, 8, 3]}}, e: {{shape: {target}}}}}, samples: 20}}
inputs: {{x: [null, null, 3]}}
nodes: {{e: {node}}}
outputs: [e]
losses: {{e: mse}}
""",
        ),
        "spec",
    )
    return plan


@pytest.mark.parametrize(
    ("node", "target"),
    [
        ("{layer: Dense, units: 1}", "[8, 8, 1]"),
        ("{layer: Dense, units: 1}", "[8, 8]"),
        ("{layer: Conv2D, filters: 2, kernel_size: 3}", "[6, 6, 2]"),
        ("{layer: UpSampling2D}", "[16, 16, 3]"),
        ('{layer: EinsumDense, equation: "abcd,de->abce", output_shape: [null, null, 4]}', "[8, 8, 4]"),
    ],
)
def test_an_output_of_any_size_has_the_size_of_its_data(node: str, target: str) -> None:
    plan = planned(node, target)
    assert plan.binding is not None
    (bound,) = plan.binding.targets
    assert None not in bound.shape
    assert [each for each in bound.shape if each != 1] == [
        int(each) for each in target.strip("[]").split(", ") if each != "1"
    ]


def test_a_size_that_does_not_fit_is_told_as_it_will_be() -> None:
    with pytest.raises(SpecError) as refused:
        planned("{layer: Conv2D, filters: 3, kernel_size: 3}", "[8, 8, 3]")
    (found,) = refused.value.diagnostics
    assert found.code == "NT508"
    assert found.message == "`e` gives (6, 6, 3), but its target `e` is (8, 8, 3)"
