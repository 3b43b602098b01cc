"""Insist on operations that give the same bits each time."""

import tensorflow as tf


def insist_on_determinism() -> None:
    """From now on, operations that may differ between runs are replaced by slower ones, or refused.

    Call it after seeding. There is no way back within the process.
    """
    tf.config.experimental.enable_op_determinism()
