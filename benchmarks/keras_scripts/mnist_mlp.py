"""The guide's MNIST network as a person writes it with Keras: data, training, curves, test, a saved model."""

import sys

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import layers

with np.load(sys.argv[1]) as arrays:  # as keras.datasets.mnist.load_data() does
    x_train, y_train = arrays["x_train"], arrays["y_train"]
    x_test, y_test = arrays["x_test"], arrays["y_test"]
x_train = x_train.reshape(60_000, 784).astype("float32") / 255
x_test = x_test.reshape(10_000, 784).astype("float32") / 255

inputs = keras.Input(shape=(784,))
x = layers.Dense(64, activation="relu")(inputs)
x = layers.Dense(64, activation="relu")(x)
outputs = layers.Dense(10, activation="softmax")(x)
model = keras.Model(inputs, outputs, name="mnist_model")
model.summary()
model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(x_train, y_train, batch_size=64, epochs=5, validation_split=0.2)
print(model.evaluate(x_test, y_test))
model.save("model.keras")

for figure in ("loss", "accuracy"):
    plt.figure()
    plt.plot(history.history[figure], label="training")
    plt.plot(history.history["val_" + figure], label="validation")
    plt.xlabel("epoch")
    plt.ylabel(figure)
    plt.legend()
    plt.savefig(f"{figure}.png")
