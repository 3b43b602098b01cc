"""The end of a run on the command line: what its expectations came to, and the exit code."""

import shlex
import sys
from collections.abc import Iterator

import click

from nettool.cli.output.exit_codes import ExitCode
from nettool.cli.output.json_event import print_event
from nettool.cli.output.output import Output, fitted
from nettool.diagnostics.printable import printable, terminal
from nettool.jobs.run.expectations import expectation_text
from nettool.jobs.run.experiment import Finished
from nettool.record.disk.json_form import plain_facts
from nettool.record.events.event_text import number_text
from nettool.record.files.report_file import report_path
from nettool.record.shown_path import shown


def report(finished: Finished, output: Output) -> ExitCode:
    """Say how each expectation stands; one that is not met is said on standard error in any case."""
    for expectation in finished.expectations:
        if output.as_json:
            print_event("expectation", plain_facts(expectation))
        elif expectation.held is False:
            text = fitted(expectation_text(expectation), sys.stderr)
            click.echo(click.style(printable(text), fg="red"), terminal(sys.stderr))
        elif not output.is_quiet:
            click.echo(fitted(expectation_text(expectation)))
    if output.is_for_people:
        for line in _end_lines(finished):
            click.echo(line)
    if finished.state == "interrupted" or finished.was_stopped:
        return ExitCode.INTERRUPTED
    if any(expectation.held is False for expectation in finished.expectations):
        return ExitCode.EXPECTATION_UNMET
    return ExitCode.DONE


def _end_lines(finished: Finished) -> Iterator[str]:
    """What to look at, and what to type next."""
    run = finished.run
    if finished.best is not None:
        best = finished.best
        yield f"best epoch: {best.epoch} ({best.by} {number_text(best.metrics[best.by])})"
    if finished.state == "interrupted":
        yield f"to go on: nettool train --resume {shlex.quote(shown(run.path))}"
        return
    if not report_path(run).is_file():
        return
    yield f"report: {shown(report_path(run))}"
    yield f"to see it: nettool report {shlex.quote(shown(run.path))} --open"
