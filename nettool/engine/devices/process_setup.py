"""What holds for the whole process before a model is built: seeds, precision, determinism."""

import keras
import tensorflow as tf

from nettool.spec.train.training import Precision, Training


def begin(training: Training) -> None:
    """Make it so, as the settings say."""
    seed_everything(training.seed)
    use_precision(training.precision)
    if training.deterministic:
        insist_on_determinism()


def seed_everything(seed: int) -> None:
    """Seed Python, NumPy and TensorFlow; call it before the model is built, whose initial weights are drawn.

    With the same seed, two processes on the same machine give the same weights and metrics to the bit.
    """
    keras.utils.set_random_seed(seed)


def use_precision(precision: Precision) -> None:
    """Let layers that are built from now on work in it; a layer's own `dtype` comes first.

    `mixed_float16` and `mixed_bfloat16` compute in 16 bits and keep weights in 32; with the former Keras
    scales the loss, so that small gradients are not lost.
    """
    keras.config.set_dtype_policy(precision)


def insist_on_determinism() -> None:
    """From now on, operations that may differ between runs are replaced by slower ones, or refused.

    Call it after seeding. There is no way back within the process.
    """
    tf.config.experimental.enable_op_determinism()


def fresh_session() -> None:
    """Forget the models built so far in this process, and what they hold."""
    keras.utils.clear_session()
