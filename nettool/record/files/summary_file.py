"""summary.txt: the network as a table."""

from pathlib import Path

from nettool.record.disk.atomic import write_text
from nettool.record.run_directory import RunDirectory


def summary_path(run: RunDirectory) -> Path:
    """Where the table is."""
    return run.path / "summary.txt"


def write_summary(run: RunDirectory, text: str) -> None:
    """Keep the table."""
    write_text(summary_path(run), text)
