"""What a layer's rule says of one call: the output's shape and the weights, or why it cannot be."""

from dataclasses import dataclass
from math import prod

Shape = tuple[int | None, ...]
"""A tensor's shape without the batch axis; None is a length that is only known when data comes."""


@dataclass(frozen=True, slots=True)
class Weight:
    """One variable of a layer, under the name that Keras gives it (`kernel`, `bias`, `moving_mean` …)."""

    name: str
    shape: tuple[int, ...]
    trainable: bool = True

    @property
    def parameter_count(self) -> int:
        """How many numbers it holds."""
        return prod(self.shape)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A call that works: its output's shape and, in Keras's order, the weights that it needs."""

    shape: Shape
    weights: tuple[Weight, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A call that Keras would refuse, in plain words.

    `message` completes the sentence "`node` ..." ("cannot add (9, 9, 32) and (9, 9, 64)"); `label` is a few
    words for the marked place ("Add needs equal shapes"); `option` names the option at fault, if it is one;
    `within` are the keys and item numbers that lead from its value to the part at fault. `parties` are the
    positions of the inputs that do not fit.
    """

    message: str
    label: str = ""
    help: str | None = None
    option: str | None = None
    within: tuple[str | int, ...] = ()
    parties: tuple[int, ...] = ()
    kind: str = "shape"


def shape_text(shape: Shape | None) -> str:
    """A shape as people read it: `(9, 9, 64)`, `(?, 128)` for a length that varies, `?` when unknown."""
    if shape is None:
        return "?"
    if len(shape) == 1:
        return f"({_length(shape[0])},)"
    return "(" + ", ".join(_length(length) for length in shape) + ")"


def _length(length: int | None) -> str:
    return "?" if length is None else str(length)
