"""Samples that are handed to a network that has learnt: made to be as those were that it learnt from."""
