"""How long each epoch takes."""

import json
import time

import keras


class Clock(keras.callbacks.Callback):
    """`tell` prints the seconds of all epochs as JSON."""

    def __init__(self):
        super().__init__()
        self.seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self.began = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds.append(time.perf_counter() - self.began)

    def tell(self):
        print(json.dumps(self.seconds))
