"""The end of a run on the command line: what its expectations came to, and the exit code."""

import sys

import click

from nettool.cli.output.exit_codes import ExitCode
from nettool.cli.output.json_event import print_event
from nettool.cli.output.output import Output
from nettool.diagnostics.printable import printable, terminal
from nettool.jobs.run.expectations import expectation_text
from nettool.jobs.run.experiment import Finished
from nettool.record.disk.json_form import plain_facts


def report(finished: Finished, output: Output) -> ExitCode:
    """Say how each expectation stands; one that is not met is said on standard error in any case."""
    for expectation in finished.expectations:
        if output.as_json:
            print_event("expectation", plain_facts(expectation))
        elif expectation.held is False:
            click.echo(click.style(printable(expectation_text(expectation)), fg="red"), terminal(sys.stderr))
        elif not output.is_quiet:
            click.echo(expectation_text(expectation))
    if finished.state == "interrupted" or finished.was_stopped:
        return ExitCode.INTERRUPTED
    if any(expectation.held is False for expectation in finished.expectations):
        return ExitCode.EXPECTATION_UNMET
    return ExitCode.DONE
