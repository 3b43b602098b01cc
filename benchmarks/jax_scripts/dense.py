"""The small dense network as a person writes it with JAX."""

import sys

import jax
import numpy as np
from training import dense, train

with np.load(sys.argv[1]) as arrays:
    x = arrays["images"].reshape(-1, 784).astype("float32") / 255
    y = arrays["labels"].astype("int32")


def network(parameters, x, key):
    *hidden, (kernel, bias) = parameters
    for weights, shift in hidden:
        x = jax.nn.relu(x @ weights + shift)
    return x @ kernel + bias


keys = jax.random.split(jax.random.key(1), 3)
sizes = ((784, 64), (64, 64), (64, 10))
parameters = [dense(key, *size) for key, size in zip(keys, sizes, strict=True)]
train(network, parameters, x, y, int(sys.argv[2]))
