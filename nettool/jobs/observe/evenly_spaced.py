"""Which samples stand for a whole part of the data."""

import numpy as np
from numpy.typing import NDArray


def evenly_spaced(count: int, most: int) -> NDArray[np.int64]:
    """At most so many rows, from its whole length."""
    return np.linspace(0, count - 1, min(most, count)).astype(np.int64)
