"""What one call of a layer gives: fill in the defaults, ask the rule, check that the weights can be made."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from nettool.layers.catalogue import catalogue
from nettool.layers.inner import Inner
from nettool.layers.layer import Layer
from nettool.layers.outcome import Outcome, Refusal, Shape
from nettool.layers.reading import Options
from nettool.layers.starting_values import predictable, starting_values


def infer(layer: str, shapes: tuple[Shape, ...], options: Mapping[str, object]) -> Outcome | Refusal | None:
    """The outcome of calling `layer` (a class name) on inputs of these shapes; None where no rule knows it.

    `options` are those that were written; each must have passed its kind, and none that is required may be
    missing. With `trainable: false` no weight is trained.
    """
    known = catalogue().get(layer)
    if known is None or not known.has_rule:
        return None
    filled = {**_defaults(layer), **options}
    refusal = _wrong_count(known, len(shapes)) or _halving(filled)
    if refusal is not None:
        return refusal
    # Only what was written can ask for the impossible: the defaults fit each layer.
    if not predictable(options):
        return None
    outcome = _asked(known, shapes, filled)
    if not isinstance(outcome, Outcome):
        return outcome
    refusal = starting_values(outcome.weights, options)
    return refusal or _frozen(outcome, filled)


def infer_inner(inner: Inner, shapes: tuple[Shape, ...]) -> Outcome | Refusal | None:
    """What a layer inside another gives; a refusal if it is no layer of one input."""
    if catalogue()[inner.name].inputs == "one":
        return infer(inner.name, shapes, inner.written)
    return Refusal("takes several inputs", label="takes several inputs", kind="option")


def _asked(layer: Layer, shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal | None:
    if layer.nested_rule is not None:
        return layer.nested_rule(shapes, options, infer_inner)
    return None if layer.rule is None else layer.rule(shapes, options)


@cache
def _defaults(layer: str) -> Mapping[str, object]:
    """The defaults of all options of a layer in the catalogue."""
    return {name: option.default for name, option in catalogue()[layer].options.items()}


def _wrong_count(layer: Layer, count: int) -> Refusal | None:
    if layer.inputs in ("many", "arguments") or count == (2 if layer.inputs == "two" else 1):
        return None
    plural = "s" if layer.inputs == "two" else ""
    return Refusal(
        f"takes {layer.inputs} input{plural}, but gets {count}",
        label=f"{layer.name} takes {layer.inputs} input{plural}",
        help="merge them first, with Concatenate or Add" if count > 1 and layer.inputs == "one" else None,
        parties=tuple(range(count)),
        kind="count",
    )


def _halving(options: Options) -> Refusal | None:
    """Keras gives layers with `glu` the shape before it, and builds what follows them wrongly."""
    option = next(
        (name for name in ("activation", "recurrent_activation") if options.get(name) == "glu"), None
    )
    if option is None:
        return None
    return Refusal(
        "cannot use glu, which halves its input: Keras continues with the shape before it",
        label="glu halves the last axis",
        help="write it as two layers, one of them with `activation: sigmoid`, and merge them with Multiply",
        option=option,
        kind="option",
    )


def _frozen(outcome: Outcome, options: Options) -> Outcome:
    if options.get("trainable", True):
        return outcome
    return replace(outcome, weights=tuple(replace(weight, trainable=False) for weight in outcome.weights))
