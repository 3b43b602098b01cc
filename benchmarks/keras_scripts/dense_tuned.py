"""The small dense network with what Keras and tf.data offer for speed; the third argument says which of it.

`steps`: many steps per execution. `cached`: also a tf.data pipeline, decoded once and cached, shuffled and
prefetched. `compiled`: also XLA.
"""

import sys

import keras
import numpy as np
import tensorflow as tf
from clock import Clock
from keras import layers

STEPS = 100

with np.load(sys.argv[1]) as arrays:
    x = arrays["images"].reshape(-1, 784).astype("float32") / 255
    y = arrays["labels"]

inputs = keras.Input(shape=(784,))
hidden = layers.Dense(64, activation="relu")(inputs)
hidden = layers.Dense(64, activation="relu")(hidden)
outputs = layers.Dense(10, activation="softmax")(hidden)
model = keras.Model(inputs, outputs)
model.compile(
    optimizer="rmsprop",
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
    steps_per_execution=STEPS,
    jit_compile=sys.argv[3] == "compiled",
)
clock = Clock()
settings = {"epochs": int(sys.argv[2]), "verbose": 0, "callbacks": [clock]}
if sys.argv[3] == "steps":
    model.fit(x, y, batch_size=64, **settings)
else:
    data = tf.data.Dataset.from_tensor_slices((x, y)).cache().shuffle(10_000).batch(64)
    model.fit(data.prefetch(tf.data.AUTOTUNE), **settings)
clock.tell()
