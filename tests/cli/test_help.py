"""Help texts fit their lines."""

import click
import pytest
from command_line import run

from nettool.cli.main import cli


def _groups(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(command, click.Group):
        return []
    inner = [group for name, each in command.commands.items() for group in _groups(each, (*path, name))]
    return [path, *inner]


@pytest.mark.parametrize("path", _groups(cli), ids=lambda path: " ".join(path) or "nettool")
def test_what_a_command_does_is_said_whole_in_one_line(path: tuple[str, ...]) -> None:
    cut = [line for line in run(*path, "--help").out.splitlines()[1:] if line.endswith("...")]
    assert cut == []


def test_each_command_stands_in_one_section_of_the_help() -> None:
    sections = [command.name for commands in cli.sections.values() for command in commands]
    assert sorted(sections) == sorted(cli.commands)
