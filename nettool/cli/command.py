"""A command: its help in sections, with examples; mistakes in the call are shown with its usage."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

import click

from nettool.jobs.call_error import CallError

_WIDEST_NAMES = 30  # of click; a longer name has a line of its own
_MANY_OPTIONS = 8
"""More than these are told apart by sections; a short list is read faster without titles."""


class Section(StrEnum):
    """What an option is about: the titles of a long help, in this order."""

    OWN = "Options"
    SPEC = "Change the spec"
    DATA = "Data"
    RUNS = "Runs"
    MACHINE = "Machine and code"
    OUTPUT = "Output"


class Option(click.Option):
    """An option that knows its section of the help."""

    def __init__(self, *declarations: Any, section: Section, **named: Any) -> None:  # noqa: ANN401
        super().__init__(*declarations, **named)
        self.section = section


def option(*names: str, section: Section, **named: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:  # noqa: ANN401
    """As click's, in a section of the help."""
    return click.option(*names, cls=Option, section=section, **named)


def _section_of(parameter: click.Parameter) -> Section:
    if "--help" in parameter.opts:
        return Section.OUTPUT
    return parameter.section if isinstance(parameter, Option) else Section.OWN


class Command(click.Command):
    """As click's, with sections and examples in its help; a CallError of a job becomes a usage error."""

    def __init__(self, *arguments: Any, examples: Sequence[str] = (), **named: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **named)
        self.examples = examples

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Many options in sections, few in one list."""
        records: dict[Section, list[tuple[str, str]]] = {section: [] for section in Section}
        for each in self.get_params(ctx):
            record = each.get_help_record(ctx) if isinstance(each, click.Option) else None
            if record is not None:
                records[_section_of(each)].append(record)
        every = [record for section in records.values() for record in section]
        shown = records if len(every) > _MANY_OPTIONS else {Section.OWN: every}
        # The same place for the second column in each section.
        width = min(max(len(names) for names, _ in every), _WIDEST_NAMES)
        for section, options in shown.items():
            if options:
                with formatter.section(section):
                    formatter.write_dl([(f"{names:{width}}", does) for names, does in options])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, to be copied."""
        if self.examples:
            with formatter.section("Examples"):
                formatter.write_text("\b\n" + "\n".join(self.examples))

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click's
        """Run the command. Raises UsageError for a CallError."""
        try:
            return super().invoke(ctx)
        except CallError as error:
            raise click.UsageError(_with_option(error, ctx.command), ctx) from error


def _with_option(error: CallError, asked: click.Command) -> str:
    """The message, behind the option that it is about."""
    options = (each.opts for each in asked.params if isinstance(each, click.Option))
    option = next((f"--{error.argument}" for each in options if f"--{error.argument}" in each), None)
    return str(error) if option is None else f"{option}: {error}"


def command(
    name: str | None = None, *, short_help: str | None = None, examples: Sequence[str] = ()
) -> Callable[[Callable[..., Any]], Command]:
    """Make a function such a command, called like the function unless it is given a name."""
    return click.command(name, cls=Command, short_help=short_help, examples=examples)
