"""What training makes small and what it reports: losses and metrics, each at one output."""

from collections.abc import Mapping
from dataclasses import dataclass

from nettool.diagnostics.source import Span


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss at an output: `name` is the Keras class (`MeanSquaredError`), `target` a field of the data.

    A loss with `between` compares those two nodes, which meet in the node `output`.
    """

    output: str
    name: str
    options: Mapping[str, object]
    span: Span
    weight: float = 1.0
    target: str | None = None
    between: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric at an output: `name` is Keras's name for it, `label` what the user reads on screen."""

    output: str
    name: str
    label: str
    options: Mapping[str, object]
    span: Span
    target: str | None = None
