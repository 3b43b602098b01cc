"""An event as one line of JSON, with the version of its form."""

import json
import sys
from collections.abc import Mapping

import click

VERSION = 1
"""Of the events: it grows when a key loses its meaning, not when one is added."""


def print_event(name: str, facts: Mapping[str, object]) -> None:
    """Print the event on standard output, at once."""
    event = {"event": name, "version": VERSION, **facts}
    click.echo(json.dumps(event, default=str))
    sys.stdout.flush()
