"""The command that repeats a run."""

import shlex
from collections.abc import Iterator

from nettool.record.run_summary import RunSummary

_ABOUT_THE_SCREEN = frozenset({"--quiet", "--json", "--watch"})
_ABOUT_PLACES = frozenset({"--runs-dir", "--diagnostics"})
_DATA_DIR = "--data-dir"
_DATA = "DATA"


def repeat_command(run_summary: RunSummary) -> str:
    """The run's command as it can be typed anywhere; `–` when the run does not say.

    What only says where runs go and how things are shown is left out, and `DATA` stands for the folder with
    the data files. When the run was later trained further, the command says how far.
    """
    if not run_summary.command:
        return "–"
    words = [*_portable(run_summary.command), *_extension(run_summary)]
    return shlex.join(["nettool", *words])


def _portable(command: tuple[str, ...]) -> Iterator[str]:
    words = iter(command)
    for word in words:
        option, equals, _ = word.partition("=")
        if option in _ABOUT_PLACES:
            if not equals:
                next(words, None)
        elif option == _DATA_DIR:
            if not equals:
                next(words, None)
            yield from (_DATA_DIR, _DATA)
        elif word not in _ABOUT_THE_SCREEN:
            yield word


def _extension(run_summary: RunSummary) -> tuple[str, ...]:
    """The last number of epochs that the run had when it was resumed."""
    for command in reversed(run_summary.resumptions):
        for position, word in enumerate(command):
            option, _, value = word.partition("=")
            if option == "--epochs":
                return ("--epochs", value or next(iter(command[position + 1 :]), ""))
    return ()
