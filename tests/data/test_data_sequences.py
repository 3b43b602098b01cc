import numpy as np
import pytest

from nettool.data.column import Column
from nettool.data.values.lazy_values import Sequences, sequences_of_lengths

SAMPLES = ([5, 6], [], [7, 8, 9], [1], [])


def sequences() -> Sequences:
    flat = np.array([number for sample in SAMPLES for number in sample], np.int32)
    return sequences_of_lengths(flat, np.array([len(sample) for sample in SAMPLES]))


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ([2, 0], [[7, 8, 9], [5, 6, 0]]),
        ([0, 3, 0], [[5, 6], [1, 0], [5, 6]]),
        ([1, 3], [[0], [1]]),
        ([4, 1], [[0], [0]]),
        ([0, 1, 2, 3, 4], [[5, 6, 0], [0, 0, 0], [7, 8, 9], [1, 0, 0], [0, 0, 0]]),
    ],
)
def test_samples_come_in_the_order_asked_for_zeros_after_the_shorter_ones(
    rows: list[int], read: list[list[int]]
) -> None:
    values = sequences().read(np.array(rows))
    assert values.tolist() == read
    assert values.dtype == np.int32


def test_no_rows_give_no_samples() -> None:
    assert sequences().read(np.arange(0)).shape == (0, 1)


def test_a_column_of_sequences_has_one_axis_of_any_length() -> None:
    column = Column(sequences())
    assert (len(column), column.values.shape, column.values.dtype) == (5, (None,), np.int32)
    assert column.take(np.array([2, 3])).array().tolist() == [[7, 8, 9], [1, 0, 0]]
