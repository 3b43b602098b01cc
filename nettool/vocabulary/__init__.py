"""Keras's names as data: which layers, losses, metrics and optimizers there are, their options, their values."""
