"""Numbers that a smaller type would change: NumPy's own casts say which."""

import numpy as np
import pytest

from nettool.data.column import Column
from nettool.data.failure import DataError
from nettool.data.values.within_type import check_within


@pytest.mark.parametrize("dtype", ["uint8", "int32", "int64"])
@pytest.mark.parametrize("number", [0, 255, 256, 355, -1, 2**31 - 1, 2**31, 2**32, -(2**31) - 1])
def test_a_number_is_refused_exactly_where_a_cast_would_change_it(dtype: str, number: int) -> None:
    values = np.full((3, 2), 7, np.int64)
    values[1, 1] = number
    changes = bool((values.astype(dtype).astype(np.int64) != values).any())
    if not changes:
        check_within("x", Column(values), "the input `x`", dtype)
        return
    with pytest.raises(DataError) as raised:
        check_within("x", Column(values), "the input `x`", dtype)
    assert raised.value.message.startswith(
        f"`x` holds {number:,}, but the input `x` takes whole numbers from "
    )


def test_an_embedding_has_no_row_for_a_negative_number() -> None:
    with pytest.raises(DataError, match="`x` holds -1"):
        check_within("x", Column(np.array([[0], [-1]], np.int32)), "`words`", "int32", lowest=0)
