"""How numbers of answers are written."""

import numpy as np


def short(value: float) -> str:
    """With as many digits as are worth reading."""
    return f"{value:.4g}"


def exact(value: float) -> float:
    """The number of fewest digits that is the same as float32: the network's own numbers have no more."""
    return float(str(np.float32(value)))


def percent(share: float) -> str:
    """A probability; only what is certain to the last digit is 100 %."""
    text = f"{share * 100:.1f}"
    if text == "100.0" and share < 1:
        return ">99.9%"
    return f"{text}%"
