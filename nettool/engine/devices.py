"""Which accelerators Keras can use."""

import keras


def gpu_names() -> tuple[str, ...]:
    """The GPUs, by the names that Keras gives them."""
    return tuple(name for name in keras.distribution.list_devices() if name.startswith("gpu"))
