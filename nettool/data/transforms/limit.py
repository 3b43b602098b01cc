"""Keeps the first so many samples."""

from nettool.data.samples import Samples


def limit(samples: Samples, count: int) -> Samples:
    """The first `count` samples, or all if there are fewer; nothing is copied."""
    return Samples(samples.images[:count], samples.labels[:count])
