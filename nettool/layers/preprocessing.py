"""Preprocessing layers whose shapes are known from their options."""

from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.reading import Options
from nettool.layers.rule import Rule


def rescaling(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The shape stays; a list of factors needs one for each place on the last axis."""
    (shape,) = shapes
    for option in ("scale", "offset"):
        value = options[option]
        count = len(value) if isinstance(value, list) else 1
        if count > 1 and (not shape or shape[-1] not in (None, count)):
            return Refusal(
                f"has {count} numbers as `{option}`, but gets {shape_text(shape)}",
                label=f"{count} numbers",
                help="write one number, or one for each place on the last axis",
                option=option,
                kind="option",
            )
    return Outcome(shape)


RULES: dict[str, Rule] = {"Rescaling": rescaling}
