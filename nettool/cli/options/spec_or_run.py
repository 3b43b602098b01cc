"""What a command works on: a spec file or a run; notes about the choice go to standard error."""

from collections.abc import Sequence
from pathlib import Path

import click

from nettool.cli.output.note import note
from nettool.diagnostics.diagnostic import Diagnostic
from nettool.graph.plan import Plan
from nettool.jobs import spec_or_run as job
from nettool.record.run_directory import RunDirectory


def load_spec_or_run(
    text: str, runs_dir: Path, overrides: Sequence[str] = (), data: str | None = None
) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """The plan of `SPEC|RUN`. Raises SpecError, or CallError when there is neither."""
    return job.load_spec_or_run(text, runs_dir, note, overrides, data)


def run_of(text: str, runs_dir: Path) -> RunDirectory | None:
    """The run that `SPEC|RUN` means; None when it means a spec file.

    What was chosen among several, `load_spec_or_run` says.
    """
    return job.run_of(text, runs_dir, lambda _: None)


def required_run(text: str, runs_dir: Path) -> RunDirectory:
    """The run that a command was given. Raises CallError when there is none."""
    return job.required_run(text, runs_dir, note)


def fitting_runs(texts: Sequence[str], runs_dir: Path) -> list[RunDirectory]:
    """The runs that are meant, by name or by pattern. Raises CallError for a text that means none."""
    return job.fitting_runs(texts, runs_dir, note)


def own_run(text: str, runs_dir: Path) -> RunDirectory:
    """The run that `text` means; a usage error when there is none, or when it lies elsewhere."""
    run = required_run(text, runs_dir)
    if run.path.parent.parent != runs_dir.resolve():
        raise click.UsageError(
            f"{run.path} is not one of the runs in {runs_dir}/: --runs-dir says where it belongs"
        )
    return run
