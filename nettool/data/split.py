"""Holds out a share of the training samples for validation."""

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]

_PURPOSE = 0x5E7A51DE
"""Tells this use of a seed from others, such as the order of an epoch."""


def hold_out(count: int, share: float, seed: int) -> tuple[Rows, Rows]:
    """The rows to train on and the rows held out, of `count` rows; each in ascending order.

    `share` is the part that is held out, rounded to whole samples: 0 holds nothing out, any other share at
    least one sample, and at least one is left to train on. Equal seeds give equal rows.

    Raises ValueError when a share is to be held out of fewer than two samples.
    """
    if share == 0:
        return np.arange(count), np.arange(0)
    if count < 2:
        raise ValueError(f"{count} samples cannot be divided into two parts")
    held_out = min(max(round(count * share), 1), count - 1)
    order = np.random.default_rng([seed, _PURPOSE]).permutation(count)
    return np.sort(order[held_out:]), np.sort(order[:held_out])
