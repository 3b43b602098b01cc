"""The Keras model, for those who pass it on without knowing Keras."""

import keras

Model = keras.Model
