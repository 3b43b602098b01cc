"""Notes beside what a command prints."""

import click


def note(text: str) -> None:
    """A line on standard error."""
    click.echo(f"note: {text}", err=True)
