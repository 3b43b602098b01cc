"""A group that lists its commands by what one does with them, and imports a command when it is called."""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module

import click
from click.shell_completion import CompletionItem

from nettool.cli.exit_codes import ExitCode

Sections = Mapping[str, Mapping[str, str]]
"""Under the title of each section the names of its commands, and what each of them does, in one line."""


class LazyGroup(click.Group):
    """Commands in titled sections, in the order given.

    The command `train` stands in `nettool/cli/train.py` (the group `data` in
    `nettool/cli/data/__init__.py`) and is called so there. It is imported when it is run or looked at: the
    help of the group, and every other command, does without it.
    """

    def __init__(self, *arguments: object, sections: Sections, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.sections = sections
        self.summaries = {name: summary for section in sections.values() for name, summary in section.items()}
        self.commands = _Commands(tuple(self.summaries))

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
                formatter.write_dl([(f"{name:{width}}", summary) for name, summary in section.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names of commands, and options."""
        names = [
            CompletionItem(name, help=self.summaries[name])
            for name in self.list_commands(ctx)
            if name.startswith(incomplete)
        ]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]


class _Commands(MutableMapping[str, click.Command]):
    """Commands by their names; the names are there without them."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._names:
            raise KeyError(name)
        command: click.Command = getattr(import_module(f"nettool.cli.{name}"), name)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __setitem__(self, name: str, command: click.Command) -> None:
        raise TypeError("commands are named by their group's sections")

    def __delitem__(self, name: str) -> None:
        raise TypeError("commands are named by their group's sections")
