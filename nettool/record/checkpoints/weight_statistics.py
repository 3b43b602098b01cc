"""Statistics of the weights that a run keeps, by node: mean, standard deviation, extremes and a histogram."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.record.checkpoints.states import best_state, last_state
from nettool.record.checkpoints.training_state import TrainingState
from nettool.record.run_damaged import CannotResume
from nettool.record.run_directory import RunDirectory

BINS = 24
"""Into so many equal parts the way from the lowest to the highest number is cut for counting."""
_SEEDS = "seed_generator"


@dataclass(frozen=True, slots=True)
class WeightStatistics:
    """One variable: its name within the node, its shape, and statistics of its finite numbers.

    `counts` are the numbers in each of `BINS` equal parts between `lowest` and `highest`; there is one part
    when all are equal, and none when no number is finite.
    """

    name: str
    shape: tuple[int, ...]
    mean: float
    standard_deviation: float
    lowest: float
    highest: float
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeptWeights:
    """The weights of a run's best epoch, or of its last one, in Keras's order for each node."""

    of: str
    by_node: Mapping[str, tuple[WeightStatistics, ...]]


def kept_weights(run: RunDirectory) -> KeptWeights | None:
    """What the run's states say; None when it has none that can be read."""
    best = best_state(run)
    if best is not None:
        return KeptWeights(f"best epoch ({best.position.epoch})", _by_node(best))
    try:
        last, _ = last_state(run)
    except (CannotResume, OSError):
        return None
    return KeptWeights(f"last epoch ({last.position.epoch})", _by_node(last))


def _by_node(state: TrainingState) -> Mapping[str, tuple[WeightStatistics, ...]]:
    found: dict[str, tuple[WeightStatistics, ...]] = {}
    for path, values in state.arrays["model"]:
        node, _, name = path.partition("/")
        if name and _SEEDS not in path:
            found[node] = (*found.get(node, ()), variable_statistics(name, values))
    return found


def variable_statistics(name: str, values: NDArray[Any]) -> WeightStatistics:
    """The statistics of one variable's values."""
    numbers = values.astype(np.float64).ravel()
    finite = numbers[np.isfinite(numbers)]
    if not finite.size:
        nothing = float("nan")
        return WeightStatistics(
            name,
            values.shape,
            mean=nothing,
            standard_deviation=nothing,
            lowest=nothing,
            highest=nothing,
            counts=(),
        )
    lowest, highest = float(finite.min()), float(finite.max())
    parts = BINS if highest > lowest else 1
    # Half a unit to both sides: the border of a single part, which would have no width.
    ends = (lowest, highest) if parts > 1 else (lowest - 0.5, highest + 0.5)
    counts, _ = np.histogram(finite, parts, ends)
    return WeightStatistics(
        name,
        values.shape,
        mean=float(finite.mean()),
        standard_deviation=float(finite.std()),
        lowest=lowest,
        highest=highest,
        counts=tuple(map(int, counts)),
    )
