"""What else decides a run's results, besides its spec: code, versions, machine, data files."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from nettool.record.disk.run_file import read_file
from nettool.record.files.provenance import Provenance, read_provenance
from nettool.record.run_directory import RunDirectory

_DIGITS = 12


def environment(run: RunDirectory) -> Mapping[str, object]:
    """By kind; checksums in short. Empty when the run did not come so far. Raises RunDamaged."""
    came = read_provenance(run)
    if came is None:
        return {}
    commit, hardware = came.commit, came.hardware
    return {
        "code": _code(run.path),
        "commit": None if commit is None else commit.hash[:_DIGITS] + " changed" * commit.dirty,
        "versions": came.versions,
        "backend": came.backend,
        "devices": ", ".join(came.devices) or None,
        "machine": {
            "processor": hardware.processor,
            "cores": hardware.cores,
            "gpus": list(hardware.gpus),
            **_set(came),
        },
        "data": {each.name: _short(each.checksum) for each in came.data_files},
    }


def _set(came: Provenance) -> dict[str, object]:
    """Threads and variables; the rest of `machine` is said of the hardware."""
    return {name: value for name, value in came.machine.items() if not name.startswith("processor")}


def _code(folder: Path) -> dict[str, str]:
    """The user's Python files that the run kept, by their names."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(read_file(path)).hexdigest()[:_DIGITS]
        for path in sorted(folder.rglob("*.py"))
    }


def _short(checksum: str) -> str:
    return checksum.removeprefix("sha256:")[:_DIGITS]
