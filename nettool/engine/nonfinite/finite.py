"""Which numbers of a state are none any more: NaN or infinite."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.record.checkpoints.training_state import NamedArrays

Places = frozenset[tuple[str, int]]
"""Arrays of a state, by their group and their number in it."""

LEARNED = ("model", "optimizer")
"""The groups that training goes on with; a metric may be infinite without harm."""


def is_finite(values: NDArray[Any]) -> bool:
    """Whether all numbers are finite, for about the price of a sum; whole numbers always are."""
    if values.dtype.kind in "biu":
        return True
    # NumPy knows the 16-bit types only by their bytes, and would add up halves to infinity.
    wide = values if values.dtype.itemsize >= 4 else values.astype(np.float32)
    with np.errstate(all="ignore"):
        return bool(np.isfinite(wide.sum())) or bool(np.isfinite(wide).all())


def not_finite(arrays: Mapping[str, NamedArrays]) -> Places:
    """The arrays of what was learned that hold a number which is not finite."""
    return frozenset(
        (group, number)
        for group in LEARNED
        for number, (_, values) in enumerate(arrays.get(group, ()))
        if not is_finite(values)
    )


def kind_of(values: NDArray[Any]) -> str:
    """`nan`, `inf` or `-inf`: what stands among numbers that are not all finite."""
    wide = np.asarray(values, np.float64)
    if np.isnan(wide).any():
        return "nan"
    return "inf" if np.isposinf(wide).any() else "-inf"


def largest(values: NDArray[Any]) -> float:
    """The greatest distance from 0 of the finite numbers among them; 0 where there are none."""
    wide = np.abs(np.asarray(values, np.float64))
    finite = wide[np.isfinite(wide)]
    return float(finite.max()) if finite.size else 0.0
