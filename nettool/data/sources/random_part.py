"""Random values of the right shapes and kinds, for trying a network without data."""

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Column, Part
from nettool.data.field import Field
from nettool.data.scale import fraction_of

UNKNOWN_LENGTH = 12
"""What a length that varies becomes."""


def random_part(fields: tuple[Field, ...], count: int, seed: int) -> Part:
    """A part of `count` samples with these fields; equal arguments give equal values.

    Labels are drawn evenly from the classes (from 0 to `highest` if there are none). Other whole numbers,
    the pixels of images among them, are drawn evenly from 0 to `highest`; images of fractions likewise;
    vectors of fractions are normal with mean 0 and deviation 1.
    """
    random = np.random.default_rng(seed)
    return Part(
        {
            field.name: Column(_values(field, count, random), scale=fraction_of(field.highest))
            for field in fields
        }
    )


def _values(field: Field, count: int, random: np.random.Generator) -> NDArray[np.generic]:
    shape = (count, *(UNKNOWN_LENGTH if length is None else length for length in field.shape))
    dtype = np.dtype(field.dtype)
    if dtype.kind in "iu":
        choices = len(field.classes) or int(field.highest) + 1
        return random.integers(0, choices, shape, dtype=dtype)
    values = random.random(shape) * field.highest if field.kind == "image" else random.standard_normal(shape)
    return values.astype(dtype)
