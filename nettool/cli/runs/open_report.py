"""`nettool runs open`: the report of a run, or its folder, in the program that the machine has for it."""

import os
import shutil
import sys
from pathlib import Path

import click

from nettool.cli.command import command
from nettool.cli.options.common import run_argument, runs_dir_option
from nettool.cli.options.spec_or_run import required_run
from nettool.record.files.report_file import report_path
from nettool.record.shown_path import shown


@command("open", short_help="Open a run's report, or its folder.")
@run_argument
@runs_dir_option
def open_run(run: str, runs_dir: Path) -> None:
    """Open a run's report.html, or its folder when there is none; without a screen, print where it is."""
    directory = required_run(run, runs_dir)
    report = report_path(directory)
    path = report if report.is_file() else directory.path
    if opened(path):
        click.echo(f"opened {shown(path)}")
    else:
        click.echo(str(path))


def opened(path: Path) -> bool:
    """Open it in the program that the machine has for it; False where there is no screen or no program."""
    return _has_opener() and click.launch(str(path)) == 0


def _has_opener() -> bool:
    if sys.platform in ("darwin", "win32"):
        return True
    has_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return has_screen and shutil.which("xdg-open") is not None
