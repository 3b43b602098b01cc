"""The run that is to be changed: one of those in the folder of the runs, and nowhere else."""

from pathlib import Path

import click

from nettool.cli.target import required_run
from nettool.record.run_directory import RunDirectory


def own_run(text: str, runs_dir: Path) -> RunDirectory:
    """The run that `text` means; a usage error when there is none, or when it lies elsewhere."""
    run = required_run(text, runs_dir)
    if run.path.parent.parent != runs_dir.resolve():
        raise click.UsageError(
            f"{run.path} is not one of the runs in {runs_dir}/: --runs-dir says where it belongs"
        )
    return run
