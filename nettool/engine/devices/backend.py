"""What Keras computes with: its name, and what differs between backends."""

import keras

from nettool.engine.devices.start import Backend


def backend() -> Backend:
    """The backend that is loaded."""
    loaded: Backend = keras.backend.backend()
    return loaded


def further_packages() -> tuple[str, ...]:
    """Packages besides TensorFlow, Keras and NumPy on which results depend, by the names that pip knows."""
    return ("jax", "jaxlib") if backend() == "jax" else ()


def bring_up_to_date(model: keras.Model) -> None:
    """Let the model's variables have their values: within a training, on JAX, only Keras's loop has them."""
    if backend() == "jax":
        model.jax_state_sync()
