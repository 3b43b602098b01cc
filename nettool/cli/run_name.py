"""What a run may be called on the command line."""

import click


def checked_name(name: str) -> str:
    """The name itself; a usage error when it would make a bad folder's name."""
    if not all(letter.isalnum() or letter in "_-." for letter in name) or not name[:1].isalnum():
        raise click.UsageError(f"`{name}` cannot be a run's name: letters, digits, `_`, `-` and `.` can")
    return name
