"""How far a window goes: the number of places at which a kernel or a pool fits."""

from nettool.layers.outcome import Shape


def places(lengths: Shape, window: tuple[int, ...], strides: tuple[int, ...], padding: str) -> Shape:
    """The lengths after a window went over them, as `keras.ops` computes them; None stays None.

    With `valid` padding the window stays inside: floor((length - window) / stride) + 1. With `same` and
    `causal` it may stand out: ceil(length / stride).
    """
    return tuple(
        _places(length, size, stride, padding)
        for length, size, stride in zip(lengths, window, strides, strict=True)
    )


def _places(length: int | None, size: int, stride: int, padding: str) -> int | None:
    if length is None:
        return None
    return (length - size) // stride + 1 if padding == "valid" else -(-length // stride)


def reach(kernel_size: tuple[int, ...], dilation_rate: tuple[int, ...]) -> tuple[int, ...]:
    """How many places a kernel spans when there are gaps between its taps."""
    return tuple((size - 1) * gap + 1 for size, gap in zip(kernel_size, dilation_rate, strict=True))


REACH_WORDS = "dilation × (kernel - 1) + 1"
"""How many places a kernel spans, in words."""


def places_words(span: str) -> str:
    """What becomes of each length, in words, for a window that spans so many places."""
    return (
        f"each length becomes floor((length - {span}) / stride) + 1 with `padding: valid` and "
        "ceil(length / stride) with `padding: same`"
    )
