"""The one place where errors become text and exit codes: a user's mistake never ends in a traceback."""

import re
import sys
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path
from typing import Literal

import click

from nettool.cli.output.exit_codes import ExitCode
from nettool.data.failure import DataError
from nettool.diagnostics.as_github import as_github
from nettool.diagnostics.as_json import as_json
from nettool.diagnostics.caller import on_command_line
from nettool.diagnostics.diagnostic import Diagnostic, Severity, SpecError
from nettool.diagnostics.printable import printable, terminal
from nettool.diagnostics.render import render_all
from nettool.engine.failures import (
    BuildFailed,
    NettoolBug,
    NotPossible,
    OutOfMemory,
    TrainingFailed,
    UserCodeFailed,
)
from nettool.jobs.call_error import CallError
from nettool.record.files.spec_files import RESOLVED
from nettool.record.run_damaged import CannotRecord, CannotResume, RunDamaged
from nettool.record.runs.lock import RunInUse
from nettool.record.shown_path import shown

Form = Literal["text", "json", "github"]
"""For people, for programs, or as annotations in GitHub Actions."""

diagnostics_format: ContextVar[Form] = ContextVar("diagnostics_format", default="text")
"""How the running command tells diagnostics on standard error; its option `--diagnostics` sets it."""

_FAILURES = (NettoolBug, TrainingFailed, OutOfMemory, UserCodeFailed, CannotRecord, CannotResume, RunInUse)
_WANTS_MEMORY = ("failed to map segment", "annot allocate memory", "can't start new thread")
"""How a library that cannot be loaded, and Python itself, say that a limit (`ulimit -v`) leaves no memory."""
_UNMET_CODES = frozenset({"NT601"})
_OLD_NETWORK = (
    "an older nettool accepted this network when the run was recorded; it did not compute what the spec "
    "says, so the run cannot be used any more: mend the spec that you wrote, and train it again"
)


def guarded(command: Callable[[], int | None]) -> int:
    """Run a command and give its exit code; whatever went wrong is reported on standard error."""
    diagnostics_format.set("text")
    with on_command_line():
        return _guarded(command)


def _guarded(command: Callable[[], int | None]) -> int:
    try:
        return command() or ExitCode.DONE
    except SpecError as error:
        report_diagnostics(_of_a_run(error.diagnostics))
        return spec_exit_code(error.diagnostics)
    except DataError as error:
        _print_error(str(error))
        return ExitCode.DATA_MISSING
    except BuildFailed as error:
        report_diagnostics((error.diagnostic,))
        return ExitCode.SPEC_WRONG
    except NotPossible as error:
        _print_error(str(error))
        return ExitCode.SPEC_WRONG
    except RunDamaged as damage:
        _print_error(
            f"{shown(damage.path)} is damaged: {damage.reason}"
            + (f"; {damage.advice}" if damage.advice else "")
        )
        return ExitCode.SPEC_WRONG
    except _FAILURES as error:
        _print_error(str(error))
        return ExitCode.RUN_FAILED
    except CallError as error:
        click.UsageError(str(error)).show()
        return ExitCode.SPEC_WRONG
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        _print_error("interrupted")
        return ExitCode.INTERRUPTED
    except (MemoryError, ImportError, RuntimeError) as error:
        if not _is_want_of_memory(error):
            raise
        _print_error("the memory of this machine is not enough for it")
        return ExitCode.RUN_FAILED
    except UnicodeEncodeError as error:
        _print_error(f"the name `{error.object}` is not UTF-8: rename it")
        return ExitCode.SPEC_WRONG
    except OSError as error:
        place = f" `{error.filename}`" if error.filename else ""
        _print_error(f"cannot use{place}: {error.strerror or error}")
        return ExitCode.RUN_FAILED


def report_diagnostics(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Show diagnostics on standard error, in the form that was asked for.

    Text is in colour on a terminal, and says where to read more about the first. JSON is one line for all.
    """
    if not diagnostics:
        return
    form = diagnostics_format.get()
    if form == "json":
        click.echo(as_json(diagnostics, in_one_line=True), err=True)
    elif form == "github":
        click.echo(as_github(diagnostics), err=True)
    else:
        click.echo(paint(printable(render_all(diagnostics))), terminal(sys.stderr))
        click.echo(f"`nettool explain {diagnostics[0].code}` says more", err=True)


def spec_exit_code(diagnostics: tuple[Diagnostic, ...]) -> ExitCode:
    """Only an expectation that is not met is no wrong spec; neither are warnings."""
    codes = {diagnostic.code for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR}
    if not codes:
        return ExitCode.DONE
    return ExitCode.EXPECTATION_UNMET if codes <= _UNMET_CODES else ExitCode.SPEC_WRONG


def _is_want_of_memory(error: Exception) -> bool:
    return isinstance(error, MemoryError) or any(words in str(error) for words in _WANTS_MEMORY)


def _print_error(text: str) -> None:
    click.echo(f"{click.style('error', fg='red', bold=True)}: {printable(text)}", terminal(sys.stderr))


def _of_a_run(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The diagnostics, the first with a note where a run's own network is refused, whatever its data."""
    first = diagnostics[0] if diagnostics else None
    if first is None or first.span is None or Path(first.span.source.name).name != RESOLVED:
        return diagnostics
    from nettool.jobs.spec_or_run import saved_network
    from nettool.record.run_directory import RunDirectory

    try:
        saved_network(RunDirectory(Path(first.span.source.name).parent))
    except SpecError as error:
        if first.code in {each.code for each in error.diagnostics}:
            return (replace(first, notes=(*first.notes, _OLD_NETWORK)), *diagnostics[1:])
    return diagnostics


_HEADLINE = re.compile(r"^(error|warning)(\[NT\d+\])(: .*)$")
_PLACE = re.compile(r"^( *(?:-->|:::) )(.*)$")
_MARKS = re.compile(r"^( *\| +)(\^+|-+)( .*)?$")
_MARGIN = re.compile(r"^( *\d* \| ?)(.*)$")
_NOTE = re.compile(r"^( *= )(help: )?(.*)$")


def paint(text: str) -> str:
    """The rendered diagnostics with colour codes."""
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    if match := _HEADLINE.match(line):
        colour = "red" if match[1] == "error" else "yellow"
        return click.style(match[1] + match[2], fg=colour, bold=True) + click.style(match[3], bold=True)
    if match := _PLACE.match(line):
        return click.style(match[1], fg="blue") + match[2]
    if match := _MARKS.match(line):
        colour = "red" if match[2].startswith("^") else "blue"
        return click.style(match[1], fg="blue") + click.style(match[2] + (match[3] or ""), fg=colour)
    if match := _NOTE.match(line):
        advice = click.style(match[2], fg="green", bold=True) if match[2] else ""
        return click.style(match[1], fg="blue") + advice + match[3]
    if match := _MARGIN.match(line):
        return click.style(match[1], fg="blue") + match[2]
    return line
