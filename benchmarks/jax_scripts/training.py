"""The loop that a person writes with JAX: a compiled step, shuffled batches, loss and accuracy kept."""

import json
import sys
import time
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

RATE, DECAY, EPSILON = 1e-3, 0.9, 1e-7


def train(model, parameters, x, y, epochs):
    """Train `model(parameters, images, key)`, which gives logits, with RMSprop; print the epochs' seconds."""

    def loss_of(parameters, images, labels, key):
        logits = model(parameters, images, key)
        chosen = jnp.take_along_axis(jax.nn.log_softmax(logits), labels[:, None], axis=1)
        return -chosen.mean(), (logits.argmax(1) == labels).sum()

    @partial(jax.jit, donate_argnums=(0, 1, 2))
    def step(parameters, squares, sums, images, labels, key):
        key, draw = jax.random.split(key)
        (loss, right), gradients = jax.value_and_grad(loss_of, has_aux=True)(parameters, images, labels, draw)
        squares = jax.tree.map(lambda s, g: DECAY * s + (1 - DECAY) * g**2, squares, gradients)
        parameters = jax.tree.map(
            lambda p, g, s: p - RATE * g / (jnp.sqrt(s) + EPSILON), parameters, gradients, squares
        )
        return parameters, squares, (sums[0] + loss * len(images), sums[1] + right), key

    squares = jax.tree.map(jnp.zeros_like, parameters)
    random, key = np.random.default_rng(0), jax.random.key(0)
    seconds = []
    for _ in range(epochs):
        began = time.perf_counter()
        sums = (jnp.zeros(()), jnp.zeros((), jnp.int32))
        order = random.permutation(len(x))
        for first in range(0, len(x), 64):
            chosen = order[first : first + 64]
            parameters, squares, sums, key = step(parameters, squares, sums, x[chosen], y[chosen], key)
        loss, right = float(sums[0]), int(sums[1])
        seconds.append(time.perf_counter() - began)
        print(f"loss {loss / len(x):.4f} accuracy {right / len(x):.4f}", file=sys.stderr)
    print(json.dumps(seconds))


def dense(key, inputs, outputs):
    """Weights and bias, by Glorot's rule."""
    bound = (6 / (inputs + outputs)) ** 0.5
    return jax.random.uniform(key, (inputs, outputs), minval=-bound, maxval=bound), jnp.zeros(outputs)


def convolution(key, inputs, outputs, size=3):
    """Kernel and bias, by Glorot's rule."""
    bound = (6 / (size * size * (inputs + outputs))) ** 0.5
    kernel = jax.random.uniform(key, (size, size, inputs, outputs), minval=-bound, maxval=bound)
    return kernel, jnp.zeros(outputs)
