"""A layer's weights → what can be drawn of them: which axes are places, channels and units."""

from collections.abc import Mapping
from dataclasses import replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.graph.network import Graph, Node
from nettool.graph.trained_weights import LayerWeights
from nettool.layers.catalogue import layers_with
from nettool.layers.outcome import Shape
from nettool.views.inspect.kernel import Kernels, WeightMatrix, whole_kernels

Array = NDArray[Any]

_COLOURS = 3


def drawable(weights: LayerWeights) -> tuple[str, ...]:
    """The names of the variables that are kernels: those of more than one axis."""
    return tuple(name for name, values in weights.variables.items() if values.ndim > 1 and values.size)


def first_image_kernel(weights: tuple[LayerWeights, ...]) -> LayerWeights | None:
    """The layer whose kernels are looked at first: the first convolution over images, if there is one."""
    for each in weights:
        names = drawable(each)
        if names and "Conv2D" in each.operation and prod(each.variables[names[0]].shape[:2]) > 1:
            return each
    return None


def kernel_form(
    graph: Graph, weights: LayerWeights, images: Mapping[str, Shape], variable: str | None = None
) -> Kernels | WeightMatrix:
    """The kernel as images, where its weights have places, else as a matrix.

    `images` are the (height, width, channels) of the image that each input gets, whatever form it gets it
    in. Raises ValueError, in the user's words, when the layer has no such variable or no kernel at all.
    """
    names = drawable(weights)
    if variable is not None and variable not in names:
        known = ", ".join(f"`{name}`" for name in names) or "none"
        raise ValueError(f"`{weights.node}` has no kernel `{variable}`: it has {known}")
    if not names:
        raise ValueError(f"`{weights.node}` ({weights.operation}) has no kernel")
    name = variable or names[0]
    return _Layer(graph, weights, images).form(name, weights.variables[name])


class _Layer:
    """One layer in its network."""

    def __init__(self, graph: Graph, weights: LayerWeights, images: Mapping[str, Shape]) -> None:
        self._graph = graph
        self._nodes = graph.by_name
        self._weights = weights
        self._images = images
        node = self._nodes.get(weights.node)
        self._sources = () if node is None else node.inputs

    def form(self, variable: str, values: Array) -> Kernels | WeightMatrix:
        operation = self._weights.operation
        is_depthwise = "depthwise" in variable or operation.startswith("DepthwiseConv")
        if "Conv1D" in operation and values.ndim == 3:
            values, slices = values[np.newaxis], 1
        elif values.ndim == 5:
            slices = values.shape[0]
            values = values.transpose(1, 2, 3, 0, 4)
            # The depth goes behind the channels, so that each channel's slices follow one another.
            values = values.reshape(*values.shape[:2], -1, values.shape[4])
        elif values.ndim == 4:
            slices = 1
        else:
            return self._dense(variable, values)
        if "Transpose" in operation and slices == 1:
            values = values.swapaxes(2, 3)
        if is_depthwise:
            values = values.reshape(*values.shape[:2], 1, -1)
        if values.shape[:2] == (1, 1):
            return self._matrix(variable, values[0, 0], f"channel of {self._origin()}")
        kernels = self._kernels(variable, values)
        if slices > 1:
            channels = range(kernels.channel_count // slices)
            names = tuple(f"{channel}, slice {place}" for channel in channels for place in range(slices))
            return replace(kernels, channel_names=names)
        return self._coloured(kernels)

    def _dense(self, variable: str, values: Array) -> Kernels | WeightMatrix:
        places = self._places() if self._weights.operation == "Dense" else None
        if places is not None and prod(places) == len(values):
            return self._coloured(self._kernels(variable, values.reshape(*places, -1)))
        if variable.endswith("recurrent_kernel"):
            rows = f"number of {self._weights.node}, a step before"
        else:
            rows = f"number of {self._origin()}" if variable.endswith("kernel") else "row"
        return self._matrix(variable, values.reshape(len(values), -1), rows)

    def _kernels(self, variable: str, values: Array) -> Kernels:
        finite = np.abs(values[np.isfinite(values)])
        limit = float(finite.max()) if finite.size else 0.0
        node, operation = self._weights.node, self._weights.operation
        return whole_kernels(node, operation, variable, self._origin(), values, limit)

    def _matrix(self, variable: str, values: Array, rows: str) -> WeightMatrix:
        node, operation = self._weights.node, self._weights.operation
        has_units = operation == "Dense" or "Conv" in operation
        return WeightMatrix(
            node, operation, variable, values, rows, f"unit of {node}" if has_units else "column"
        )

    def _origin(self) -> str:
        """What the channels are channels of."""
        node = self._nodes.get(self._weights.node)
        groups = 1 if node is None else node.options.get("groups", 1)
        origin = self._sources[0] if self._sources else "its input"
        return origin if groups == 1 else f"a group of {origin}"

    def _coloured(self, kernels: Kernels) -> Kernels:
        is_colour = kernels.channel_count == _COLOURS and self._is_colour_image()
        return replace(kernels, is_colour=is_colour)

    def _is_colour_image(self) -> bool:
        """Whether the channels are those of an image that the network gets."""
        if not self._sources:
            # Inside a ready-made network only the first layer has three channels.
            return True
        node = self._nodes[self._sources[0]]
        while node.operation != "InputLayer":
            if node.operation not in layers_with("same places") or len(node.inputs) != 1:
                return False
            node = self._nodes[node.inputs[0]]
        shape = self._images.get(node.name, node.shape or ())
        return len(shape) == _COLOURS and shape[-1] == _COLOURS

    def _places(self) -> tuple[int, int, int] | None:
        """The height, width and channels of what a layer of vectors gets, if it was an image or a map."""
        node: Node | None = self._nodes[self._sources[0]] if self._sources else None
        if node is None or len(node.shape or ()) != 1:
            return None
        while node.operation in layers_with("same places") and len(node.inputs) == 1:
            node = self._nodes[node.inputs[0]]
            if len(node.shape or ()) == 3:
                break
        shape = self._images.get(node.name, node.shape or ())
        if len(shape) != 3 or None in shape or shape[:2] == (1, 1):
            return None
        height, width, channels = (length or 0 for length in shape)
        return height, width, channels
