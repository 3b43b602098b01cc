"""The task `pairs`: two images of one part, whether their classes are the same and how far they are apart."""

import zlib

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Column, Part
from nettool.data.failure import DataError
from nettool.data.sources.source import SET_NAMES, PartName


def pairs(part: Part, image: str, label: str, name: PartName, per_sample: int = 1) -> Part:
    """As many pairs as there are samples, `per_sample` times over: `left`, `right`, `same`, `difference`.

    Every sample is `per_sample` times on the left, each time in the part's own order. Half of the pairs (one
    less than the other half, if the number is odd) have a partner of the same class, another sample where the
    class has one; the others a partner of another class; partners are drawn evenly. So `same` is balanced: a
    constant answer is right half of the time. `difference`, |left class − right class|, is then 0 in half of
    the pairs and spread over the other differences as uniform pairs spread them: the constant answer 0 is
    right half of the time there too. (Uniform pairs of ten classes would make that a tenth, but `same` would
    nearly always be no.)

    The pairs depend on the part's `name` and the samples alone, not on the seed of a training, so that all
    runs are measured by the same pairs. Images are not copied: both columns share one array.

    Raises DataError when all samples are of one class.
    """
    images, labels = part.columns[image], part.columns[label].array().astype(np.int64)
    if len(np.unique(labels)) < 2:
        all_alike = f"all of its {len(labels):,} samples are of one class"
        message = f"no pairs can be made of the {SET_NAMES[name]}: {all_alike}"
        raise DataError(message, ("expected: samples of two classes or more; raise `limit` or add classes",))
    random = np.random.default_rng(zlib.crc32(name.encode()))
    left = np.tile(np.arange(len(labels)), per_sample)
    right = np.concatenate([_partners(labels, random) for _ in range(per_sample)])
    difference = np.abs(labels[left] - labels[right])
    return Part(
        {
            "left": images if per_sample == 1 else images.take(left),
            "right": images.take(right),
            "same": Column((difference == 0).astype(np.int64)),
            "difference": Column(difference),
        }
    )


def _partners(labels: NDArray[np.int64], random: np.random.Generator) -> NDArray[np.int64]:
    """For each sample the row of its partner: counted along the samples in the order of their classes."""
    count = len(labels)
    by_class = np.argsort(labels, kind="stable")
    position = np.empty(count, np.int64)
    position[by_class] = np.arange(count)
    sizes = np.bincount(labels)
    size = sizes[labels]
    start = (np.cumsum(sizes) - sizes)[labels]

    others = np.maximum(size - 1, 1)
    step = np.where(size > 1, 1 + random.integers(0, others), 0)
    alike = start + (position - start + step) % size
    unlike = (start + size + random.integers(0, count - size)) % count

    is_same = np.zeros(count, bool)
    is_same[random.permutation(count)[: count // 2]] = True
    return by_class[np.where(is_same, alike, unlike)]
