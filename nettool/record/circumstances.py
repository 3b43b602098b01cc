"""What else decides a run's figures, besides its spec: code, versions, machine, data files."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nettool.record.provenance import provenance_path, read_provenance
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory

_DIGITS = 12


def circumstances(run: RunDirectory) -> Mapping[str, object]:
    """By kind; checksums in short. Empty when the run did not come so far. Raises RunDamaged."""
    try:
        facts: Mapping[str, Any] | None = read_provenance(run)
        if facts is None:
            return {}
        commit, hardware = facts["commit"], facts["hardware"]
        return {
            "code": _code(run.path),
            "commit": None if commit is None else commit["hash"][:_DIGITS] + " changed" * commit["dirty"],
            "versions": facts["versions"],
            "backend": facts.get("backend", "tensorflow"),
            "devices": ", ".join(facts.get("devices") or ()) or None,
            "machine": {key: hardware[key] for key in ("processor", "cores", "gpus")},
            "data": {each["name"]: _short(each["checksum"]) for each in facts["data_files"]},
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RunDamaged(provenance_path(run)) from None


def _code(folder: Path) -> dict[str, str]:
    """The user's Python files that the run kept, by their names."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:_DIGITS]
        for path in sorted(folder.rglob("*.py"))
    }


def _short(checksum: str) -> str:
    return checksum.removeprefix("sha256:")[:_DIGITS]
