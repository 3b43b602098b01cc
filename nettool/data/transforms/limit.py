"""Keeps the first so many samples."""

import numpy as np

from nettool.data.column import Part


def limit(part: Part, count: int) -> Part:
    """The first `count` samples, or all if there are fewer; nothing is copied."""
    return part if len(part) <= count else part.take(np.arange(count))
