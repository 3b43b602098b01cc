"""The network as text that Mermaid draws: goldens, and names that must not break its grammar."""

from collections.abc import Callable

import pytest
from example_networks import inception, odd_names, resnet, shared_tower
from golden_files import assert_golden

from nettool.graph.network import Graph
from nettool.views.diagram.draw_diagram import draw_diagram
from nettool.views.diagram.drawn import Look
from nettool.views.diagram.mermaid import mermaid


@pytest.mark.parametrize("network", [resnet, shared_tower, odd_names], ids=lambda network: network.__name__)
def test_a_flowchart_reads_like_its_golden_file(network: Callable[[], Graph]) -> None:
    assert_golden(f"{network.__name__}.mmd", mermaid(network(), look=Look(depth="all", direction="top-down")))


def test_closed_blocks_are_boxes_in_a_flowchart_too() -> None:
    look = Look(depth=1, direction="left-right", parameters=True, multiply_adds=True)
    assert_golden("inception_closed.mmd", mermaid(inception(), look=look))


def test_the_dot_text_of_a_drawing_is_a_golden() -> None:
    look = Look(depth=1, parameters=True, multiply_adds=True, direction="left-right")
    assert_golden("inception_closed.dot", draw_diagram(inception(), "dot", look=look).decode())
