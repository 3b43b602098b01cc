"""One seed for everything that draws random numbers."""

import keras


def seed_everything(seed: int) -> None:
    """Seed Python, NumPy and TensorFlow; call it before the model is built, whose initial weights are drawn.

    With the same seed, two processes on the same machine give the same weights and figures to the bit.
    """
    keras.utils.set_random_seed(seed)
