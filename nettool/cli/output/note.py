"""Notes beside what a command prints."""

import sys

import click

from nettool.cli.output.output import fitted


def note(text: str) -> None:
    """A line on standard error."""
    click.echo(fitted(f"note: {text}", sys.stderr), err=True)
