"""The toy ResNet as a person writes it with JAX."""

import sys

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from training import convolution, dense, train

with np.load(sys.argv[1]) as arrays:
    x = arrays["images"].astype("float32") / 255
    y = arrays["labels"].astype("int32")


def convolve(parameters, x, padding="VALID"):
    kernel, bias = parameters
    x = lax.conv_general_dilated(x, kernel, (1, 1), padding, dimension_numbers=("NHWC", "HWIO", "NHWC"))
    return jax.nn.relu(x + bias)


def network(parameters, x, key):
    first, second, *residual, last = parameters["convolutions"]
    x = convolve(second, convolve(first, x))
    x = lax.reduce_window(x, -jnp.inf, lax.max, (1, 3, 3, 1), (1, 3, 3, 1), "VALID")
    for one, other in (residual[:2], residual[2:]):
        x = convolve(other, convolve(one, x, "SAME"), "SAME") + x
    x = convolve(last, x).mean((1, 2))
    (kernel, bias), (weights, shift) = parameters["dense"]
    x = jax.nn.relu(x @ kernel + bias)
    x = jnp.where(jax.random.bernoulli(key, 0.5, x.shape), 2 * x, 0)
    return x @ weights + shift


keys = jax.random.split(jax.random.key(1), 9)
channels = ((3, 32), (32, 64), (64, 64), (64, 64), (64, 64), (64, 64), (64, 64))
parameters = {
    "convolutions": [convolution(key, *each) for key, each in zip(keys, channels, strict=False)],
    "dense": [dense(keys[7], 64, 256), dense(keys[8], 256, 10)],
}
train(network, parameters, x, y, int(sys.argv[2]))
