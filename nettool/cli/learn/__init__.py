"""Commands to learn with."""
