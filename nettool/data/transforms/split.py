"""Holds out a share of the samples, with the classes in the same proportion on both sides."""

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Rows
from nettool.diagnostics.suggest import counted

_PURPOSE = 0x5E7A51DE
"""Tells this use of a seed from others, such as the order of an epoch."""


def hold_out(labels: NDArray[np.int64], share: float, seed: int) -> tuple[Rows, Rows]:
    """The rows to keep and the rows held out, each in ascending order, of samples with these labels.

    `share` is the part that is held out, rounded to whole samples: 0 holds nothing out, any other share at
    least one sample, and at least one is kept. Each class gives its share, rounded down, and the samples that
    are then still to be found come from the classes that rounding cost most. The last sample of a class is
    kept as long as others can be held out. Equal seeds give equal rows; where there is nothing to keep in
    proportion, all labels are 0.

    Raises ValueError when a share is to be held out of fewer than two samples.
    """
    count = len(labels)
    if share == 0:
        return np.arange(count), np.arange(0)
    if count < 2:
        raise ValueError(f"{counted(count, 'sample')} cannot be divided into two parts")
    wanted = min(max(round(count * share), 1), count - 1)
    order = np.random.default_rng([seed, _PURPOSE]).permutation(count)
    by_class = order[np.argsort(labels[order], kind="stable")]
    sizes = np.bincount(labels)
    exact = sizes * (wanted / count)
    taken = np.floor(exact).astype(np.int64)
    most_cost = np.argsort(taken - exact, kind="stable")
    taken[most_cost[: wanted - taken.sum()]] += 1
    _leave_one(taken, sizes, exact)
    place_in_class = np.arange(count) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    is_held_out = place_in_class < np.repeat(taken, sizes)
    return np.sort(by_class[~is_held_out]), np.sort(by_class[is_held_out])


def _leave_one(taken: NDArray[np.int64], sizes: NDArray[np.int64], exact: NDArray[np.floating]) -> None:
    """Change `taken` so that a sample is left of each class, if samples of other classes can go for it."""
    room = np.maximum(sizes - 1 - taken, 0)
    emptied = np.flatnonzero((sizes > 0) & (sizes == taken))
    for number in emptied[: int(room.sum())]:
        giver = int(np.argmin(np.where(room > 0, taken - exact, np.inf)))
        room[giver] -= 1
        taken[giver] += 1
        taken[number] -= 1
