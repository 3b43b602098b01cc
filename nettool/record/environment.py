"""What else decides a run's figures, besides its spec: code, versions, machine, data files."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nettool.record.disk.run_file import read_file
from nettool.record.files.provenance import read_provenance
from nettool.record.run_directory import RunDirectory

_DIGITS = 12


def environment(run: RunDirectory) -> Mapping[str, object]:
    """By kind; checksums in short. Empty when the run did not come so far. Raises RunDamaged."""
    facts = read_provenance(run)
    if facts is None:
        return {}
    commit, hardware = facts["commit"], facts["hardware"]
    return {
        "code": _code(run.path),
        "commit": None if commit is None else commit["hash"][:_DIGITS] + " changed" * commit["dirty"],
        "versions": facts["versions"],
        "backend": facts.get("backend", "tensorflow"),
        "devices": ", ".join(facts.get("devices") or ()) or None,
        "machine": {key: hardware.get(key, []) for key in ("processor", "cores", "gpus")} | _set(facts),
        "data": {each["name"]: _short(each["checksum"]) for each in facts["data_files"]},
    }


def _set(facts: Mapping[str, Any]) -> dict[str, object]:
    """Threads and variables; the rest of `machine` is said of the hardware."""
    found: Mapping[str, object] = facts.get("machine", {})
    return {name: value for name, value in found.items() if not name.startswith("processor")}


def _code(folder: Path) -> dict[str, str]:
    """The user's Python files that the run kept, by their names."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(read_file(path)).hexdigest()[:_DIGITS]
        for path in sorted(folder.rglob("*.py"))
    }


def _short(checksum: str) -> str:
    return checksum.removeprefix("sha256:")[:_DIGITS]
