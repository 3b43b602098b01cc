"""What cannot be trained on the chosen backend or devices, said before anything is written."""

import os
from collections.abc import Iterator, Mapping

from nettool.diagnostics.caller import argument
from nettool.engine.compile.sample_averages import MEANS
from nettool.engine.devices.backend import backend
from nettool.engine.devices.devices import devices_in_use
from nettool.engine.failures import NotPossible
from nettool.graph.network import Graph
from nettool.graph.trainable_plan import TrainablePlan
from nettool.layers.catalogue import layers_with
from nettool.layers.inner import inner_layer
from nettool.layers.reading import listed

WITHIN_A_BATCH = {
    "Circle": "",
    **dict.fromkeys(
        ("Dice", "Tversky"), "; write an `axis`, such as `[1, 2, 3]` for images, to compare samples"
    ),
}
"""Losses that are not of single samples, and what makes them so."""

DETERMINISTIC = "--xla_gpu_deterministic_ops=true"


def require_possible(plan: TrainablePlan, samples: int) -> None:
    """Raise NotPossible, naming every reason, when the plan cannot be trained here on so many samples."""
    reasons = [*_on_jax(plan), *_on_several(plan, samples)]
    if reasons:
        raise NotPossible("\n".join(reasons))


def require_computable(graph: Graph) -> None:
    """Raise NotPossible when a network, trained or not, has nodes that the backend cannot compute."""
    reasons = [*_not_computable(graph)]
    if reasons:
        raise NotPossible("\n".join(reasons))


def _not_computable(graph: Graph) -> Iterator[str]:
    if backend() != "jax":
        yield from () if _on_gpu() else _not_on_a_cpu(graph)
        return
    tensorflow = argument("backend", "tensorflow")
    for node in graph.nodes:
        if node.operation in layers_with("TensorFlow only"):
            yield f"jax cannot compute `{node.name}`: {node.operation} needs {tensorflow}"
        elif node.options.get("synchronized") is True:
            yield f"jax cannot compute `{node.name}`: `synchronized: true` needs {tensorflow}"
        elif node.dtype == "string":
            yield f"jax has no texts, and `{node.name}` is one: it needs {tensorflow}"


def _not_on_a_cpu(graph: Graph) -> Iterator[str]:
    elsewhere = f"on a CPU; it needs a GPU, or {argument('backend', 'jax')}"
    for node in graph.nodes:
        for layer, options in _layers_of(node.operation, node.options):
            said = f"tensorflow cannot compute `{node.name}`, {layer} with"
            if (
                layer in layers_with("channels last on a CPU")
                and options.get("data_format") == "channels_first"
            ):
                yield f"{said} `data_format: channels_first`, {elsewhere}"
            gaps = options.get("dilation_rate") or 1
            if layer in layers_with("no dilation on a CPU") and max(listed(gaps)) > 1:
                yield f"{said} `dilation_rate: {gaps}`, {elsewhere}"


def _layers_of(layer: str, options: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """A layer with its options, then those that it holds."""
    yield layer, options
    for value in options.values():
        for each in value if isinstance(value, list | tuple) else (value,):
            if isinstance(each, Mapping) and "layer" in each:
                inner = inner_layer(each)
                yield from _layers_of(inner.name, inner.written)


def _on_gpu() -> bool:
    return any(name.startswith("gpu") for name in devices_in_use())


def _on_jax(plan: TrainablePlan) -> Iterator[str]:
    yield from _not_computable(plan.graph)
    if backend() != "jax":
        return
    if plan.training.deterministic and _on_gpu() and DETERMINISTIC not in os.environ.get("XLA_FLAGS", ""):
        yield f"`train.deterministic` on a GPU with jax: set XLA_FLAGS={DETERMINISTIC} for it"


def _on_several(plan: TrainablePlan, samples: int) -> Iterator[str]:
    training, count = plan.training, len(devices_in_use())
    if count == 1:
        return
    devices = f"{count} devices"
    if plan.graph.batch_size is not None:
        yield (
            f"{devices}: the network is built for batches of {plan.graph.batch_size}, which cannot be "
            "divided; leave out the input's `batch_size`"
        )
    elif _leaves_one_idle(samples, training.batch_size, count):
        last = samples % training.batch_size or training.batch_size
        yield (
            f"{devices}: the last batch of an epoch, {last} {'sample' if last == 1 else 'samples'}, leaves a "
            "device without any; choose another `batch_size`"
        )
    if (training.optimizer.options.get("gradient_accumulation_steps") or 1) != 1:
        yield f"{devices}: Keras cannot do `gradient_accumulation_steps` there; take a larger `batch_size`"
    for loss in plan.losses:
        reduction = loss.options.get("reduction")
        if reduction not in MEANS:
            yield f"{devices}: the loss of `{loss.output}` must be a mean, and has `reduction: {reduction}`"
        elif loss.name in WITHIN_A_BATCH and loss.options.get("axis") is None:
            yield (
                f"{devices}: the loss `{loss.name}` of `{loss.output}` looks at a whole batch, which cannot "
                f"be divided{WITHIN_A_BATCH[loss.name]}"
            )
    for name in _with_activity_penalty(plan.graph):
        yield f"{devices}: what `{name}` adds to the loss is a sum over the batch, which Keras would divide"


def _leaves_one_idle(samples: int, batch_size: int, devices: int) -> bool:
    """TensorFlow gives each device ⌈batch / devices⌉ samples, as long as there are any."""
    sizes = {min(batch_size, samples), samples % batch_size or batch_size}
    return any((devices - 1) * -(-size // devices) >= size for size in sizes)


def _with_activity_penalty(graph: Graph) -> Iterator[str]:
    for node in graph.nodes:
        if node.operation == "ActivityRegularization" or _mentions("activity_regularizer", node.options):
            yield node.name


def _mentions(option: str, value: object) -> bool:
    if isinstance(value, Mapping):
        return value.get(option) is not None or any(_mentions(option, each) for each in value.values())
    return False
