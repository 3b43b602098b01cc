"""Kinds of values: what a value may be, and what is wrong with one that is not so. No names of Keras."""
