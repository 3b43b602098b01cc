"""The toy ResNet as a person writes it with Keras. The third argument says how images are augmented.

`plain`: not at all. `inside`: by random layers in the model, as Keras's guide does first. `mapped`: by the
same layers in tf.data's map, batch by batch.
"""

import sys

import keras
import numpy as np
import tensorflow as tf
from clock import Clock
from keras import layers

epochs, augmentation = int(sys.argv[2]), sys.argv[3]
with np.load(sys.argv[1]) as arrays:
    images = arrays["images"].astype("float32") / 255
    labels = keras.utils.to_categorical(arrays["labels"], 10)
augment = keras.Sequential([layers.RandomFlip("horizontal"), layers.RandomTranslation(0.1, 0.1)])


def residual(x):
    y = layers.Conv2D(64, 3, activation="relu", padding="same")(x)
    y = layers.Conv2D(64, 3, activation="relu", padding="same")(y)
    return layers.add([y, x])


inputs = keras.Input(shape=(32, 32, 3))
x = augment(inputs) if augmentation == "inside" else inputs
x = layers.Conv2D(32, 3, activation="relu")(x)
x = layers.Conv2D(64, 3, activation="relu")(x)
x = layers.MaxPooling2D(3)(x)
x = residual(residual(x))
x = layers.Conv2D(64, 3, activation="relu")(x)
x = layers.GlobalAveragePooling2D()(x)
x = layers.Dense(256, activation="relu")(x)
x = layers.Dropout(0.5)(x)
outputs = layers.Dense(10, activation="softmax")(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
clock = Clock()
if augmentation == "mapped":
    data = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(images)).batch(64)
    data = data.map(lambda x, y: (augment(x, training=True), y), num_parallel_calls=tf.data.AUTOTUNE)
    model.fit(data.prefetch(tf.data.AUTOTUNE), epochs=epochs, verbose=0, callbacks=[clock])
else:
    model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, callbacks=[clock])
clock.tell()
