"""Where a step left the numbers: the first node, loss, gradient or weight that is not finite."""

from dataclasses import dataclass
from typing import Literal

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
