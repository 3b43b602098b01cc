"""Everything that a report shows of a run, read from the run's directory and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from nettool.data.preparation import Preparation
from nettool.record.account import Account, account_of
from nettool.record.checkpoints import model_path
from nettool.record.commit import Commit
from nettool.record.hardware import Hardware
from nettool.record.log import log_path
from nettool.record.metrics_file import metrics_path, read_metrics
from nettool.record.observations import Observations
from nettool.record.observations_file import read_observations
from nettool.record.pictures import model_picture_path
from nettool.record.preparation_file import preparation_path, read_preparation
from nettool.record.provenance import DataFile, Provenance, Resumption, provenance_path, read_provenance
from nettool.record.results import Claim, read_results, results_path
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory
from nettool.record.spec_files import resolved_path, spec_path
from nettool.record.summary_file import summary_path

_NOT_SO = (ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class RunReport:
    """A run as a report tells of it; what it did not come to is None or empty.

    `rows` are the epochs as in metrics.csv, `spec` and `resolved` the texts of the spec, `summary` that of
    the network's table, `log` the lines of train.log; `diagram` and `pictures` (by their names in plots/) are
    SVG documents. `has_model` says whether the model at the end of training was kept.
    """

    account: Account
    origin: Provenance | None = None
    preparation: Preparation | None = None
    claims: tuple[Claim, ...] = ()
    rows: tuple[Mapping[str, float], ...] = ()
    seen: Observations | None = None
    spec: str = ""
    resolved: str = ""
    summary: str = ""
    log: tuple[str, ...] = ()
    diagram: bytes | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    has_model: bool = False


def read_report(run: RunDirectory, label: str, now: datetime) -> RunReport:
    """Gather it. Raises RunDamaged, FileNotFoundError when the run has no status, and OSError."""
    diagram = model_picture_path(run)
    return RunReport(
        account_of(run, label, now),
        _origin(run),
        _preparation(run),
        _claims(run),
        _rows(run),
        read_observations(run),
        _text(spec_path(run)),
        _text(resolved_path(run)),
        _text(summary_path(run)),
        tuple(_text(log_path(run)).splitlines()),
        diagram.read_bytes() if diagram.is_file() else None,
        {path.stem: path.read_bytes() for path in sorted(run.path.glob("plots/*.svg"))},
        model_path(run, "last").is_file(),
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def _rows(run: RunDirectory) -> tuple[Mapping[str, float], ...]:
    try:
        return read_metrics(run)
    except _NOT_SO:
        raise RunDamaged(metrics_path(run)) from None


def _preparation(run: RunDirectory) -> Preparation | None:
    try:
        return read_preparation(run)
    except ValueError:
        raise RunDamaged(preparation_path(run)) from None


def _claims(run: RunDirectory) -> tuple[Claim, ...]:
    try:
        facts: Mapping[str, Any] = read_results(run) or {}
        return tuple(Claim(**each) for each in facts.get("expectations", ()))
    except _NOT_SO:
        raise RunDamaged(results_path(run)) from None


def _origin(run: RunDirectory) -> Provenance | None:
    try:
        facts: Mapping[str, Any] | None = read_provenance(run)
        return None if facts is None else _provenance(facts)
    except _NOT_SO:
        raise RunDamaged(provenance_path(run)) from None


def _provenance(facts: Mapping[str, Any]) -> Provenance:
    hardware = facts["hardware"]
    return Provenance(
        tuple(map(str, facts["command"])),
        str(facts["spec"]),
        tuple(map(str, facts["overrides"])),
        int(facts["seed"]),
        _commit(facts["commit"]),
        dict(facts["versions"]),
        Hardware(**{**hardware, "gpus": tuple(hardware["gpus"])}),
        dict(facts["data"]),
        tuple(DataFile(**each) for each in facts["data_files"]),
        facts.get("unchecked"),
        tuple(
            Resumption(
                **{
                    **each,
                    "command": tuple(each["command"]),
                    "commit": _commit(each["commit"]),
                    "devices": tuple(each.get("devices", ())),
                }
            )
            for each in facts.get("resumptions", ())
        ),
        str(facts.get("backend", "tensorflow")),
        tuple(map(str, facts.get("devices", ()))),
    )


def _commit(facts: Mapping[str, Any] | None) -> Commit | None:
    return None if facts is None else Commit(**facts)
