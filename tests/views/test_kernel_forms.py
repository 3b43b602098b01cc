"""Which axis of a kernel is which: every weight is where the layer's own arithmetic has it."""

import numpy as np
import pytest
from numpy.typing import NDArray

from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.graph.network import Graph
from nettool.graph.trained_weights import LayerWeights
from nettool.views.inspect.kernel import Kernels, WeightMatrix
from nettool.views.inspect.kernel_forms import first_image_kernel, kernel_form

SPEC = """
inputs: {image: [8, 8, 1], photo: [12, 12, 3], flat: [64], series: [20, 5], solid: [6, 6, 6, 2]}
nodes:
  first:   {layer: Conv2D, from: image, filters: 4, kernel_size: 3}
  second:  {layer: Conv2D, filters: 6, kernel_size: 5}
  narrow:  {layer: Conv2D, filters: 2, kernel_size: 1}
  places:  {layer: Flatten}
  drop:    {layer: Dropout, rate: 0.5}
  seen:    {layer: Dense, units: 7}
  after:   {layer: Dense, units: 3}
  same:    {layer: BatchNormalization, from: photo}
  colour:  {layer: Conv2D, filters: 4, kernel_size: 3}
  apart:   {layer: DepthwiseConv2D, kernel_size: 3, depth_multiplier: 2}
  larger:  {layer: Conv2DTranspose, filters: 5, kernel_size: 3}
  groups:  {layer: Conv2D, filters: 4, kernel_size: 3, groups: 1}
  both:    {layer: SeparableConv2D, from: photo, filters: 4, kernel_size: 3}
  row:     {layer: Dense, from: flat, units: 9}
  steps:   {layer: Conv1D, from: series, filters: 4, kernel_size: 7}
  memory:  {layer: LSTM, from: series, units: 3}
  cube:    {layer: Conv3D, from: solid, filters: 4, kernel_size: [2, 3, 3]}
outputs: [after, groups, both, row, steps, memory, cube]
"""
IMAGES = {"flat": (8, 8, 1), "image": (8, 8, 1), "photo": (12, 12, 3)}
RANDOM = np.random.default_rng(0)


@pytest.fixture(scope="module")
def graph() -> Graph:

    plan, _ = load_source(Source("forms.yaml", SPEC.lstrip()), "forms")
    return plan.graph


def weights(graph: Graph, node: str) -> LayerWeights:
    found = graph.by_name[node]
    return LayerWeights(
        node, found.operation, {each.name: RANDOM.normal(size=each.shape) for each in found.weights or ()}
    )


def form(graph: Graph, node: str, variable: str | None = None) -> tuple[Kernels | WeightMatrix, NDArray]:
    given = weights(graph, node)
    name = variable or next(iter(given.variables))
    return kernel_form(graph, given, IMAGES, variable), given.variables[name]


def as_kernels(graph: Graph, node: str) -> tuple[Kernels, NDArray]:
    found, values = form(graph, node)
    assert isinstance(found, Kernels)
    return found, values


@pytest.mark.parametrize(
    ("node", "shape", "origin", "is_colour"),
    [
        ("first", (3, 3, 1, 4), "image", False),
        ("second", (5, 5, 4, 6), "first", False),
        ("colour", (3, 3, 3, 4), "same", True),
        ("apart", (3, 3, 1, 8), "colour", False),
        ("larger", (3, 3, 8, 5), "apart", False),
        ("seen", (2, 2, 2, 7), "drop", False),
        ("row", (8, 8, 1, 9), "flat", False),
        ("steps", (1, 7, 5, 4), "series", False),
        ("cube", (3, 3, 4, 4), "solid", False),
    ],
)
def test_height_width_channels_and_units_are_where_they_belong(
    graph: Graph, node: str, shape: tuple[int, ...], origin: str, is_colour: bool
) -> None:
    found, _ = as_kernels(graph, node)
    assert (found.values.shape, found.origin, found.is_colour) == (shape, origin, is_colour)


def test_a_unit_of_a_dense_layer_answers_most_to_the_image_that_is_its_kernel(graph: Graph) -> None:
    found, values = as_kernels(graph, "row")
    image = found.values[:, :, 0, 4]
    assert (image.reshape(-1) @ values).argmax() == 4
    assert np.isclose((image.reshape(-1) @ values)[4], (image**2).sum())


def test_a_transposed_kernel_adds_a_channel_s_tile_to_the_unit_s_map(graph: Graph) -> None:
    found, values = as_kernels(graph, "larger")
    np.testing.assert_array_equal(found.values[:, :, 5, 2], values[:, :, 2, 5])


def test_depthwise_kernels_are_numbered_as_the_channels_that_they_give(graph: Graph) -> None:
    found, values = as_kernels(graph, "apart")
    np.testing.assert_array_equal(found.values[:, :, 0, 5], values[:, :, 2, 1])


def test_slices_of_a_solid_kernel_stand_below_one_another(graph: Graph) -> None:
    found, values = as_kernels(graph, "cube")
    assert found.channel_names == ("0, slice 0", "0, slice 1", "1, slice 0", "1, slice 1")
    np.testing.assert_array_equal(found.values[:, :, 2, 3], values[0, :, :, 1, 3])


@pytest.mark.parametrize(
    ("node", "variable", "shape", "rows"),
    [
        ("after", None, (7, 3), "number of seen"),
        ("narrow", None, (6, 2), "channel of second"),
        ("both", "pointwise_kernel", (3, 4), "channel of photo"),
        ("memory", None, (5, 12), "number of series"),
        ("memory", "recurrent_kernel", (3, 12), "number of memory, a step before"),
    ],
)
def test_what_has_no_places_is_a_matrix(
    graph: Graph, node: str, variable: str | None, shape: tuple[int, int], rows: str
) -> None:
    found, values = form(graph, node, variable)
    assert isinstance(found, WeightMatrix)
    assert (found.values.shape, found.rows) == (shape, rows)
    np.testing.assert_array_equal(found.values, values.reshape(shape))


def test_a_separable_convolution_shows_its_depthwise_kernels_first(graph: Graph) -> None:
    found, _ = as_kernels(graph, "both")
    assert found.variable == "depthwise_kernel"
    assert found.values.shape == (3, 3, 1, 3)


def test_layers_without_kernels_and_unknown_variables_are_refused(graph: Graph) -> None:
    with pytest.raises(ValueError, match=r"`same` \(BatchNormalization\) has no kernel"):
        form(graph, "same")
    with pytest.raises(ValueError, match="`first` has no kernel `bias`: it has `kernel`"):
        form(graph, "first", "bias")


def test_a_convolution_in_groups_says_that_its_channels_are_those_of_a_group() -> None:
    spec = "inputs: {a: [8, 8, 4]}\nnodes:\n  c: {layer: Conv2D, filters: 4, kernel_size: 3, groups: 2}\noutputs: [c]\n"
    plan, _ = load_source(Source("groups.yaml", spec), "groups")
    found, _ = as_kernels(plan.graph, "c")
    assert (found.values.shape, found.origin) == ((3, 3, 2, 4), "a group of a")


def test_the_first_convolution_that_looks_at_more_than_a_point_comes_first(graph: Graph) -> None:
    order = tuple(weights(graph, node) for node in ("narrow", "seen", "second", "first"))
    found = first_image_kernel(order)
    assert found is not None
    assert found.node == "second"
    assert first_image_kernel(order[:2]) is None
