"""Whether a type of whole numbers can hold the numbers of a column: others would wrap around."""

from __future__ import annotations

import numpy as np

from nettool.data.column import Column
from nettool.data.failure import DataError

_SAMPLES_AT_ONCE = 1024


def check_within(name: str, column: Column, wanted: str, dtype: str, lowest: int | None = None) -> None:
    """Raises DataError where a field holds numbers that `dtype` (of whole numbers) cannot hold.

    `wanted` says what takes them; `lowest` is the least that it can do with, where that is not the type's.
    """
    ends = np.iinfo(dtype)
    low = int(ends.min) if lowest is None else lowest
    stored = column.values.dtype
    own = np.iinfo(str(stored)) if stored.kind in "iu" else None
    if own is not None and own.min >= low and own.max <= ends.max:
        return
    for start in range(0, len(column), _SAMPLES_AT_ONCE):
        values = column.take(np.arange(start, min(start + _SAMPLES_AT_ONCE, len(column)))).array()
        if values.size == 0:
            continue
        for number in (values.min(), values.max()):
            if not low <= number <= ends.max:
                message = f"`{name}` holds {number:,}, but {wanted} takes whole numbers"
                advice = "number them from 0" if number < low else "write a wider `dtype`, such as int64"
                raise DataError(f"{message} from {low:,} to {int(ends.max):,}", (f"expected: {advice}",))
