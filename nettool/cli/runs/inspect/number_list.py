"""Numbers on the command line: `0-7,12`."""

import re

import click

_MOST = 100_000


def numbers(text: str) -> tuple[int, ...]:
    """Whole numbers from 0, with commas between them, as they are written; `a-b` stands for all from a to b.

    A usage error for anything else.
    """
    found: list[int] = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d+)\s*(?:-\s*(\d+)\s*)?", part)
        if match is None:
            raise click.BadParameter(f"`{text}` is not a list of numbers: write for example 0-7,12")
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise click.BadParameter(f"`{part}` goes backwards: write {last}-{first}")
        if last - first >= _MOST:
            raise click.BadParameter(f"`{part}` are too many numbers")
        found += range(first, last + 1)
    return tuple(found)
