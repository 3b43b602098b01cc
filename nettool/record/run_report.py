"""Everything that a report shows of a run, read from the run's directory and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nettool.data.prediction.preparation import Preparation
from nettool.record.checkpoints.model_files import model_path
from nettool.record.disk.run_file import read_file, read_text
from nettool.record.events.log import log_path
from nettool.record.files.metrics_file import read_metrics
from nettool.record.files.observations import Observations, read_observations
from nettool.record.files.pictures import model_page_path, model_picture_path
from nettool.record.files.preparation_file import read_preparation
from nettool.record.files.provenance import Provenance, read_provenance
from nettool.record.files.results import CheckedExpectation, read_results
from nettool.record.files.spec_files import resolved_path, spec_path
from nettool.record.files.summary_file import summary_path
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory
from nettool.record.run_summary import RunSummary, summary_of_run

_SHOWN = ("filters", "confusion")
"""How the names of those plots begin that a report shows."""

_LARGEST_PICTURE = 16_000_000


@dataclass(frozen=True, slots=True)
class RunReport:
    """A run as a report shows it; what it did not come to is None or empty.

    `rows` are the epochs as in metrics.csv, `spec` and `resolved` the texts of the spec, `summary` that of
    the network's table, `log` the lines of train.log; `diagram` and `pictures` (by their names in plots/) are
    SVG documents. `has_model` says whether the model at the end of training was kept, `model_page` how the
    page of the network is called that lies beside the report.
    """

    run_summary: RunSummary
    origin: Provenance | None = None
    preparation: Preparation | None = None
    expectations: tuple[CheckedExpectation, ...] = ()
    rows: tuple[Mapping[str, float], ...] = ()
    seen: Observations | None = None
    spec: str = ""
    resolved: str = ""
    summary: str = ""
    log: tuple[str, ...] = ()
    diagram: bytes | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    has_model: bool = False
    model_page: str | None = None


def read_report(run: RunDirectory, label: str, now: datetime) -> RunReport:
    """Gather it. Raises RunDamaged, FileNotFoundError when the run has no status, and OSError."""
    model_page = model_page_path(run)
    return RunReport(
        summary_of_run(run, label, now),
        origin=read_provenance(run),
        preparation=read_preparation(run),
        expectations=_expectations(run),
        rows=read_metrics(run),
        seen=read_observations(run),
        spec=_text(spec_path(run)),
        resolved=_text(resolved_path(run)),
        summary=_text(summary_path(run)),
        log=tuple(_text(log_path(run)).splitlines()),
        diagram=_picture(model_picture_path(run)),
        pictures={
            path.stem: _picture(path) or b""
            for path in sorted(run.path.glob("plots/*.svg"))
            if _is_shown(path)
        },
        has_model=model_path(run, "last").is_file(),
        model_page=model_page.name if model_page.is_file() else None,
    )


def _text(path: Path) -> str:
    try:
        return read_text(path)
    except FileNotFoundError:
        return ""


def _is_shown(path: Path) -> bool:
    return path.stem.startswith(_SHOWN)


def _picture(path: Path) -> bytes | None:
    """The picture; nothing at all of one that is damaged, which the page says in its place."""
    try:
        return read_file(path, _LARGEST_PICTURE)
    except FileNotFoundError:
        return None
    except RunDamaged:
        return b""


def _expectations(run: RunDirectory) -> tuple[CheckedExpectation, ...]:
    results = read_results(run)
    return () if results is None else results.expectations
