"""Where a run's events go on the command line: to a terminal, as plain lines, as JSON lines, nowhere."""

import sys
from functools import cache

import click

from nettool.cli.output.json_event import print_event
from nettool.cli.output.output import Output
from nettool.record.events.event_text import event_text, line_text
from nettool.record.events.events import Event, Listener, Note, event_facts


def print_notes(event: Event) -> None:
    """Says nothing but notes, which a user must not miss: each as a line on standard error."""
    if isinstance(event, Note):
        click.echo(event_text(event), err=True)


def json_lines(event: Event) -> None:
    """One JSON object per line on standard output."""
    facts = event_facts(event)
    print_event(str(facts.pop("event")), facts)


def plain_lines(event: Event) -> None:
    """One plain line per event; nothing within an epoch."""
    text = line_text(event)
    if text is not None:
        click.echo(text)
        sys.stdout.flush()


def chosen_listener(output: Output, *, is_watched: bool = False) -> Listener:
    """The listener that fits the options and what standard output is; a browser may be another one."""
    listener = _on_the_terminal(output)
    if not is_watched:
        return listener
    from nettool.cli.output.watching import Watching

    watching = Watching(listener)
    click.get_current_context().call_on_close(watching.end)
    return watching


def _on_the_terminal(output: Output) -> Listener:
    if output.as_json:
        return json_lines
    if output.is_quiet:
        return print_notes
    if sys.stdout.isatty():
        return _display_when_needed()
    return plain_lines


def _display_when_needed() -> Listener:
    """The display for a terminal; its library is imported with the first event, when there is time for it."""

    @cache
    def display() -> Listener:
        from nettool.cli.output.progress_display import ProgressDisplay

        return ProgressDisplay()

    return lambda event: display()(event)
