"""A layer in a few words: its class and the options that say most (`Conv2D 3×3, 64, relu`)."""

import re
from collections.abc import Callable, Mapping


def layer_text(operation: str, options: Mapping[str, object]) -> str:
    """The class, then the telling ones of the options that were written, in the order of speech."""
    match = re.search(r"([123])D", operation)
    axes = int(match[1]) if match else 1
    said = ", ".join(
        say(options[option], axes)
        for option, say in _TELLING.items()
        if options.get(option) is not None and not _is_usual(operation, option, options[option])
    )
    return f"{operation} {said}" if said else operation


def _plain(value: object, axes: int) -> str:
    if isinstance(value, Mapping):
        # An object written as {activation: LeakyReLU, negative_slope: 0.2} is known by its first value.
        return str(next(iter(value.values()), ""))
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(str, value)) + "]"
    return str(value)


def _extent(value: object, axes: int) -> str:
    """One length per axis; a single number stands for all of them."""
    lengths = value if isinstance(value, (list, tuple)) else (value,) * axes
    return "×".join("?" if length is None else str(length) for length in lengths)


def _is_usual(operation: str, option: str, value: object) -> bool:
    """Whether the option was written with the value that it has anyway."""
    if option not in _USUAL or (option == "strides" and "Pooling" in operation):
        return False
    values = value if isinstance(value, (list, tuple)) else (value,)
    return all(each == _USUAL[option] for each in values)


def _called(before: str, after: str = "") -> Callable[[object, int], str]:
    return lambda value, axes: f"{before}{_plain(value, axes)}{after}"


def _stride(value: object, axes: int) -> str:
    lengths = value if isinstance(value, (list, tuple)) else (value,)
    return f"stride {_extent(lengths if len(set(lengths)) > 1 else lengths[:1], axes)}"


def _padding(value: object, axes: int) -> str:
    return value if isinstance(value, str) else _extent(value, axes)


_TELLING: Mapping[str, Callable[[object, int], str]] = {
    "kernel_size": _extent,
    "pool_size": _extent,
    "size": _extent,
    "cropping": _extent,
    "target_shape": _extent,
    "filters": _plain,
    "units": _plain,
    "input_dim": _called("", " ids"),
    "output_dim": _plain,
    "num_heads": _called("", " heads"),
    "key_dim": _called("key "),
    "rate": _plain,
    "stddev": _called("σ "),
    "n": _called("", " times"),
    "dims": _plain,
    "axis": _called("axis "),
    "axes": _called("axes "),
    "activation": _plain,
    "strides": _stride,
    "dilation_rate": _called("dilation "),
    "padding": _padding,
    "return_sequences": lambda value, axes: "sequence",
    "trainable": lambda value, axes: "frozen",
}
"""How to say each option, given its value and the number of spatial axes, in the order of speech."""

_USUAL: Mapping[str, object] = {
    "activation": "linear",
    "strides": 1,
    "dilation_rate": 1,
    "padding": "valid",
    "return_sequences": False,
    "trainable": True,
    "axis": -1,
}
"""Values that go without saying (a pooling layer's strides do not: they follow its size)."""
