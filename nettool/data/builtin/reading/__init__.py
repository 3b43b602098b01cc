"""Readers of the published files of data sets: bytes to arrays."""
