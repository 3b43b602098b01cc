"""All runs of a folder as one page: what is read of each, and how the page finds their reports."""

import os
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from nettool.record.files.report_file import report_path
from nettool.record.files.resolved_spec import resolved_spec
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory
from nettool.record.run_summary import RunSummary
from nettool.views.runs_page.page import ListedRun, runs_page


def draw_runs(run_summaries: Iterable[RunSummary], runs_dir: Path, page: Path) -> str:
    """The HTML document that is to be at `page`, from where its links to the reports lead."""
    listed = [_listed(run_summary, page) for run_summary in run_summaries]
    count = f"{len(listed):,} {'run' if len(listed) == 1 else 'runs'}"
    return runs_page(listed, f"{count} in {runs_dir.resolve().name}")


def _listed(run_summary: RunSummary, page: Path) -> ListedRun:
    run = run_summary.run
    return ListedRun(run_summary, _spec(run), _way(report_path(run), page))


def _spec(run: RunDirectory) -> dict[str, object]:
    try:
        return dict(resolved_spec(run))
    except (RunDamaged, OSError):
        return {}


def _way(report: Path, page: Path) -> str | None:
    """As a link; None where there is no report."""
    if not report.is_file():
        return None
    try:
        return quote(Path(os.path.relpath(report.resolve(), page.resolve().parent)).as_posix())
    except ValueError:  # on another drive
        return report.resolve().as_uri()
