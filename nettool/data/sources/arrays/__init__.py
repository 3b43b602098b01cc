"""Stored arrays → fields and their values: which part, which kind, which classes."""
