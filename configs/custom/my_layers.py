"""Two layers of one's own, for configs/custom_dense.yaml and configs/custom_rnn.yaml."""

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="gallery")
class CustomDense(layers.Layer):
    """A dense layer in twelve lines: units × inputs weights and a bias."""

    def __init__(self, units=32, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="random_normal", name="w")
        self.b = self.add_weight(shape=(self.units,), initializer="random_normal", name="b")

    def call(self, inputs):
        return ops.matmul(inputs, self.w) + self.b

    def get_config(self):
        return {**super().get_config(), "units": self.units}


@keras.saving.register_keras_serializable(package="gallery")
class CustomRNN(layers.Layer):
    """A recurrent layer over a fixed batch: each step adds what it sees to what it remembers."""

    def __init__(self, units=32, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.seen = layers.Dense(units, activation="tanh")
        self.remembered = layers.Dense(units, activation="tanh")
        self.classifier = layers.Dense(1, activation="sigmoid")

    def build(self, input_shape):
        self.seen.build((input_shape[0], input_shape[2]))
        self.remembered.build((input_shape[0], self.units))
        self.classifier.build((input_shape[0], input_shape[1], self.units))

    def call(self, inputs):
        state = ops.zeros((inputs.shape[0], self.units))
        outputs = []
        for step in range(inputs.shape[1]):
            state = self.seen(inputs[:, step, :]) + self.remembered(state)
            outputs.append(state)
        return self.classifier(ops.stack(outputs, axis=1))

    def get_config(self):
        return {**super().get_config(), "units": self.units}
