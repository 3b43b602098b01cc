"""Keras's names as data: the layers, losses, metrics and optimizers, their options, their values."""
