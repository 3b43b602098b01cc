"""A number beyond what float16 holds is told as such, not as a log of 0."""

import numpy as np
import pytest
from engine_plans import graph, input_node, node

pytestmark = pytest.mark.keras

NETWORK = graph(
    input_node("x", (3,), "float16"),
    node("half", "Dense", "x", units=2, dtype="float16"),
    node("y", "Dense", "half", units=1),
    outputs=["y"],
)


@pytest.mark.parametrize(
    ("kind", "name", "found", "most", "said"),
    [
        ("activation", "half", "nan", 300.0, "16 bits end at 65,504: `dtype: float32` at this node"),
        ("activation", "half", "nan", 1.0, "(log of 0"),
        ("activation", "y", "nan", 300.0, "(log of 0"),
        ("input", "x", "inf", 7e4, "16 bits end at 65,504: write `dtype: float32` at the input"),
        ("input", "x", "nan", 1.0, "find these samples"),
    ],
)
def test_what_16_bits_cannot_hold(kind: str, name: str, found: str, most: float, said: str) -> None:
    from nettool.engine.nonfinite.origin_search import Origin
    from nettool.engine.nonfinite.origin_text import advice, half_precision

    assert np.isinf(np.float16(300.0) ** 2)
    origin = Origin(kind, name, found, most=most)  # type: ignore[arg-type]
    half = half_precision(NETWORK, name, "float32")
    assert said in advice(origin, half, 0.1, is_clipped=False, is_first_step=True)
    assert half_precision(NETWORK, "y", "mixed_float16") == "training"
