"""Where a step left the numbers, in words, and what to do about it."""

from math import isnan
from typing import Literal

from nettool.engine.nonfinite.origin_search import Origin
from nettool.graph.network import Graph
from nettool.spec.train.training import Precision

DIVERGED = 1e4
"""Numbers of a network that learns stay well below it."""
LARGEST_HALF = 65504.0
"""What float16 ends at."""
LARGEST_WHOSE_SQUARE_FITS = 256.0
"""A square, or a sum over many, is all that it takes from there on: inf, and then inf - inf, which is nan."""

HalfPrecision = Literal["node", "training"]
_HALVES = frozenset({"float16", "mixed_float16"})

_ENDLESS = "log of 0, a division by 0 and a root of a number below 0 do so"


def origin_text(origin: Origin, graph: Graph) -> str:
    """The first thing that is not finite, as a sentence."""
    name, found = origin.name, origin.found
    node = graph.by_name.get(name)
    operation = "" if node is None else f" ({node.operation})"
    bad, samples = origin.share
    match origin.kind:
        case "input":
            return (
                f"the input `{name}` (field `{origin.detail}`) gets {found} in {bad:,} of the {samples:,} "
                "samples of the batch"
            )
        case "target":
            return (
                f"the target of `{name}` (field `{origin.detail}`) is {found} in {bad:,} of the {samples:,} "
                "samples of the batch"
            )
        case "activation":
            return f"the activation of `{name}`{operation} is {found}; {_made_of(origin)}"
        case "loss":
            return (
                f"{origin.detail} is {found} at `{name}`{operation}, where all is finite yet; "
                f"{_made_of(origin)}"
            )
        case "penalty":
            return (
                f"the penalty on `{name}`{operation} is {found}; its weights go up to "
                f"{_number(origin.most_weight)}"
            )
        case "gradient":
            return (
                f"the gradient at `{name}`{operation} is {found}, on the way back from a finite loss; "
                f"{_made_of(origin)}"
            )
        case "loss_gradient":
            return (
                f"the gradient of the loss at `{name}` is {found}, the loss itself is finite; the values of "
                f"`{name}` go up to {_number(origin.most)}"
            )
        case "update":
            whose = (
                f"`{origin.detail}` of `{name}`{operation}" if name else f"the optimizer's `{origin.detail}`"
            )
            if isnan(origin.most):
                return f"{whose} is {found} after the step; activations and loss are finite"
            return (
                f"{whose} is {found} after the step; activations, loss and gradients are finite, "
                f"gradients up to {_number(origin.most)}"
            )


def half_precision(graph: Graph, name: str, precision: Precision) -> HalfPrecision | None:
    """Who makes a node compute in float16, which ends early: itself, or all of the training."""
    node = graph.by_name.get(name)
    if node is not None and _HALVES & {node.dtype, str(node.options.get("dtype"))}:
        return "node"
    return "training" if precision == "mixed_float16" else None


def advice(
    origin: Origin,
    half: HalfPrecision | None,
    learning_rate: float,
    *,
    is_clipped: bool,
    is_first_step: bool,
) -> str:
    """What to do, most likely thing first. In its first step nothing comes of the learning rate yet."""
    slower = f"a lower learning rate ({_number(learning_rate / 10)} instead of {_number(learning_rate)})"
    if not is_clipped:
        slower += " or `clipnorm: 1.0` in the optimizer"
    or_slower = "" if is_first_step else f"; or {slower}"
    greatest = max(origin.most, origin.most_weight)
    if origin.kind == "input" and half == "node" and origin.found != "nan":
        return (
            f"16 bits end at {LARGEST_HALF:,.0f}: write `dtype: float32` at the input, or "
            "`normalize: standard` under `data:`"
        )
    if origin.kind in ("input", "target"):
        return "find these samples with `numpy.isfinite`, and mend them or leave them out"
    if half is not None and (origin.found != "nan" or greatest >= LARGEST_WHOSE_SQUARE_FITS):
        wider = "`precision: mixed_bfloat16`, or " if half == "training" else ""
        return f"16 bits end at {LARGEST_HALF:,.0f}: {wider}`dtype: float32` at this node{or_slower}"
    if origin.kind == "update" and not origin.name:
        return (
            "gradients so large need `clipnorm: 1.0` in the optimizer, or a loss of a smaller weight or scale"
        )
    if origin.kind == "update":
        return f"the step was too long: {slower}"
    if greatest >= DIVERGED and is_first_step:
        return (
            "numbers so large in the first step come from the data (`normalize: standard`), from an "
            "initializer or from the network's own sums and products"
        )
    if greatest >= DIVERGED:
        return f"numbers so large mean that training has diverged: {slower}"
    if origin.kind == "activation":
        return f"the operation makes it of ordinary numbers ({_ENDLESS}): keep it away from them{or_slower}"
    if origin.kind == "loss":
        return (
            f"the loss makes it of ordinary numbers ({_ENDLESS}): see that the output's activation and the "
            "target are what this loss takes"
        )
    if origin.kind == "penalty":
        return f"look at the options of the regularizer{or_slower}"
    return (
        "the way back makes it of ordinary numbers (the slope of a root or of a norm at 0 does so): add a "
        "small number under it"
    )


def _made_of(origin: Origin) -> str:
    weights = f", its weights go up to {_number(origin.most_weight)}" if origin.most_weight else ""
    return f"it is given numbers up to {_number(origin.most)}{weights}"


def _number(value: float) -> str:
    return f"{value:.3g}"
