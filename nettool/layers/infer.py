"""What one call of a layer gives: fill in the defaults, ask the rule, check that the weights can be made."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from nettool.layers.catalogue import catalogue
from nettool.layers.definition import LayerDefinition
from nettool.layers.outcome import Outcome, Refusal, Shape
from nettool.layers.reading import Options
from nettool.layers.starting_values import predictable, starting_values


def infer(layer: str, shapes: tuple[Shape, ...], options: Mapping[str, object]) -> Outcome | Refusal | None:
    """The outcome of calling `layer` (a class name) on inputs of these shapes; None where no rule knows it.

    `options` are those that were written; each must have passed its kind, and none that is required may be
    missing. Weights that are told not to be trained come back as such.
    """
    definition = catalogue().get(layer)
    if definition is None or definition.rule is None:
        return None
    filled = {**_defaults(layer), **options}
    refusal = _wrong_count(definition, len(shapes)) or _halving(filled)
    if refusal is not None:
        return refusal
    # Only what was written can ask for the impossible: the defaults fit each layer.
    if not predictable(options):
        return None
    outcome = definition.rule(shapes, filled)
    if not isinstance(outcome, Outcome):
        return outcome
    refusal = starting_values(outcome.weights, options)
    return refusal or _frozen(outcome, filled)


@cache
def _defaults(layer: str) -> Mapping[str, object]:
    """The defaults of all options of a layer in the catalogue."""
    return {name: option.default for name, option in catalogue()[layer].options.items()}


def _wrong_count(definition: LayerDefinition, count: int) -> Refusal | None:
    if definition.inputs in ("many", "arguments") or count == (2 if definition.inputs == "two" else 1):
        return None
    plural = "s" if definition.inputs == "two" else ""
    return Refusal(
        f"takes {definition.inputs} input{plural}, but gets {count}",
        label=f"{definition.name} takes {definition.inputs} input{plural}",
        help="merge them first, with Concatenate or Add"
        if count > 1 and definition.inputs == "one"
        else None,
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
        "cannot use glu, which halves its input: Keras goes on with the shape before it",
        label="glu halves the last axis",
        help="write it as two layers, one of them with `activation: sigmoid`, and merge them with Multiply",
        option=option,
        kind="option",
    )


def _frozen(outcome: Outcome, options: Options) -> Outcome:
    if options.get("trainable", True):
        return outcome
    return replace(outcome, weights=tuple(replace(weight, trainable=False) for weight in outcome.weights))
