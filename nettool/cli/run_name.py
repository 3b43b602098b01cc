"""What a run may be called on the command line."""

import click

from nettool.record.run_directory import LATEST


def checked_name(name: str) -> str:
    """The name itself; a usage error when it would make a bad folder's name."""
    if not all(letter.isalnum() or letter in "_-." for letter in name) or not name[:1].isalnum():
        raise click.UsageError(f"`{name}` cannot be a run's name: letters, digits, `_`, `-` and `.` can")
    return not_latest(name)


def not_latest(name: str) -> str:
    """The name itself, whoever chose it; a usage error where it would mean the newest run."""
    if name == LATEST:
        raise click.UsageError(
            f"a run cannot be called `{LATEST}`, which means the newest run: choose another name"
        )
    return name
