"""Runs as wholes: found, locked, renamed, removed."""
