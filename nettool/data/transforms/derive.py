"""A new field looked up from a label."""

import numpy as np

from nettool.data.column import Column, Part
from nettool.data.request import Derived


def derive(part: Part, derived: Derived) -> Part:
    """The part with one more column: for each sample the value that its class stands for.

    Words become class numbers, int64 of (samples,), in the order in which the words first occur among the
    values; numbers become float32 of (samples, 1).
    """
    labels = part.columns[derived.origin].array()
    words = [value for value in derived.values if isinstance(value, str)]
    if words:
        classes = tuple(dict.fromkeys(words))
        looked_up = np.array([classes.index(word) for word in words], np.int64)[labels]
    else:
        looked_up = np.array(derived.values, np.float32)[labels][:, np.newaxis]
    return Part({**part.columns, derived.name: Column(looked_up)})
