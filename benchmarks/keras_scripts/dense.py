"""The small dense network as a person writes it with Keras: arrays into `fit`."""

import sys

import keras
import numpy as np
from clock import Clock
from keras import layers

with np.load(sys.argv[1]) as arrays:
    x = arrays["images"].reshape(-1, 784).astype("float32") / 255
    y = arrays["labels"]

inputs = keras.Input(shape=(784,))
hidden = layers.Dense(64, activation="relu")(inputs)
hidden = layers.Dense(64, activation="relu")(hidden)
outputs = layers.Dense(10, activation="softmax")(hidden)
model = keras.Model(inputs, outputs)
model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
clock = Clock()
model.fit(x, y, batch_size=64, epochs=int(sys.argv[2]), verbose=0, callbacks=[clock])
clock.tell()
