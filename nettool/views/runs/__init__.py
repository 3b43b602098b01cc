"""Runs as a list: as a table, for a document, as data."""
