"""`--junit FILE` and `--sarif FILE`: what became of each spec, as files that CI systems read.

They are files beside what is printed, so that the log of a job still says everything in words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from nettool import __version__
from nettool.cli.command import Section, option
from nettool.cli.output.output_file import write_output
from nettool.diagnostics.checked_file import CheckedFile


@dataclass(frozen=True, slots=True)
class CiReports:
    """The files to write; None for none."""

    junit: Path | None = None
    sarif: Path | None = None

    def __bool__(self) -> bool:
        """Whether any is to be written."""
        return self.junit is not None or self.sarif is not None

    def write(self, files: Sequence[CheckedFile], command: str) -> None:
        """Write them, whatever became of the specs. Raises OSError."""
        if self.junit is not None:
            from nettool.diagnostics.as_junit import as_junit

            write_output(self.junit, as_junit(files, command))
        if self.sarif is not None:
            from nettool.diagnostics.as_sarif import as_sarif

            write_output(self.sarif, as_sarif(files, __version__).encode())


_junit_option = option(
    "--junit",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write JUnit XML, with a test case for each spec: for GitLab, Jenkins …",
    section=Section.OUTPUT,
)
_sarif_option = option(
    "--sarif",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write SARIF, for GitHub code scanning.",
    section=Section.OUTPUT,
)


def ci_report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Both options; the command gets them as its `reports`."""

    @wraps(command)
    def with_reports(*arguments: Any, junit: Path | None, sarif: Path | None, **named: Any) -> Any:  # noqa: ANN401
        return command(*arguments, reports=CiReports(junit, sarif), **named)

    return _junit_option(_sarif_option(with_reports))
