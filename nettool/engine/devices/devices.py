"""The devices that a process computes on: chosen once, after Keras is loaded and before anything else."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import keras

from nettool.engine.devices.backend import backend
from nettool.engine.devices.device_choice import AUTO, DeviceChoice
from nettool.engine.failures import NotPossible

CPU = ("cpu:0",)

_in_use: tuple[str, ...] = CPU


def use_devices(choice: DeviceChoice = AUTO) -> None:
    """Compute on these devices from now on; `auto` is the first GPU, or the processor where there is none.

    Raises NotPossible when one is not there, for several ones on JAX, and for others than those that the
    process has computed on.
    """
    global _in_use
    asked = choice
    if backend() == "jax":
        from nettool.engine.devices import on_jax as way
    else:
        from nettool.engine.devices import on_tensorflow as way  # type: ignore[no-redef]
    gpus = way.gpus()
    if choice.kind == "auto":
        choice = DeviceChoice("gpu", (0,)) if gpus else DeviceChoice("cpu", (0,))
    missing = [number for number in choice.numbers if choice.kind == "gpu" and number >= len(gpus)]
    if missing:
        there = ", ".join(("cpu", *(f"gpu:{number}" for number in range(len(gpus)))))
        raise NotPossible(f"there is no gpu:{missing[0]} that {backend()} can use; there is: {there}")
    try:
        way.use(choice, gpus)
    except RuntimeError as error:
        if asked == AUTO:
            return  # those that were chosen first
        raise NotPossible(
            f"this process has computed on {', '.join(_in_use)}: start Python anew to compute on {choice}"
        ) from error
    _in_use = choice.names


def devices_in_use() -> tuple[str, ...]:
    """Their names as on the command line."""
    return _in_use


def gpu_names() -> tuple[str, ...]:
    """The GPUs, by the names that Keras gives them."""
    return tuple(name for name in keras.distribution.list_devices() if name.startswith("gpu"))


def on_all_devices() -> AbstractContextManager[Any]:
    """Around what makes a model: its weights are then on all devices that are in use."""
    if len(_in_use) == 1:
        return nullcontext()
    from nettool.engine.devices.on_tensorflow import strategy

    scope: AbstractContextManager[Any] = strategy().scope()
    return scope


def is_on_several(model: keras.Model) -> bool:
    """Whether a model was made for several devices."""
    return getattr(model, "_distribute_strategy", None) is not None
