"""Help texts fit their lines."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import click
import pytest
from command_line import run

import nettool.cli
from nettool.cli.command import Command
from nettool.cli.main import cli
from nettool.cli.runs.inspect import inspect


def _groups(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(command, click.Group):
        return []
    inner = [group for name, each in command.commands.items() for group in _groups(each, (*path, name))]
    return [path, *inner]


@pytest.mark.parametrize("path", _groups(cli), ids=lambda path: " ".join(path) or "nettool")
def test_what_a_command_does_is_said_whole_in_one_line(path: tuple[str, ...]) -> None:
    cut = [line for line in run(*path, "--help").out.splitlines()[1:] if line.endswith("...")]
    assert cut == []


def test_each_module_with_a_command_s_name_stands_in_a_section_of_the_help() -> None:
    folder = Path(nettool.cli.__file__).parent
    files = {path.stem: path for path in folder.glob("*/*.py")} | {
        path.parent.name: path for path in folder.glob("*/*/__init__.py")
    }
    defined = {
        name
        for name, path in files.items()
        if f"\ndef {name}(" in path.read_text(encoding="utf-8")
        and re.search(r"\n@(click\.|command\()", path.read_text(encoding="utf-8"))
        and "_" not in name
    }
    groups = [command for command in cli.commands.values() if isinstance(command, click.Group)]
    inside = {each.callback.__name__ for group in groups for each in group.commands.values() if each.callback}
    assert set(cli.commands) == defined - inside
    assert all(command.name == name for name, command in cli.commands.items())


def test_a_file_of_inspect_with_a_command_of_its_own_name_offers_it() -> None:
    folder = Path(nettool.cli.__file__).parent / "runs" / "inspect"
    defined = {path.stem for path in folder.glob("*.py") if f"\ndef {path.stem}(context: " in _joined(path)}
    assert set(inspect.commands) == defined
    assert all(command.name == name for name, command in inspect.commands.items())
    assert {"weights", "filters", "activations", "samples", "mistakes", "embedding"} <= defined


def _joined(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("(\n    context: ", "(context: ")


def imported_for(*arguments: str) -> list[str]:
    """The commands that a call imports."""
    code = (
        "import sys\n"
        "from nettool.cli.main import cli\n"
        "cli.main(sys.argv[1:], standalone_mode=False)\n"
        "print(*[name for name, module in cli.commands.modules.items() if module in sys.modules])"
    )
    program = [sys.executable, "-c", code, *arguments]
    return subprocess.run(program, capture_output=True, text=True, check=True).stdout.splitlines()[-1].split()


def test_the_help_imports_no_command() -> None:
    assert imported_for("--help") == []


def test_a_command_imports_no_other() -> None:
    assert imported_for("explain", "NT311") == ["explain"]


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Command]]:
    for name, each in group.commands.items():
        if isinstance(each, click.Group):
            yield from _commands(each, (*path, name))
        else:
            assert isinstance(each, Command)
            yield " ".join((*path, name)), each


COMMANDS = dict(_commands(cli))


def _called(arguments: list[str]) -> str:
    """The command that the words call, all of its own words read. Raises UsageError for wrong ones."""
    command, context, names = cast(click.Command, cli), click.Context(cli, info_name="nettool"), []
    while isinstance(command, click.Group):
        context = command.make_context(command.name, list(arguments), parent=context)
        name, command, arguments = command.resolve_command(context, context._protected_args + context.args)
        names.append(name)
    command.make_context(names[-1], list(arguments), parent=context)
    return " ".join(map(str, names))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_each_command_has_examples_that_can_be_typed(name: str) -> None:
    examples = COMMANDS[name].examples
    assert examples
    for example in examples:
        words = shlex.split(example.split("  ")[0])
        assert words[0] == "nettool"
        assert _called(words[1:]) == name
        assert len(example) <= 78


def test_an_example_with_a_wrong_option_would_be_found() -> None:
    with pytest.raises(click.UsageError, match="No such option"):
        _called(["summary", "a.yaml", "--parametrs"])


def test_many_options_stand_in_sections_few_in_one_list() -> None:
    titles = {name: re.findall(r"^(\w.*):$", run(*name.split(), "--help").out, re.M) for name in COMMANDS}
    assert titles["train"] == [
        "Options",
        "Change the spec",
        "Data",
        "Runs",
        "Machine and code",
        "Output",
        "Examples",
    ]
    assert titles["report"] == ["Options", "Examples"]


@pytest.mark.parametrize("name", [name for name in COMMANDS if name.startswith("inspect ")])
def test_the_help_of_a_verb_of_inspect_needs_no_run(name: str) -> None:
    verb = name.removeprefix("inspect ")
    assert run("inspect", verb, "--help").out == run("inspect", "RUN", verb, "--help").out
    assert run("inspect", verb, "-h").out.startswith(f"Usage: nettool inspect RUN {verb} ")


def test_a_verb_of_inspect_may_come_before_the_run() -> None:
    expected = "there is no run `nothing`"
    assert expected in run("inspect", "weights", "nothing").err
    assert expected in run("inspect", "nothing", "weights").err
