"""CIFAR's binary batches: records of one or two label bytes and the pixels, one channel after the other.

Source: A. Krizhevsky, The CIFAR-10 dataset, "Dataset layout: binary version".
"""

from collections.abc import Iterable
from math import prod

import numpy as np

from nettool.data.catalogue import DataSet
from nettool.data.failure import DataError
from nettool.data.formats.batches import channels_last, read_batches
from nettool.data.formats.contents import Content
from nettool.data.samples import Samples, checked_samples


def read(contents: Iterable[Content], dataset: DataSet, label_bytes: int) -> tuple[Samples, Samples]:
    """The training and test samples; the last of a record's `label_bytes` is the (fine) label.

    Raises DataError for a file that is no whole number of records, or holds an impossible label.
    """

    def read_batch(content: Content, dataset: DataSet) -> Samples:
        pixels = prod(dataset.image_shape)
        record = label_bytes + pixels
        if not content.data or len(content.data) % record:
            raise DataError(
                f"`{content.name}` has {len(content.data):,} bytes, which is no whole number of records",
                (f"expected: records of {record:,} bytes ({label_bytes} for labels, {pixels:,} for pixels)",),
            )
        records = np.frombuffer(content.data, np.uint8).reshape(-1, record)
        images = channels_last(records[:, label_bytes:], dataset.image_shape)
        return checked_samples(images, records[:, label_bytes - 1], dataset, content.name, content.name)

    return read_batches(contents, dataset, read_batch)
