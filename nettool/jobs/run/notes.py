"""What a run says first of its data and settings: numbers that go in unscaled, weights that never change."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Column, Part
from nettool.data.field import Field
from nettool.data.sources.source import DataSource
from nettool.data.transforms.samples import evenly_spaced
from nettool.engine.compile.training_length import training_length
from nettool.graph.bind.binding import Binding
from nettool.graph.trainable_plan import TrainablePlan
from nettool.layers.catalogue import layers_with

LARGE_INPUT = 100.0
"""Networks begin with weights for numbers near 0."""
LARGE_TARGET = 10_000.0
_SAMPLES = 2000
_CHANNELS = (1, 3, 4)


def data_notes(plan: TrainablePlan, part: Part) -> Iterator[str]:
    """Notes on the inputs, then on the targets, as far as a sample of the training set shows them."""
    if not len(part):
        return
    yield from _of_inputs(plan, plan.binding, part)
    yield from _of_targets(plan, plan.binding, part)


def _of_inputs(plan: TrainablePlan, binding: Binding, part: Part) -> Iterator[str]:
    nodes = plan.graph.by_name
    for bound in binding.inputs:
        field, column = binding.field(bound.field), part.columns[bound.field]
        dtype = nodes[bound.input].dtype or "float32"
        if field.kind != "vector":
            continue
        if dtype.removeprefix("u").startswith("int"):
            yield from _cut(field, column, bound.input, dtype)
            continue
        readers = {node.operation for node in plan.graph.nodes if bound.input in node.inputs}
        if (
            column.scale.changes_nothing
            and dtype != "string"
            and readers.isdisjoint(layers_with("any scale"))
        ):
            yield from _unscaled(field, column, plan.data.source)


def _cut(field: Field, column: Column, input_name: str, dtype: str) -> Iterator[str]:
    values = _some(column)
    if values is None or values.dtype.kind != "f":
        return
    cut = values[np.isfinite(values) & (values != np.trunc(values))]
    if cut.size:
        yield (
            f"the input `{input_name}` of {dtype} cuts off the fractions of `{field.name}` "
            f"({cut[0]:.4g} becomes {np.trunc(cut[0]):.0f}): write `dtype: float32` at the input to keep them"
        )


def _unscaled(field: Field, column: Column, source: DataSource) -> Iterator[str]:
    values = _some(column)
    most = 0.0 if values is None else _most(values)
    if most < LARGE_INPUT:
        return
    reach = f"its numbers reach {most:,.6g} and go into the network as they are"
    if len(field.shape) == 3 and field.shape[-1] in _CHANNELS and field.dtype in ("uint8", "uint16"):
        shape = " × ".join(map(str, field.shape))
        advice = source.kind_advice(field.name, "image")
        yield (
            f"`{field.name}` ({shape}, {field.dtype}) looks like images but is read as numbers: {reach}"
            + ("" if advice is None else f"; {advice}")
        )
    else:
        yield (
            f"`{field.name}` is not normalized: {reach}; write `normalize: {{{field.name}: standard}}` under "
            "`data:`"
        )


def _of_targets(plan: TrainablePlan, binding: Binding, part: Part) -> Iterator[str]:
    with_loss = {loss.output for loss in plan.losses}
    targets = dict.fromkeys(each.field for each in binding.targets if each.output in with_loss)
    for name in targets:
        field, column = binding.field(name), part.columns[name]
        if field.kind != "vector" or field.classes:
            continue
        if not column.scale.changes_nothing:
            unit = _unit(column)
            yield (
                f"`{name}` is normalized, so its losses and metrics count in units of {unit}, as does what "
                f"`expect` says of them; `predict` and the report give `{name}` as it is stored"
            )
            continue
        values = _some(column)
        most = 0.0 if values is None else _most(values)
        if most >= LARGE_TARGET:
            yield (
                f"the target `{name}` reaches {most:,.6g}, which a network that starts near 0 may never come "
                f"to: write `normalize: {{{name}: standard}}` under `data:`"
            )


def _unit(column: Column) -> str:
    divisors = set(column.scale.divisor)
    return f"{divisors.pop():,.6g}" if len(divisors) == 1 else "its columns' divisors"


def _most(values: NDArray[np.generic]) -> float:
    finite = values[np.isfinite(values)] if values.dtype.kind == "f" else values
    return float(np.abs(finite.astype(np.float64)).max()) if finite.size else 0.0


def _some(column: Column) -> NDArray[np.generic] | None:
    """Samples from the whole length of a column; None where they are no numbers."""
    values = column.take(evenly_spaced(len(column), _SAMPLES)).array()
    return values if values.dtype.kind in "fiub" else None


def training_notes(plan: TrainablePlan, samples: int) -> Iterator[str]:
    """Notes on training on so many samples."""
    training = plan.training
    options, stopping = training.optimizer.options, training.early_stopping
    together = options.get("gradient_accumulation_steps")
    if isinstance(together, int) and together > 1:
        yield from _accumulated(together, training_length(plan, samples).total)
    if options.get("use_ema") and not (stopping is not None and stopping.restore_best):
        yield (
            "`use_ema`: validation measures the weights as they are, the test and the saved last model have "
            "their averages, so their results differ"
        )


def _accumulated(together: int, steps: int) -> Iterator[str]:
    batches = f"{steps:,} {'batch' if steps == 1 else 'batches'}"
    adds_up = f"`gradient_accumulation_steps: {together}` changes the weights after every {together} batches"
    if steps < together:
        fewer = f"write at most {steps}" if steps > 1 else "leave it out"
        yield f"{adds_up}, but the training has {batches}: no weight will ever change; {fewer}"
    elif steps % together:
        yield f"{adds_up}; the last {steps % together} of the training's {batches} change nothing"
