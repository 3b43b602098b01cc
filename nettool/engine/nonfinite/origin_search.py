"""Look for where a step left the numbers, from the data through nodes and losses to the weights."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import nan
from typing import Any, Literal

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from nettool.engine.compile.objectives import losses_of
from nettool.engine.model.training_state import put_back
from nettool.engine.nonfinite.finite import is_finite, kind_of, largest
from nettool.engine.nonfinite.one_pass import OnePass, one_pass
from nettool.engine.nonfinite.replay import BadStep
from nettool.graph.network import Graph, Node
from nettool.graph.trainable_plan import TrainablePlan
from nettool.record.checkpoints.training_state import TrainingState

Kind = Literal["input", "target", "activation", "loss", "penalty", "gradient", "loss_gradient", "update"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What is not finite first, on the way from the inputs to the loss and back to the weights.

    `name` is a node's address; of a `target`, a `loss` and its gradient (`loss_gradient`) the output's.
    `detail` is the field of an input or a target, the loss's name, or the spoilt variable of an `update`.
    `found` is `nan`, `inf` or `-inf`, in `share` of the samples of the batch for inputs and targets. `most`
    is how far from 0 the finite numbers were that the node was given, and `most_weight` how far its weights;
    of an `update` it is how far the gradients were, NaN where nobody knows.
    """

    kind: Kind
    name: str
    found: str
    detail: str = ""
    share: tuple[int, int] = (0, 0)
    most: float = 0.0
    most_weight: float = 0.0


def origin_of(model: keras.Model, plan: TrainablePlan, bad: BadStep, start: TrainingState) -> Origin | None:
    """The origin of a bad step, one of those since `start`, of a compiled model.

    What a node gave in a sound step already, as a mask of -inf does, is none. The answer is None when nothing
    is seen to be not finite as the step is repeated operation by operation.
    """
    harmless = frozenset[str]()
    if bad.sound is not None:
        put_back(model, start.arrays)
        harmless = _not_finite_yet_harmless(one_pass(model, plan, bad.sound))
    put_back(model, bad.before)
    search = _Search(model, plan, bad, one_pass(model, plan, bad.batch))
    ways = (search.fed(), search.forward(harmless), search.losses(), search.backward(), search.updated())
    return next((found for way in ways for found in way), None)


def _not_finite_yet_harmless(passed: OnePass) -> frozenset[str]:
    """The nodes that gave something not finite to a loss that was finite."""
    if not np.isfinite(passed.loss):
        return frozenset()
    return frozenset(name for name, value in passed.values.items() if not _is_finite(value))


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """Looks through a bad step that was passed through once more, part by part."""

    model: keras.Model
    plan: TrainablePlan
    bad: BadStep
    passed: OnePass

    def fed(self) -> Iterator[Origin]:
        """What the data brought."""
        graph, x, y = self.plan.graph, self.bad.batch[0], self.bad.batch[1]
        inputs = dict(zip(graph.inputs, x if isinstance(x, Sequence) else (x,), strict=True))
        targets = y if isinstance(y, Mapping) else {graph.outputs[0]: y}
        bound = self.plan.binding
        input_fields = {each.input: each.field for each in bound.inputs}
        target_fields = {each.output: each.field for each in bound.targets}
        yield from _not_finite_among("input", inputs, input_fields)
        yield from _not_finite_among("target", targets, target_fields)

    def forward(self, harmless: frozenset[str]) -> Iterator[Origin]:
        """What the nodes gave, in their order."""
        for node in self.plan.graph.nodes:
            value = self.passed.values.get(node.name)
            if value is None or node.name in harmless or _is_finite(value):
                continue
            if node.application:
                yield from self._within(node)
            yield self._at(node, "activation", value)

    def _within(self, node: Node) -> Iterator[Origin]:
        """The layers inside a ready-made network."""
        application = self.model.get_layer(node.owner or node.name)
        layers = [layer for layer in application.layers if not isinstance(layer, keras.layers.InputLayer)]
        reader = keras.Model(application.inputs, {layer.name: layer.output for layer in layers})
        given = [self.passed.values[name] for name in node.inputs]
        found = reader(given, training=True)
        for layer in layers:
            if not _is_finite(found[layer.name]):
                sources = [each.operation.name for call in layer._inbound_nodes for each in call.parent_nodes]
                before = [found[name] for name in sources if name in found]
                most = max(largest(_array(each)) for each in before or given)
                weight = max((largest(np.asarray(each)) for each in layer.weights), default=0.0)
                kind = kind_of(_array(found[layer.name]))
                yield Origin("activation", f"{node.name}.{layer.name}", kind, most=most, most_weight=weight)

    def losses(self) -> Iterator[Origin]:
        """The losses and the penalties that make up the loss, each by itself."""
        y, nodes = self.bad.batch[1], self.plan.graph.by_name
        for written, loss in losses_of(self.plan):
            target = y[written.output] if isinstance(y, Mapping) else y
            value = _array(loss(target, self.passed.values[written.output]))
            if not is_finite(value):
                # What a softmax was made of tells more than the shares that it gives.
                yield replace(self._at(nodes[written.output], "loss", value), detail=written.name)
        for node in self._owners():
            penalties = [_array(each) for each in self._layer(node).losses]
            for value in penalties:
                if not is_finite(value):
                    yield self._at(node, "penalty", value)

    def backward(self) -> Iterator[Origin]:
        """The gradients, from the loss back."""
        consumers = _consumers(self.plan.graph)
        for node in reversed(self.plan.graph.nodes):
            gradient = self.passed.gradients.get(node.name)
            if gradient is None or _is_finite(gradient):
                yield from self._weights_of(node)
                continue
            after = [each for each in consumers.get(node.name, ()) if each.name in self.passed.gradients]
            if not after:
                most = largest(_array(self.passed.values[node.name]))
                yield Origin("loss_gradient", node.name, kind_of(_array(gradient)), most=most)
            for each in after:
                if _is_finite(self.passed.gradients[each.name]):
                    yield self._at(each, "gradient", gradient)

    def _weights_of(self, node: Node) -> Iterator[Origin]:
        for variable in self._layer_weights(node):
            gradient = self.passed.weight_gradients.get(id(variable))
            if gradient is not None and not _is_finite(gradient):
                yield self._at(node, "gradient", gradient)

    def updated(self) -> Iterator[Origin]:
        """What the step itself made of finite gradients: weights, averages, the optimizer's own variables."""
        slopes = [largest(_array(each)) for each in self.passed.weight_gradients.values()]
        steepest = max(slopes, default=0.0) if self.passed.has_gradients else nan
        spoilt = {number for group, number in self.bad.spoilt if group == "model"}
        variables = {id(variable): number for number, variable in enumerate(self.model.variables)}
        for node in self._owners():
            for variable in self._layer(node).variables:
                number = variables.get(id(variable))
                if number in spoilt:
                    kind = kind_of(self.bad.after["model"][number][1])
                    most_weight = largest(np.asarray(variable))
                    yield Origin("update", node.name, kind, variable.name, (0, 0), steepest, most_weight)
        for group, number in sorted(self.bad.spoilt):
            name, values = self.bad.after[group][number]
            yield Origin("update", "", kind_of(values), name.rsplit("/")[-1], most=steepest)

    def _at(self, node: Node, kind: Kind, value: Any) -> Origin:  # noqa: ANN401 - a tensor or an array
        made_of = [self.passed.values[name] for name in node.inputs if name in self.passed.values]
        weights = [largest(np.asarray(each)) for each in self._layer_weights(node)]
        most = max((largest(_array(each)) for each in made_of), default=0.0)
        return Origin(
            kind, node.name, kind_of(_array(value)), most=most, most_weight=max(weights, default=0.0)
        )

    def _owners(self) -> Iterator[Node]:
        layers = {layer.name for layer in self.model.layers}
        for node in self.plan.graph.nodes:
            if node.owner is None and node.name in layers:
                yield node

    def _layer(self, node: Node) -> keras.Layer:
        return self.model.get_layer(node.owner or node.name)

    def _layer_weights(self, node: Node) -> list[keras.Variable]:
        layers = {layer.name: layer for layer in self.model.layers}
        layer = layers.get(node.owner or node.name)
        return [] if layer is None else layer.trainable_variables


def _not_finite_among(kind: Kind, given: Mapping[str, Any], fields: Mapping[str, str]) -> Iterator[Origin]:
    for name, value in given.items():
        array = np.asarray(value)
        if not is_finite(array):
            rows = ~np.isfinite(array.reshape(len(array), -1)).all(axis=1)
            share = (int(rows.sum()), len(array))
            yield Origin(kind, name, kind_of(array), fields.get(name, ""), share)


def _consumers(graph: Graph) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for node in graph.nodes:
        for name in node.inputs:
            found.setdefault(name, []).append(node)
    return found


def _array(value: Any) -> NDArray[Any]:  # noqa: ANN401 - a tensor of whatever form
    """A tensor's values; of the gradient of an Embedding, which has only some rows, these."""
    return np.asarray(value.values if isinstance(value, tf.IndexedSlices) else value)


def _is_finite(value: Any) -> bool:  # noqa: ANN401 - as above
    return is_finite(_array(value))
