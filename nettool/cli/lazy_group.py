"""A group that lists its commands by what one does with them, and imports a command when it is called."""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import NamedTuple

import click
from click.shell_completion import CompletionItem

from nettool.cli.output.exit_codes import ExitCode


class Section(NamedTuple):
    """Commands that belong together: their folder in `nettool/cli`, and by name what each of them does."""

    folder: str
    commands: Mapping[str, str]


class LazyGroup(click.Group):
    """Commands in titled sections, in the order given.

    The command `train` of the section `training` is the function `train` in `nettool/cli/training/train.py`,
    the group `data` of `network` that in `nettool/cli/network/data/__init__.py`. It is imported when it is
    run or looked at: the help of the group, and every other command, does without it.
    """

    def __init__(self, *arguments: object, sections: Mapping[str, Section], **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.sections = sections
        self.summaries: dict[str, str] = {}
        modules: dict[str, str] = {}
        for section in sections.values():
            self.summaries |= section.commands
            modules |= {name: f"nettool.cli.{section.folder}.{name}" for name in section.commands}
        self.commands = _Commands(modules)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; the reader of what it writes with `-o` may go away as that of standard output."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise SystemExit(ExitCode.READER_GONE) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """A list for each section, all with names of one width."""
        width = max(len(name) for name in self.summaries)
        for title, section in self.sections.items():
            with formatter.section(title):
                formatter.write_dl([(f"{name:{width}}", does) for name, does in section.commands.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names of commands, and options."""
        names = [
            CompletionItem(name, help=self.summaries[name])
            for name in self.list_commands(ctx)
            if name.startswith(incomplete)
        ]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]


class _Commands(MutableMapping[str, click.Command]):
    """Commands by their names; names and modules are known without them."""

    def __init__(self, modules: Mapping[str, str]) -> None:
        self.modules = modules

    def __getitem__(self, name: str) -> click.Command:
        command: click.Command = getattr(import_module(self.modules[name]), name)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(self.modules)

    def __len__(self) -> int:
        return len(self.modules)

    def __setitem__(self, name: str, command: click.Command) -> None:
        raise TypeError("commands are named by their group's sections")

    def __delitem__(self, name: str) -> None:
        raise TypeError("commands are named by their group's sections")
