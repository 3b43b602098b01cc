"""`nettool validate --fix`: what the help texts name is shown as a diff, and written on yes."""

import difflib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from nettool.cli.output.error_handler import report_diagnostics
from nettool.cli.output.note import note
from nettool.cli.output.output_file import write_output
from nettool.diagnostics.printable import printable, terminal
from nettool.diagnostics.suggest import counted
from nettool.files.outside import read_file
from nettool.jobs.spec.fix import Checked, Fix, fix_spec
from nettool.spec.yaml.source_file import LARGEST_FILE, read_source

_BOM = b"\xef\xbb\xbf"


def fix_file(
    path: Path, overrides: tuple[str, ...], data: str | None, *, strict: bool, is_agreed: bool
) -> Checked:
    """Offer to mend a spec file; the spec as it stands in the file afterwards.

    Without `is_agreed` the user is asked, and where nobody can be asked nothing is written.
    Raises click.UsageError for what is no file, SpecError where it cannot be read, OSError where it cannot
    be written.
    """
    if str(path) == "-" or (path.exists() and not path.is_file()):
        raise click.UsageError(f"--fix writes into a file, and `{path}` is none")
    read_source(path)
    content = read_file(path, LARGEST_FILE)
    fix = fix_spec(path, content.decode("utf-8-sig"), overrides, data, strict=strict)
    if not is_agreed or not fix.is_any:
        report_diagnostics(fix.before.diagnostics)
    if not fix.is_any:
        if fix.before.errors:
            note(f"nothing to write into {path}: no help text shows a whole line that would mend it")
        return fix.before
    _show(path, fix)
    if not is_agreed and not _agrees(path):
        return fix.before
    _write(path, content, fix.after.source.text)
    click.echo(f"{path}: written")
    report_diagnostics(fix.after.diagnostics)
    return fix.after


def _show(path: Path, fix: Fix) -> None:
    for line in _diff(str(path), fix):
        colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
        click.echo(
            click.style(printable(line), fg=colour) if colour else printable(line), terminal(sys.stdout)
        )
    left = len(fix.after.errors)
    click.echo(f"mends {counted(fix.count, 'error')}" + (f", {left} would be left" if left else ""))


def _diff(name: str, fix: Fix) -> Iterator[str]:
    before, after = ("\n".join(each.source.lines()).splitlines() for each in (fix.before, fix.after))
    return difflib.unified_diff(before, after, name, f"{name} (mended)", lineterm="")


def _agrees(path: Path) -> bool:
    if not _is_on_terminal():
        note(f"nothing was written into {path}: add --yes to write it")
        return False
    return click.confirm(f"Write this into {path}?")


def _is_on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _write(path: Path, before: bytes, text: str) -> None:
    """Raises click.ClickException where the file has changed since it was read, or must not be changed."""
    if not os.access(path, os.W_OK):
        raise PermissionError(13, "it is read-only", str(path))
    if read_file(path, LARGEST_FILE) != before:
        raise click.ClickException(f"{path} has changed meanwhile: nothing was written; run it again")
    write_output(path, (_BOM if before.startswith(_BOM) else b"") + text.encode())
