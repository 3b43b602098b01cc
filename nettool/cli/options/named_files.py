"""The files that `nettool predict` is given: paths, lists of them on standard input, and fields by name."""

import sys
from collections.abc import Sequence

import click


def named_files(files: Sequence[str]) -> list[str]:
    """The paths; `-` stands for those on standard input, one a line. A usage error when none are there."""
    found: list[str] = []
    for name in files:
        if name == "-":
            found += [line for line in map(str.strip, sys.stdin) if line]
        else:
            found.append(name)
    if not found:
        raise click.UsageError("standard input names no files: one a line is expected")
    return found


def by_field(texts: Sequence[str]) -> dict[str, list[str]]:
    """`left=a.png` … as files by field; several of one field follow each other."""
    found: dict[str, list[str]] = {}
    for text in texts:
        name, equals, file = text.partition("=")
        if not equals or not file:
            raise click.UsageError(f"`--field {text}` names no file: write --field NAME=FILE")
        found.setdefault(name, []).append(file)
    return found
