"""A run's report, drawn from its directory alone: neither network nor data are needed."""

from datetime import datetime
from pathlib import Path

from nettool.record.files.report_file import report_path, write_report
from nettool.record.run_directory import RunDirectory
from nettool.record.run_report import read_report
from nettool.record.runs.find_run import run_label
from nettool.views.report.page import report_page


def report_run(run: RunDirectory) -> Path:
    """Write report.html and say where it is. Raises RunDamaged, and OSError."""
    write_report(run, report_page(read_report(run, run_label(run), datetime.now().astimezone())))
    return report_path(run)
