"""Training images through Keras's random layers, with draws that depend on seed, epoch and step alone."""

import inspect
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import keras
import numpy as np
import tensorflow as tf

from nettool.data.request import Augmentation
from nettool.engine.devices.backend import backend
from nettool.engine.model.objects import keras_class, keras_options

BRIGHTEST = 255.0
"""What Keras's layers take for full brightness unless they are told otherwise (`value_range`)."""

Augment = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]
"""Takes images, (samples, height, width, channels), and the moment, a whole number that differs from batch
to batch of all epochs; gives float32 images of the same shape."""


class MomentSeeds(keras.random.SeedGenerator):  # type: ignore[misc]
    """Seeds that are known from a key and a moment, where Keras's own depend on all that was drawn before."""

    def __init__(self, key: int) -> None:
        super().__init__(seed=0)
        self._key = key
        self._moment: tf.Tensor | None = None
        self._drawn = 0

    def begin(self, moment: tf.Tensor) -> None:
        """Give the seeds of this moment from now on, in the same order each time."""
        self._moment = moment
        self._drawn = 0

    def next(self, ordered: bool = True) -> tf.Tensor:
        """Another seed of the moment, int64 of (2,)."""
        self._drawn += 1
        return tf.stack([tf.constant(_mixed(self._key, self._drawn), tf.int64), self._moment])


def augmenting(layers: tuple[Augmentation, ...], highest: float, seed: int, place: int) -> Augment:
    """What sends images with this highest value through the layers, one after the other.

    `place` tells apart what must not share its draws: the inputs of a network. A `seed` among a layer's own
    options takes the place of `seed`.
    """
    chain = [_RandomLayer(layer, seed, place, index) for index, layer in enumerate(layers)]
    factor = BRIGHTEST / highest

    def augment(images: tf.Tensor, moment: tf.Tensor) -> tf.Tensor:
        values = tf.cast(images, tf.float32)
        values = values if factor == 1 else values * factor
        for layer in chain:
            values = layer(values, moment)
        values = values if factor == 1 else values / factor
        return tf.ensure_shape(values, images.shape)

    return augment


class _RandomLayer:
    """A Keras layer whose draws, and those of the layers inside it, are bound to moments."""

    def __init__(self, wanted: Augmentation, seed: int, place: int, index: int) -> None:
        kind = keras_class("layer", wanted.layer)
        options = keras_options(wanted.options)
        given = options.pop("seed", None)
        self._key = _mixed(seed if given is None else int(str(given)), place, index)
        # Without a seed Keras would take one from Python's own random numbers, and so move those on.
        takes_a_seed = "seed" in inspect.signature(kind).parameters
        with tf.device("CPU:0"):
            self._layer = kind(**options, **({"seed": 0} if takes_a_seed else {}))
            self._seeds = list(_bind_draws(self._layer, self._key))

    def __call__(self, images: tf.Tensor, moment: tf.Tensor) -> tf.Tensor:
        for seeds in self._seeds:
            seeds.begin(moment)
        with _python_draws(self._key):
            return self._layer(images, training=True)


def _bind_draws(layer: keras.Layer, key: int) -> Iterator[MomentSeeds]:
    for number, inner in enumerate(layer._flatten_layers()):
        for name, value in list(vars(inner).items()):
            if isinstance(value, keras.random.SeedGenerator):
                seeds = MomentSeeds(_mixed(key, number))
                setattr(inner, name, seeds)
                if backend() != "tensorflow":
                    # There a layer has others for the graphs of TensorFlow.
                    inner._backend_generators = {"tensorflow": seeds}
                yield seeds


@contextmanager
def _python_draws(key: int) -> Iterator[None]:
    """What a layer draws from Python's random numbers (AugMix its operations, once for all) is known too."""
    state = random.getstate()
    random.seed(key)
    try:
        yield
    finally:
        random.setstate(state)


def _mixed(*numbers: int) -> int:
    """One number below 2³¹ for several, such as hardly any other numbers give."""
    return int(np.random.SeedSequence(numbers).generate_state(1)[0]) >> 1
