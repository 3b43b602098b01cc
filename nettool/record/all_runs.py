"""Every run below the folder of the runs, and what lies among them without being one."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory
from nettool.record.run_summary import RunSummary, summary_of_run
from nettool.record.runs.find_run import is_run


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A folder among the runs that cannot be read as a run, and why."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True)
class AllRuns:
    """The runs by name and stamp, and the folders that were passed over."""

    run_summaries: tuple[RunSummary, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()


def all_runs(runs_dir: Path, now: datetime) -> AllRuns:
    """Read all runs; a folder that is not there has none. Hidden folders and links are not looked at."""
    run_summaries: list[RunSummary] = []
    passed_over: list[PassedOver] = []
    for name in _folders(runs_dir):
        try:
            paths = [name] if is_run(name) else _folders(name)
        except OSError as error:
            passed_over.append(PassedOver(name, error.strerror or str(error)))
            continue
        for path in paths:
            try:
                run_summaries.append(
                    summary_of_run(RunDirectory(path), path.relative_to(runs_dir).as_posix(), now)
                )
            except RunDamaged as damage:
                passed_over.append(PassedOver(path, str(damage)))
            except FileNotFoundError:
                passed_over.append(PassedOver(path, "it is no run: it has no status.json"))
            except OSError as error:
                passed_over.append(PassedOver(path, error.strerror or str(error)))
    return AllRuns(tuple(run_summaries), tuple(passed_over))


def _folders(parent: Path) -> list[Path]:
    if not parent.is_dir():
        return []
    return sorted(
        path
        for path in parent.iterdir()
        if path.is_dir() and not path.is_symlink() and not path.name.startswith(".")
    )
