"""The type of a rule: what one call of a layer makes of its inputs' shapes."""

from collections.abc import Callable, Mapping

from nettool.layers.outcome import Outcome, Refusal, Shape

Rule = Callable[[tuple[Shape, ...], Mapping[str, object]], Outcome | Refusal | None]
"""From the inputs' shapes and all options (defaults filled in) to the outcome; None if it knows none."""
