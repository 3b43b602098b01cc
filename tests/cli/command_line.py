"""Runs the command line within the test's process: exit code, standard output, standard error."""

import contextlib
import io
from dataclasses import dataclass

from nettool.cli.main import cli
from nettool.cli.output.error_handler import guarded


@dataclass(frozen=True, slots=True)
class Ended:
    code: int
    out: str
    err: str


def run(*arguments: str) -> Ended:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = guarded(lambda: cli.main(list(arguments), prog_name="nettool", standalone_mode=False))
    return Ended(int(code), out.getvalue(), err.getvalue())
