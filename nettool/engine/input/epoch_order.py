"""The order of the samples: another one in each epoch, known from the seed and the epoch's number alone."""

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray


def epoch_order(seed: int, epoch: int, samples: int) -> NDArray[np.int64]:
    """The order of epoch `epoch` (counting from 0) as positions of samples."""
    return np.random.default_rng([seed, epoch]).permutation(samples)


class EpochOrder:
    """The epoch now running and its order, where an input pipeline can read them."""

    def __init__(self, seed: int, samples: int) -> None:
        self._seed = seed
        self._samples = samples
        with tf.device("CPU:0"):
            self.positions = tf.Variable(tf.zeros([samples], tf.int64), trainable=False, name="epoch_order")
            self.epoch = tf.Variable(tf.zeros([], tf.int64), trainable=False, name="epoch")

    def begin(self, epoch: int) -> None:
        """Bring the order of this epoch (counting from 0) into force, for batches asked for from now on."""
        self.epoch.assign(epoch)
        self.positions.assign(epoch_order(self._seed, epoch, self._samples))
