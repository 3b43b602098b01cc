"""Help texts fit their lines."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from command_line import run

import nettool.cli
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
