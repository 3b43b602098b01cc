"""A few samples to train and to validate on, for `overfit`."""

from dataclasses import replace

import numpy as np

from nettool.data.load import Loaded
from nettool.data.transforms.samples import limit
from nettool.record.events.event_text import samples_text

STEPS_PER_EPOCH = 50
"""At least: an epoch of one step would be little learning between much measuring."""


def only_few(loaded: Loaded, count: int, batch_size: int) -> Loaded:
    """The first samples of the training set as training and validation set, and no test set.

    An epoch goes through them several times.
    """
    few = limit(loaded.train, count)
    times = max(1, -(-STEPS_PER_EPOCH * batch_size // max(1, len(few))))
    first = samples_text(len(few))
    note = f"overfit: the first {first} of the training set, {times:,} times in each epoch"
    return replace(
        loaded,
        train=few.take(np.tile(np.arange(len(few)), times)),
        validation=few,
        test=loaded.test.take(np.arange(0)),
        notes=(*loaded.notes, note),
    )
