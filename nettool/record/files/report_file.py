"""report.html: a run as one page."""

from pathlib import Path

from nettool.record.disk.atomic import write_text
from nettool.record.run_directory import RunDirectory, require_present


def report_path(run: RunDirectory) -> Path:
    """Where the report is."""
    return run.path / "report.html"


def write_report(run: RunDirectory, page: str) -> None:
    """Keep it. Raises OSError, also when the run's directory is gone."""
    require_present(run)
    write_text(report_path(run), page)
