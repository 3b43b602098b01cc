"""Colours for diagnostics on a terminal; click takes them out where the text goes to a file or a pipe."""

import re

import click

_HEADLINE = re.compile(r"^(error|warning)(\[NT\d+\])(: .*)$")
_PLACE = re.compile(r"^( *(?:-->|:::) )(.*)$")
_MARKS = re.compile(r"^( *\| +)(\^+|-+)( .*)?$")
_MARGIN = re.compile(r"^( *\d* \| ?)(.*)$")
_NOTE = re.compile(r"^( *= )(help: )?(.*)$")


def paint(text: str) -> str:
    """The rendered diagnostics with colour codes."""
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    if match := _HEADLINE.match(line):
        colour = "red" if match[1] == "error" else "yellow"
        return click.style(match[1] + match[2], fg=colour, bold=True) + click.style(match[3], bold=True)
    if match := _PLACE.match(line):
        return click.style(match[1], fg="blue") + match[2]
    if match := _MARKS.match(line):
        colour = "red" if match[2].startswith("^") else "blue"
        return click.style(match[1], fg="blue") + click.style(match[2] + (match[3] or ""), fg=colour)
    if match := _NOTE.match(line):
        advice = click.style(match[2], fg="green", bold=True) if match[2] else ""
        return click.style(match[1], fg="blue") + advice + match[3]
    if match := _MARGIN.match(line):
        return click.style(match[1], fg="blue") + match[2]
    return line
