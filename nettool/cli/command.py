"""A command whose mistakes in the call are shown with its usage, whoever found them."""

from collections.abc import Callable
from typing import Any

import click

from nettool.jobs.call_error import CallError


class Command(click.Command):
    """As click's, but a CallError of a job becomes a usage error."""

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
    name: str | None = None, *, short_help: str | None = None
) -> Callable[[Callable[..., Any]], Command]:
    """Make a function such a command, called like the function unless it is given a name."""
    return click.command(name, cls=Command, short_help=short_help)
