"""The way back from an output through layers that hand values on; what outputs share is walked once."""

from collections.abc import Callable, Mapping

from nettool.graph.network import Node


class WayBack:
    """Finds, from a node back along its only inputs, the first node that is not passed."""

    def __init__(self, nodes: Mapping[str, Node], passes: Callable[[Node], bool]) -> None:
        self._nodes = nodes
        self._passes = passes
        self._ends: dict[str, Node] = {}

    def end(self, name: str) -> Node:
        """The first node at or before this one that has not one input alone, or that `passes` refuses."""
        passed: list[str] = []
        while name not in self._ends:
            node = self._nodes[name]
            passed.append(name)
            if len(node.inputs) != 1 or not self._passes(node):
                self._ends[name] = node
            else:
                name = node.inputs[0]
        end = self._ends[name]
        self._ends |= dict.fromkeys(passed, end)
        return end
